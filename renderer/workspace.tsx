import { useState } from 'react'
import type { Snapshot } from '../common/snapshot.ts'
import { Access } from './access/access.tsx'
import { Banners } from './banners.tsx'
import { AccessHeader, OverviewHeader } from './header.tsx'
import { Overview } from './overview/overview.tsx'
import { useServices } from './services.ts'
import { SignInDialog } from './sign-in/sign-in-dialog.tsx'
import { useSignIn } from './sign-in/use-sign-in.ts'
import { buttonClass } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { useAddRequest } from './use-add-request.ts'
import { useSend } from './use-send.ts'
import styles from './workspace.module.css'

interface WorkspaceProps {
  readonly snapshot: Snapshot
  readonly isLost: boolean
}

/** Header, one scrolling area with the present view, footer; and the sign-in dialog above them. */
export const Workspace = ({ snapshot, isLost }: WorkspaceProps) => {
  const { t } = useServices()
  const [view, setView] = useState<'overview' | 'access'>('overview')
  const signIn = useSignIn(snapshot.attempts)
  const sending = useSend()
  const [isReturning, setReturning] = useState(false)
  // With nothing to show, the overview itself offers to add a forum.
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  useAddRequest(signIn.openAddress)

  const showAccess = () => {
    setReturning(true)
    setView('access')
  }

  return (
    <div className={styles['workspace']}>
      {view === 'overview' ? (
        <OverviewHeader
          snapshot={snapshot}
          isRefreshing={sending.pending.has('account.refresh')}
          send={sending.send}
          onAccess={showAccess}
          isReturning={isReturning}
        />
      ) : (
        <AccessHeader onBack={() => setView('overview')} />
      )}
      <main className={styles['main']} tabIndex={-1}>
        <div className={styles['column']}>
          <Banners snapshot={snapshot} isLost={isLost} sending={sending} />
          {view === 'overview' ? (
            <Overview snapshot={snapshot} signIn={signIn} send={sending.send} />
          ) : (
            <Access snapshot={snapshot} />
          )}
        </div>
      </main>
      {view === 'overview' && !isEmpty && (
        <footer className={styles['footer']}>
          <button type="button" className={buttonClass('quiet')} onClick={signIn.openAddress}>
            <Icon name="plus" size={14} />
            {t('overview.add')}
          </button>
        </footer>
      )}
      <SignInDialog snapshot={snapshot} signIn={signIn} />
    </div>
  )
}
