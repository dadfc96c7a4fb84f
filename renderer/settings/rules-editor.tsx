import { useState } from 'react'
import type { AlertRule, PreferencesChange } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { useUndo } from '../undo/use-undo.ts'
import rows from './rules-editor.module.css'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'
import { type Changing, useChange } from './use-change.ts'
import { useFocusAfterRemoval } from './use-focus-after-removal.ts'
import { useNewEntry } from './use-new-entry.tsx'

/** As many as the preferences schema allows. */
const mostRules = 200
const longestText = 100

/** Texts that alert for the same: capitals, spaces and a leading @ make no difference (engine/alerts/rules/rules.ts). */
const plainWords = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
const plainName = (text: string): string => plainWords(text).replace(/^@/, '')

interface RulesEditorProps {
  readonly rules: readonly AlertRule[]
  /** Whether they are those of one account, which stand before the rules for all. */
  readonly areOwn?: boolean
  readonly change: (rules: AlertRule[]) => PreferencesChange
}

/** Words and people that always or never alert. */
export const RulesEditor = ({ rules, areOwn = false, change: changeTo }: RulesEditorProps) => {
  const { t } = useServices()
  const { change, failure } = useChange()
  const remove = useRemoval(change)
  const [about, setAbout] = useState<AlertRule['about']>('words')
  const [alert, setAlert] = useState<AlertRule['alert']>('never')
  const { frame, willRemove } = useFocusAfterRemoval(rules.length)
  const { onSubmit, field, note } = useNewEntry({
    entries: rules.filter((rule) => rule.about === about).map(({ text }) => text),
    count: rules.length,
    most: mostRules,
    comparable: about === 'person' ? plainName : plainWords,
    add: (text, onTaken) => change(changeTo([...rules, { about, text, alert }]), onTaken),
  })
  const aboutText = (of: AlertRule['about']) => t(of === 'words' ? 'settings.ruleWords' : 'settings.rulePerson')
  return (
    <Searchable words={[t('settings.rules'), t('settings.rulesHint')]}>
      <div className={styles['row']}>
        <div ref={frame} className={styles['words']}>
          <p>{t('settings.rules')}</p>
          <p className={styles['hint']}>{t('settings.rulesHint')}</p>
          {areOwn && <p className={styles['hint']}>{t('settings.ownRulesHint')}</p>}
          <EditedList
            name={t('settings.rules')}
            entries={rules.map(({ about, text, alert }) => ({
              key: `${about} ${text}`,
              text,
              notes: [aboutText(about), t(`settings.${alert}`)],
            }))}
            onRemove={(index, text) => {
              willRemove(index)
              remove(rules, index, text, changeTo)
            }}
          />
          <form data-adding className={rows['form']} onSubmit={onSubmit}>
            <Select
              label={t('settings.ruleAbout')}
              value={about}
              options={[
                ['words', aboutText('words')],
                ['person', aboutText('person')],
              ]}
              onChoose={setAbout}
            />
            <input
              className={`${styles['text']} ${rows['text']}`}
              aria-label={aboutText(about)}
              placeholder={aboutText(about)}
              maxLength={longestText}
              {...field}
            />
            <Select
              label={t('settings.ruleAlert')}
              value={alert}
              options={[
                ['always', t('settings.always')],
                ['never', t('settings.never')],
              ]}
              onChoose={setAlert}
            />
            <Button type="submit">{t('settings.addRule')}</Button>
          </form>
          {note}
          {failure !== null && <FailureNote failure={failure} />}
        </div>
      </div>
    </Searchable>
  )
}

/** People whose messages alert even during quiet hours. */
export const PeopleEditor = ({ people }: { readonly people: readonly string[] }) => {
  const { t } = useServices()
  const { change, failure } = useChange()
  const { frame, willRemove } = useFocusAfterRemoval(people.length)
  const remove = useRemoval(change)
  const changeTo = (exceptPeople: string[]) => ({ quiet: { exceptPeople } })
  const { onSubmit, field, note } = useNewEntry({
    entries: people,
    count: people.length,
    most: mostRules,
    comparable: plainName,
    add: (text, onTaken) => change(changeTo([...people, text]), onTaken),
  })
  return (
    <Searchable words={[t('settings.people'), t('settings.peopleHint')]}>
      <div className={styles['row']}>
        <div ref={frame} className={styles['words']}>
          <p>{t('settings.people')}</p>
          <p className={styles['hint']}>{t('settings.peopleHint')}</p>
          <EditedList
            name={t('settings.people')}
            entries={people.map((text) => ({ key: text, text, notes: [] }))}
            onRemove={(index, text) => {
              willRemove(index)
              remove(people, index, text, changeTo)
            }}
          />
          <form data-adding className={rows['form']} onSubmit={onSubmit}>
            <input
              className={`${styles['text']} ${rows['text']}`}
              aria-label={t('settings.people')}
              placeholder={t('settings.rulePerson')}
              maxLength={longestText}
              {...field}
            />
            <Button type="submit">{t('settings.addPerson')}</Button>
          </form>
          {note}
          {failure !== null && <FailureNote failure={failure} />}
        </div>
      </div>
    </Searchable>
  )
}

/** Removes an entry of a list, and offers to bring it back. */
const useRemoval = (change: Changing['change']) => {
  const { t, host } = useServices()
  const { offer } = useUndo()
  return <Entry,>(
    entries: readonly Entry[],
    index: number,
    text: string,
    changeTo: (entries: Entry[]) => PreferencesChange,
  ): void =>
    change(changeTo(entries.toSpliced(index, 1)), () =>
      offer({
        text: t('undo.entry', { text }),
        undo: () => host.execute('preferences.change', changeTo([...entries])),
      }),
    )
}

interface EditedListProps {
  readonly name: string
  /** Each with notes to show beside it. */
  readonly entries: readonly { readonly key: string; readonly text: string; readonly notes: readonly string[] }[]
  readonly onRemove: (index: number, text: string) => void
}

/** The entries, each with a button that removes it. */
const EditedList = ({ name, entries, onRemove }: EditedListProps) => {
  const { t } = useServices()
  if (entries.length === 0) return null
  return (
    <ul className={`${styles['list']} ${rows['entries']}`} aria-label={name}>
      {entries.map(({ key, text, notes }, index) => (
        <li key={key} data-entry className={rows['entry']}>
          <span className={rows['entryText']}>{text}</span>
          {notes.map((note) => (
            <span key={note} className={styles['hint']}>
              {note}
            </span>
          ))}
          <IconButton
            compact
            icon="close"
            label={t('settings.removeRule', { text })}
            onClick={() => onRemove(index, text)}
          />
        </li>
      ))}
    </ul>
  )
}
