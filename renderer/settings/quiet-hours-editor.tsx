import { useState } from 'react'
import type { Translate } from '../../common/i18n/i18n.ts'
import type { PreferencesChange, QuietHours } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useUndo } from '../undo/use-undo.ts'
import hoursStyles from './quiet-hours-editor.module.css'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'
import { useChange } from './use-change.ts'
import { useFocusAfterRemoval } from './use-focus-after-removal.ts'

const days = [1, 2, 3, 4, 5, 6, 7]
const mostHours = 50
const defaultHours: QuietHours = { days, from: '22:00', to: '07:00' }

/** The days and times of quiet hours. */
export const QuietHoursEditor = ({ hours }: { readonly hours: readonly QuietHours[] }) => {
  const { t, host } = useServices()
  const { change, failure } = useChange()
  const { offer } = useUndo()
  const { frame, willRemove } = useFocusAfterRemoval(hours.length)
  const changeTo = (next: readonly QuietHours[]): PreferencesChange => ({
    quiet: { hours: next.map((one) => ({ ...one, days: [...one.days] })) },
  })
  const put = (next: readonly QuietHours[]) => change(changeTo(next))
  const remove = (index: number) => {
    willRemove(index)
    change(changeTo(hours.toSpliced(index, 1)), () =>
      offer({ text: t('undo.hours'), undo: () => host.execute('preferences.change', changeTo(hours)) }),
    )
  }
  return (
    <Searchable words={[t('settings.hours'), t('settings.hoursHint')]}>
      <div className={styles['row']}>
        <div ref={frame} className={styles['words']}>
          <p>{t('settings.hours')}</p>
          <p className={styles['hint']}>{t('settings.hoursHint')}</p>
          {hours.map((one, index) => (
            <HoursFields
              // They have no identity other than their place in the list.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              number={index + 1}
              hours={one}
              onChange={(changed) => put(hours.with(index, changed))}
              onRemove={() => remove(index)}
            />
          ))}
          {failure !== null && <FailureNote failure={failure} />}
          {hours.length < mostHours && (
            <div data-adding className={styles['add']}>
              <Button look="quiet" onClick={() => put([...hours, defaultHours])}>
                <Icon name="plus" size={14} />
                {t('settings.addHours')}
              </Button>
            </div>
          )}
        </div>
      </div>
    </Searchable>
  )
}

interface HoursFieldsProps {
  readonly number: number
  readonly hours: QuietHours
  readonly onChange: (hours: QuietHours) => void
  readonly onRemove: () => void
}

const HoursFields = ({ number, hours, onChange, onRemove }: HoursFieldsProps) => {
  const { t } = useServices()
  const toggle = (day: number) =>
    onChange({
      ...hours,
      days: hours.days.includes(day) ? hours.days.filter((other) => other !== day) : [...hours.days, day].toSorted(),
    })
  return (
    <fieldset data-entry className={hoursStyles['hours']}>
      <legend className="visually-hidden">{t('settings.hoursNumber', { number })}</legend>
      <div className={hoursStyles['days']}>
        {days.map((day) => (
          <label key={day} className={hoursStyles['day']} data-tooltip={dayName(t, day, 'long')}>
            <input
              type="checkbox"
              aria-label={dayName(t, day, 'long')}
              checked={hours.days.includes(day)}
              onChange={() => toggle(day)}
            />
            <span aria-hidden="true">{dayName(t, day, 'narrow')}</span>
          </label>
        ))}
      </div>
      <div className={hoursStyles['times']}>
        <TimeField label={t('settings.from')} value={hours.from} onChange={(from) => onChange({ ...hours, from })} />
        <span aria-hidden="true">–</span>
        <TimeField label={t('settings.to')} value={hours.to} onChange={(to) => onChange({ ...hours, to })} />
        <IconButton icon="close" label={t('settings.removeHours', { number })} onClick={onRemove} />
      </div>
      <p role="status" className={`${styles['below']} ${styles['hint']}`}>
        {hours.days.length === 0 && t('settings.hoursNoDay')}
      </p>
    </fieldset>
  )
}

interface TimeFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A time of day. While it is being typed, the field keeps what was typed; each complete time is sent. */
const TimeField = ({ label, value, onChange }: TimeFieldProps) => {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      type="time"
      aria-label={label}
      className={styles['time']}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value !== '' && target.value !== value) onChange(target.value)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

/** The first of January 2024 was a Monday. */
const dayName = ({ locale }: Translate, day: number, weekday: 'long' | 'narrow'): string =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
