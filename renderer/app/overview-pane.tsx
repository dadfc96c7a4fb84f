import { type ReactNode, useEffect, useRef } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { Overview } from '../overview/overview.tsx'
import { useServices } from '../services/services.ts'
import type { Sending } from '../services/use-send.ts'
import type { SignIn } from '../sign-in/use-sign-in.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Banners } from './banners.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { OverviewHeader } from './header.tsx'
import type { DetailView, View } from './view.ts'
import styles from './workspace.module.css'

interface OverviewPaneProps {
  readonly snapshot: Snapshot
  /** The view beside it, which is then the main one; null where there is room for only one view. */
  readonly beside: DetailView | null
  readonly isLost: boolean
  readonly isRefreshing: boolean
  readonly isChecked: boolean
  readonly sending: Sending
  readonly signIn: SignIn
  /** The view that the user comes back from: the button that opened it gets the focus. */
  readonly from: View['kind'] | null
  readonly onView: (view: View) => void
  /** Shows the notifications of one account, or of all. */
  readonly onInbox: (account: string | null) => void
  readonly onOpen: (account: string) => void
}

/** The overview with its header and footer. */
export const OverviewPane = (props: OverviewPaneProps) => {
  const { snapshot, beside, isLost, isRefreshing, isChecked, sending, signIn, from, onView, onInbox, onOpen } = props
  const { t } = useServices()
  const { send } = sending
  // When there is nothing to show, the overview itself offers to add a forum.
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  const content = (
    <div className={styles['column']}>
      {beside === null && <Banners snapshot={snapshot} isLost={isLost} sending={sending} />}
      <ErrorBoundary retryKey={`${isLost}`}>
        <Overview
          snapshot={snapshot}
          isBeside={beside !== null}
          signIn={signIn}
          send={send}
          onOpen={onOpen}
          shown={beside?.kind === 'inbox' ? beside.filter.account : undefined}
          onInbox={onInbox}
        />
      </ErrorBoundary>
    </div>
  )
  return (
    <Pane isBeside={beside !== null}>
      <OverviewHeader
        snapshot={snapshot}
        isRefreshing={isRefreshing}
        isChecked={isChecked}
        send={send}
        onAccess={() => onView({ kind: 'access' })}
        onSettings={() => onView({ kind: 'settings' })}
        from={from}
      />
      {beside === null ? (
        <main className={styles['main']} tabIndex={-1}>
          {content}
        </main>
      ) : (
        <div data-scrolls="" className={styles['main']}>
          {content}
        </div>
      )}
      {!isEmpty && (
        <footer className={styles['footer']}>
          <button type="button" className={buttonClass('quiet')} onClick={signIn.openAddress}>
            <Icon name="plus" size={14} />
            {t('overview.add')}
          </button>
          {snapshot.accounts.length > 0 && beside === null && (
            <InboxButton isReturning={from === 'inbox'} onClick={() => onInbox(null)} />
          )}
        </footer>
      )}
    </Pane>
  )
}

/** Beside another view this is navigation, header and footer included: the page's own landmarks are that view's. */
const Pane = ({ isBeside, children }: { readonly isBeside: boolean; readonly children: ReactNode }) => {
  const { t } = useServices()
  return isBeside ? (
    <nav aria-label={t('overview.accounts')} className={styles['pane']}>
      {children}
    </nav>
  ) : (
    <div className={styles['pane']}>{children}</div>
  )
}

const InboxButton = ({ isReturning, onClick }: { readonly isReturning: boolean; readonly onClick: () => void }) => {
  const { t } = useServices()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isReturning) button.current?.focus()
  }, [isReturning])
  return (
    <button ref={button} type="button" className={buttonClass('quiet')} onClick={onClick}>
      {t('inbox.all')}
      <Icon name="search" size={14} />
    </button>
  )
}
