import { Suspense } from 'react'
import type { AttemptView, Snapshot } from '../../common/contract/snapshot.ts'
import { AccountList, AttemptRow, Welcome } from '../app/lazy-views.ts'
import { Home } from '../home/home.tsx'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import type { SignIn } from '../sign-in/use-sign-in.ts'
import { Skeleton } from '../ui/skeleton.tsx'

interface OverviewProps {
  readonly snapshot: Snapshot
  /** Whether the inbox stands beside it and has what is new: then this is the list of forums. */
  readonly isBeside: boolean
  readonly signIn: SignIn
  readonly send: Send
  /** An account's page, or one of its notifications, is being opened. */
  readonly onOpen: (account: string) => void
  /** Whose notifications stand beside it: an account's id, or null for all; undefined beside another view. */
  readonly shown: string | null | undefined
  readonly onInbox: (account: string | null) => void
}

/** Everything at a glance: sign-ins that wait, then what is new; or, beside the inbox, one row per account. */
export const Overview = ({ snapshot, isBeside, signIn, send, onOpen, shown: inboxOf, onInbox }: OverviewProps) => {
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
        <Suspense>
          <ul aria-label={t('overview.attempts')}>
            {attempts.map((attempt) => (
              <AttemptRow key={attempt.id} attempt={attempt} accounts={accounts} signIn={signIn} />
            ))}
          </ul>
        </Suspense>
      )}
      {accounts.length > 0 && !isBeside && (
        <Home snapshot={snapshot} send={send} onOpen={onOpen} onSignIn={signIn.signInAgain} />
      )}
      {accounts.length > 0 && isBeside && (
        <Suspense fallback={<Skeleton of="accounts" isSilent />}>
          <AccountList snapshot={snapshot} send={send} shown={inboxOf} onShow={onInbox} />
        </Suspense>
      )}
      {accounts.length === 0 && attempts.length === 0 && (
        <Suspense>
          <Welcome opensAtLogin={snapshot.openAtLogin} onAdd={signIn.openAddress} />
        </Suspense>
      )}
    </>
  )
}
