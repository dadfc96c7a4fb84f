import { useRef, useState } from 'react'
import * as v from 'valibot'
import type { CommandResults } from '../../common/contract/commands.ts'
import { ok, type Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import {
  accountPreferences,
  type PreferencesChange,
  preferencesSchema,
  withoutAccount,
} from '../../common/preferences/preferences.ts'
import type { Host } from '../host/host.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useUndo } from '../undo/use-undo.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { Searchable } from './settings-search.tsx'

type Missing = CommandResults['settings.import']['missing']

interface TransferSectionProps {
  readonly isGoal: boolean
  /** Starts a sign-in at an address. */
  readonly onSignIn: (address: string) => void
}

/** Exports and imports the settings as a file, and resets them. */
export const TransferSection = ({ isGoal, onSignIn }: TransferSectionProps) => {
  const { t, host } = useServices()
  const exporting = useTask()
  const importing = useTask()
  // The last action, whose result is shown; none once a reset has been requested.
  const [last, setLast] = useState<'export' | 'import' | null>(null)
  const [missing, setMissing] = useState<Missing | null>(null)
  const [isResetting, setResetting] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)

  const { offer, clear } = useUndo()
  const offerReturn = (text: string, before: Snapshot | null) => {
    if (before === null) return
    const back = () => restoreChange(before, host.getState().snapshot ?? before)
    offer({ text, undo: () => host.execute('preferences.change', back()) })
  }

  const save = async () => {
    setLast('export')
    const result = await exporting.run(saveSettings(host))
    // Nothing happened that needs a message.
    if (result.ok && result.value === 'cancelled') setLast(null)
  }

  const take = async (file: File) => {
    setLast('import')
    setMissing(null)
    clear()
    const before = host.getState().snapshot
    const result = await importing.run(file.text().then((text) => host.execute('settings.import', { text })))
    if (!result.ok) return
    setMissing(result.value.missing)
    offerReturn(t('settings.imported'), before)
  }

  const state = last === 'export' ? exporting.state : importing.state
  return (
    <Section name="file" isGoal={isGoal}>
      <Searchable words={[t('settings.keepHint'), t('settings.export'), t('settings.import'), t('settings.reset')]}>
        <div className={styles['row']}>
          <p className={`${styles['below']} ${styles['hint']}`}>{t('settings.keepHint')}</p>
          <div className={styles['actions']}>
            <Button busy={exporting.state.kind === 'busy'} onClick={() => void save()}>
              {t('settings.export')}
            </Button>
            <Button busy={importing.state.kind === 'busy'} onClick={() => chooser.current?.click()}>
              {t('settings.import')}
            </Button>
            <Button
              look="danger"
              onClick={() => {
                setLast(null)
                setResetting(true)
              }}
            >
              {t('settings.reset')}
            </Button>
            <input
              ref={chooser}
              type="file"
              accept="application/json,.json"
              hidden
              aria-label={t('settings.import')}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? []
                // So that the same file can be chosen again.
                currentTarget.value = ''
                if (file !== undefined) void take(file)
              }}
            />
          </div>
          <div role="status" className={`${styles['below']} ${styles['hint']}`}>
            {last === 'export' && state.kind === 'idle' && t('settings.saved')}
          </div>
          {last !== null && state.kind === 'failed' && (
            <div className={styles['below']}>
              <FailureNote failure={state.failure} />
            </div>
          )}
        </div>
      </Searchable>
      {missing !== null && missing.length > 0 && <MissingAccounts missing={missing} onSignIn={onSignIn} />}
      {isResetting && (
        <ResetDialog onReset={(before) => offerReturn(t('undo.reset'), before)} onClose={() => setResetting(false)} />
      )}
    </Section>
  )
}

interface MissingAccountsProps {
  readonly missing: Missing
  readonly onSignIn: (address: string) => void
}

/** A file holds no keys, so the accounts it names have to be signed in again. */
const MissingAccounts = ({ missing, onSignIn }: MissingAccountsProps) => {
  const { t } = useServices()
  return (
    <div className={styles['row']}>
      <div className={styles['words']}>
        <p>{t('settings.missing')}</p>
        <ul className={styles['list']}>
          {missing.map(({ address, username }) => (
            <li key={`${address} ${username}`} className={styles['listItem']}>
              <span className={styles['listText']}>
                {address.replace(/^https:\/\//, '')} <span className={styles['username']}>{username}</span>
              </span>
              <Button
                compact
                label={t('overview.signInTo', { title: address, username })}
                onClick={() => onSignIn(address)}
              >
                {t('overview.signIn')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

interface ResetDialogProps {
  readonly onReset: (before: Snapshot | null) => void
  readonly onClose: () => void
}

/** Asks although it can be undone: undo is offered only for a moment, and muting topics again takes many clicks. */
const ResetDialog = ({ onReset, onClose }: ResetDialogProps) => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  const { clear } = useUndo()
  const reset = async () => {
    clear()
    const before = host.getState().snapshot
    if (!(await run(host.execute('settings.reset', {}))).ok) return
    onReset(before)
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('settings.resetTitle')}
      keep={t('settings.resetKeep')}
      confirm={t('settings.resetConfirm')}
      look="danger"
      isBusy={state.kind === 'busy'}
      onConfirm={() => void reset()}
      onClose={onClose}
    >
      <p>{t('settings.resetBody')}</p>
      {state.kind === 'failed' && <FailureNote failure={state.failure} />}
    </ConfirmDialog>
  )
}

/**
 * The change that restores everything the user had chosen, including the network settings and the overview's order.
 * @param before the snapshot to return to
 * @param present the current snapshot; preferences of accounts that have been removed since are not restored
 */
const restoreChange = (before: Snapshot, present: Snapshot): PreferencesChange => {
  const ids = present.accounts.map(({ id }) => id)
  const gone = before.accounts.filter(({ id }) => !ids.includes(id))
  const preferences = gone.reduce((left, { id }) => withoutAccount(left, id), before.preferences)
  const { general } = preferences
  return v.parse(preferencesSchema, {
    ...preferences,
    general: { ...general, openAtLogin: before.openAtLogin ?? general.openAtLogin },
    accounts: Object.fromEntries(ids.map((id) => [id, accountPreferences(preferences, id)])),
  })
}

/** Saves through the shell's own dialog where it has one, otherwise through the browser, which asks itself. */
const saveSettings = async (host: Pick<Host, 'execute'>): Promise<Result<'saved' | 'cancelled'>> => {
  const asked = await host.execute('settings.saveFile', {})
  if (!asked.ok) return asked
  const { outcome } = asked.value
  if (outcome !== 'browser') return ok(outcome)
  const exported = await host.execute('settings.export', {})
  if (!exported.ok) return exported
  saveText('discourse-notifier-settings.json', exported.value.text)
  return ok('saved')
}

/** Has the browser save a text as a file. */
const saveText = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: the download reads it later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
