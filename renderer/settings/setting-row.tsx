import { type ReactNode, useId } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { PreferencesChange } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'
import { useChange } from './use-change.ts'

interface SettingRowProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly failure?: Failure | null
  /** The control, which takes these as its `id` and `aria-describedby`. */
  readonly children: (id: string, describedBy: string | undefined) => ReactNode
}

/** A setting's label, hint and control; below them, why the last change was refused. */
export const SettingRow = ({ label, hint, failure = null, children }: SettingRowProps) => {
  const id = useId()
  const hintId = useId()
  return (
    <Searchable words={[label, hint]}>
      <div className={styles['row']}>
        <label htmlFor={id} className={styles['words']}>
          {label}
        </label>
        <div className={styles['control']}>{children(id, hint === undefined ? undefined : hintId)}</div>
        {hint !== undefined && (
          <p id={hintId} className={`${styles['below']} ${styles['hint']}`}>
            {hint}
          </p>
        )}
        {failure !== null && (
          <div className={styles['below']}>
            <FailureNote failure={failure} />
          </div>
        )}
      </div>
    </Searchable>
  )
}

interface ToggleSettingProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly change: (isOn: boolean) => PreferencesChange
}

/** A preference that is on or off. */
export const ToggleSetting = ({ label, hint, isOn, change: changeTo }: ToggleSettingProps) => {
  const { change, failure } = useChange()
  return (
    <SettingRow label={label} hint={hint} failure={failure}>
      {(id, describedBy) => (
        <input
          id={id}
          type="checkbox"
          role="switch"
          className={styles['switch']}
          aria-describedby={describedBy}
          checked={isOn}
          aria-checked={isOn}
          onChange={({ target }) => change(changeTo(target.checked))}
        />
      )}
    </SettingRow>
  )
}

interface ChoiceSettingProps<Value extends string> {
  readonly label: string
  readonly hint?: string | undefined
  /** The computer's administrator has chosen it, which is said in the place of the hint. */
  readonly isDecided?: boolean
  readonly value: Value
  readonly options: readonly SelectOption<Value>[]
  readonly change: (value: Value) => PreferencesChange
}

/** A preference with a few values. */
export const ChoiceSetting = <Value extends string>(props: ChoiceSettingProps<Value>) => {
  const { t } = useServices()
  const { label, hint, isDecided = false, value, options, change: changeTo } = props
  const { change, failure } = useChange()
  return (
    <SettingRow label={label} hint={isDecided ? t('settings.decided') : hint} failure={failure}>
      {(id, describedBy) => (
        <Select
          id={id}
          disabled={isDecided}
          describedBy={describedBy}
          value={value}
          options={options}
          onChoose={(chosen) => change(changeTo(chosen))}
        />
      )}
    </SettingRow>
  )
}
