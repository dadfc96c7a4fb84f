import { Suspense } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import type { SignInAgain } from '../home/attention-rows.tsx'
import { InboxHeader } from '../inbox/inbox-header.tsx'
import { useServices } from '../services/services.ts'
import type { Sending } from '../services/use-send.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Banners } from './banners.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { InnerHeader, viewTitle } from './header.tsx'
import { InboxPane } from './inbox-pane.tsx'
import { Access, AccountSettings, Diagnostics, Settings } from './lazy-views.ts'
import type { DetailView, View } from './view.ts'
import styles from './workspace.module.css'

interface DetailPaneProps {
  readonly snapshot: Snapshot
  readonly view: DetailView
  /** The number of the visit: a new visit starts at the top of its view. */
  readonly visit: number
  /** Whether the overview is shown beside it: the overview then shows what is new. */
  readonly isBeside: boolean
  readonly isLost: boolean
  readonly sending: Sending
  readonly onView: (view: View) => void
  /** Changes the current view, such as its filter, without adding a step for the Back button. */
  readonly onReplace: (view: View) => void
  readonly onOpen: (account: string) => void
  readonly onSignIn: (address: string) => void
  readonly onSignInAgain: SignInAgain
}

/** Any view except the overview, with its header. */
export const DetailPane = (props: DetailPaneProps) => {
  const { snapshot, visit, isBeside, isLost, sending, onView, onReplace, onOpen, onSignIn, onSignInAgain } = props
  const account = accountOf(props)
  // The settings of an account that no longer exists lead to all settings, which say so.
  const view: DetailView = props.view.kind === 'account' && account === undefined ? { kind: 'settings' } : props.view
  const key = `${view.kind} ${visit}`
  return (
    <div className={styles['pane']}>
      <DetailHeader key={`header ${key}`} snapshot={snapshot} view={view} isBeside={isBeside} onView={onView} />
      {view.kind === 'inbox' ? (
        <InboxPane
          {...{ snapshot, isBeside, isLost, sending, onOpen }}
          filter={view.filter}
          visit={key}
          onFilter={(filter) => onReplace({ kind: 'inbox', filter })}
          onSignIn={onSignInAgain}
        />
      ) : (
        <main key={key} className={styles['main']} tabIndex={-1} aria-labelledby={viewTitle}>
          <div className={styles['column']}>
            {/* What is only worth knowing is said above the news, and is in the settings. */}
            <Banners snapshot={snapshot} isLost={isLost} sending={sending} isBrief />
            <ErrorBoundary retryKey={`${key} ${isLost}`}>
              <Suspense fallback={<Skeleton of="sections" />}>
                {view.kind === 'access' && <Access snapshot={snapshot} />}
                {view.kind === 'settings' && (
                  <Settings
                    snapshot={snapshot}
                    begin={view.section}
                    onSection={(section) => onReplace({ kind: 'settings', section })}
                    onAccount={(id) => onView({ kind: 'account', account: id })}
                    onAccess={() => onView({ kind: 'access' })}
                    onDiagnostics={() => onView({ kind: 'diagnostics' })}
                    onSignIn={onSignIn}
                    onDismissGone={view === props.view ? null : () => onReplace({ kind: 'settings' })}
                  />
                )}
                {view.kind === 'account' && account !== undefined && (
                  <AccountSettings
                    account={account}
                    preferences={snapshot.preferences}
                    onAccess={() => onView({ kind: 'access' })}
                  />
                )}
                {view.kind === 'diagnostics' && <Diagnostics snapshot={snapshot} />}
              </Suspense>
            </ErrorBoundary>
          </div>
        </main>
      )}
    </div>
  )
}

/** The account that a view is about, if it is about one that exists. */
const accountOf = ({ snapshot, view }: Pick<DetailPaneProps, 'snapshot' | 'view'>) =>
  view.kind === 'account' ? snapshot.accounts.find(({ id }) => id === view.account) : undefined

const DetailHeader = (props: Pick<DetailPaneProps, 'snapshot' | 'view' | 'isBeside' | 'onView'>) => {
  const { snapshot, view, isBeside, onView } = props
  const { t } = useServices()
  switch (view.kind) {
    case 'inbox':
      return (
        <InboxHeader
          snapshot={isBeside ? null : snapshot}
          // The view that it was opened from is beside it.
          onBack={isBeside ? null : () => onView({ kind: 'overview' })}
          onAccess={() => onView({ kind: 'access' })}
        />
      )
    case 'access':
      return (
        <InnerHeader
          title={t('access.title')}
          line={t('access.lead')}
          back={t('access.back')}
          onBack={() => onView({ kind: 'overview' })}
        />
      )
    case 'settings':
      return (
        <InnerHeader
          title={t('settings.title')}
          line={t('settings.lead')}
          back={t('access.back')}
          onBack={() => onView({ kind: 'overview' })}
        />
      )
    case 'account': {
      const account = accountOf(props)
      return (
        <InnerHeader
          title={account?.site.title ?? ''}
          line={account?.username ?? ''}
          back={t('diagnostics.back')}
          onBack={() => onView({ kind: 'settings', section: 'accounts' })}
        />
      )
    }
    case 'diagnostics':
      return (
        <InnerHeader
          title={t('diagnostics.title')}
          line={t('diagnostics.lead')}
          back={t('diagnostics.back')}
          onBack={() => onView({ kind: 'settings' })}
        />
      )
  }
}
