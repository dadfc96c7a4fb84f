import { Suspense } from 'react'
import type { AttemptView, Snapshot } from '../../common/contract/snapshot.ts'
import { Welcome } from '../app/lazy-views.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import type { SignIn } from '../sign-in/use-sign-in.ts'
import { AccountList } from './account-list.tsx'
import { AttemptRow } from './attempt-row.tsx'

interface OverviewProps {
  readonly snapshot: Snapshot
  readonly signIn: SignIn
  readonly send: Send
  /** An account's page, or one of its notifications, is being opened. */
  readonly onOpen: (account: string) => void
  /** Ids of the accounts whose newest notifications are shown. */
  readonly expanded: ReadonlySet<string>
  readonly onExpand: (account: string, isExpanded: boolean) => void
  readonly onInbox: (account: string) => void
}

/** Everything at a glance: sign-ins that wait, then one row per account. */
export const Overview = ({ snapshot, signIn, send, onOpen, expanded, onExpand, onInbox }: OverviewProps) => {
  const { t } = useServices()
  const { accounts } = snapshot
  // The one the dialog is about is on the screen already; one that came to its end without this page has become an
  // account in the list, and nobody here asked how it went.
  const shown = signIn.screen.kind === 'attempt' ? signIn.screen.attempt : null
  const isOfInterest = ({ id, state }: AttemptView) => state.kind !== 'done' || signIn.noteOf(id) !== undefined
  const attempts = snapshot.attempts.filter((attempt) => attempt.id !== shown && isOfInterest(attempt))

  return (
    <>
      {attempts.length > 0 && (
        <ul aria-label={t('overview.attempts')}>
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} accounts={accounts} signIn={signIn} />
          ))}
        </ul>
      )}
      {accounts.length > 0 && (
        <AccountList
          snapshot={snapshot}
          send={send}
          onOpen={onOpen}
          expanded={expanded}
          onExpand={onExpand}
          onInbox={onInbox}
          onSignIn={signIn.signInAgain}
        />
      )}
      {accounts.length === 0 && attempts.length === 0 && (
        <Suspense>
          <Welcome opensAtLogin={snapshot.openAtLogin} onAdd={signIn.openAddress} />
        </Suspense>
      )}
    </>
  )
}
