import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { Modal } from '../ui/modal.tsx'
import { AddressStep } from './address-step.tsx'
import { ApproveStep } from './approve-step.tsx'
import { DoneStep } from './done-step.tsx'
import { EndedStep } from './ended-step.tsx'
import { StartingStep } from './starting-step.tsx'
import type { SignIn } from './use-sign-in.ts'
import { WaitingStep } from './waiting-step.tsx'

interface SignInDialogProps {
  readonly snapshot: Snapshot
  readonly signIn: SignIn
  /** Closes the dialog and leads to what helps with a failure. */
  readonly onLeave: (to: 'waiting' | 'network') => void
}

/** Signing in, one screen per state in the same frame. Where there is an attempt, its state in the snapshot decides. */
export const SignInDialog = ({ snapshot, signIn, onLeave }: SignInDialogProps) => {
  const { t } = useServices()
  const { screen } = signIn
  if (screen.kind === 'closed') return null
  const attempt = screen.kind === 'attempt' ? snapshot.attempts.find(({ id }) => id === screen.attempt) : undefined
  const account = screen.kind === 'starting' ? screen.account : (attempt?.account ?? null)
  const isAgain = account !== null
  return (
    <Modal title={t(isAgain ? 'add.again' : 'add.title')} onClose={signIn.hide}>
      {screen.kind === 'address' && (
        <AddressStep key={signIn.address} signIn={signIn} suggested={snapshot.presetSites} onLeave={onLeave} />
      )}
      {screen.kind === 'starting' && <StartingStep site={screen.site} signIn={signIn} onLeave={onLeave} />}
      {screen.kind === 'attempt' && (
        <AttemptStep id={screen.attempt} snapshot={snapshot} signIn={signIn} onLeave={onLeave} />
      )}
    </Modal>
  )
}

const AttemptStep = ({ id, snapshot, signIn, onLeave }: SignInDialogProps & { readonly id: string }) => {
  const { t } = useServices()
  const attempt = snapshot.attempts.find((candidate) => candidate.id === id)
  if (attempt === undefined) return <StartingStep site={null} signIn={signIn} onLeave={onLeave} />
  const { state, site } = attempt
  const { linkOwner } = snapshot
  switch (state.kind) {
    case 'expired':
      return <EndedStep attempt={attempt} sentence={t('add.expired')} signIn={signIn} />
    case 'denied':
      return <EndedStep attempt={attempt} sentence={t('add.denied')} signIn={signIn} />
    case 'done':
      return <DoneStep attempt={attempt} account={find(snapshot.accounts, state.account)} signIn={signIn} />
    case 'waiting':
    case 'checking': {
      const note = signIn.noteOf(id)
      if (state.kind === 'checking' || (note !== 'unopened' && note !== 'copied')) {
        return <WaitingStep attempt={attempt} linkOwner={linkOwner} signIn={signIn} />
      }
      // An account whose key the forum refuses is not connected.
      const here = snapshot.accounts.filter(
        (candidate) => candidate.site.base === site.base && candidate.state.kind !== 'needsSignIn',
      )
      const connectedAs = here.map(({ username }) => username)
      return <ApproveStep attempt={attempt} connectedAs={connectedAs} linkOwner={linkOwner} signIn={signIn} />
    }
  }
}

const find = (accounts: readonly AccountView[], id: string): AccountView | undefined =>
  accounts.find((account) => account.id === id)
