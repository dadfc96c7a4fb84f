import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { Snapshot } from '../common/snapshot.ts'
import { Access } from './access/access.tsx'
import { Banners } from './banners.tsx'
import { AccessHeader, OverviewHeader } from './header.tsx'
import { InboxHeader } from './inbox/inbox-header.tsx'
import { Overview } from './overview/overview.tsx'
import { useServices } from './services.ts'
import { SignInDialog } from './sign-in/sign-in-dialog.tsx'
import { useSignIn } from './sign-in/use-sign-in.ts'
import { buttonClass } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { useAddRequest } from './use-add-request.ts'
import { useRefreshOnReturn } from './use-refresh-on-return.ts'
import { useSend } from './use-send.ts'
import styles from './workspace.module.css'

// What it takes to show thousands of rows is not needed for the first view.
const Inbox = lazy(async () => ({ default: (await import('./inbox/inbox.tsx')).Inbox }))

/** `from` is the view the user comes back from: the focus goes to what opened it. */
type View =
  | { readonly kind: 'overview'; readonly from: 'access' | 'inbox' | null }
  | { readonly kind: 'access' }
  | { readonly kind: 'inbox'; readonly account: string | null }

interface WorkspaceProps {
  readonly snapshot: Snapshot
  readonly isLost: boolean
}

/** Header, one scrolling area with the present view, footer; and the sign-in dialog above them. */
export const Workspace = ({ snapshot, isLost }: WorkspaceProps) => {
  const { t } = useServices()
  const [view, setView] = useState<View>({ kind: 'overview', from: null })
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const signIn = useSignIn(snapshot.attempts)
  const sending = useSend()
  const { send } = sending
  // With nothing to show, the overview itself offers to add a forum.
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  useAddRequest(signIn.openAddress)
  const noteReturn = useRefreshOnReturn((account) => send('account.refresh', { account }))
  // Always the same function, or every row would be rendered again.
  const noteOpened = useCallback(
    (account: string) => {
      send('account.opened', { account })
      noteReturn(account)
    },
    [send, noteReturn],
  )

  const expand = useCallback(
    (account: string, isExpanded: boolean) =>
      setExpanded((before) => {
        const others = [...before].filter((id) => id !== account)
        return new Set(isExpanded ? [...others, account] : others)
      }),
    [],
  )
  const showInbox = useCallback((account: string | null) => setView({ kind: 'inbox', account }), [])

  return (
    <div className={styles['workspace']}>
      {view.kind === 'overview' && (
        <OverviewHeader
          snapshot={snapshot}
          isRefreshing={sending.pending.has('account.refresh')}
          send={send}
          onAccess={() => setView({ kind: 'access' })}
          isReturning={view.from === 'access'}
        />
      )}
      {view.kind === 'access' && <AccessHeader onBack={() => setView({ kind: 'overview', from: 'access' })} />}
      {view.kind === 'inbox' && (
        <InboxHeader accounts={snapshot.accounts} onBack={() => setView({ kind: 'overview', from: 'inbox' })} />
      )}
      {/* Another view begins at its top. */}
      <main key={view.kind} className={styles['main']} tabIndex={-1}>
        <div className={styles['column']}>
          <Banners snapshot={snapshot} isLost={isLost} sending={sending} />
          {view.kind === 'overview' && (
            <Overview
              snapshot={snapshot}
              signIn={signIn}
              send={send}
              onOpen={noteOpened}
              expanded={expanded}
              onExpand={expand}
              onInbox={showInbox}
            />
          )}
          {view.kind === 'access' && <Access snapshot={snapshot} />}
          {view.kind === 'inbox' && (
            <Suspense>
              <Inbox accounts={snapshot.accounts} account={view.account} onOpen={noteOpened} />
            </Suspense>
          )}
        </div>
      </main>
      {view.kind === 'overview' && !isEmpty && (
        <footer className={styles['footer']}>
          <button type="button" className={buttonClass('quiet')} onClick={signIn.openAddress}>
            <Icon name="plus" size={14} />
            {t('overview.add')}
          </button>
          {snapshot.accounts.length > 0 && (
            <InboxButton isReturning={view.from === 'inbox'} onClick={() => showInbox(null)} />
          )}
        </footer>
      )}
      <SignInDialog snapshot={snapshot} signIn={signIn} />
    </div>
  )
}

const InboxButton = ({ isReturning, onClick }: { readonly isReturning: boolean; readonly onClick: () => void }) => {
  const { t } = useServices()
  const button = useRef<HTMLButtonElement>(null)
  const shouldFocus = useRef(isReturning)
  useEffect(() => {
    if (shouldFocus.current) button.current?.focus()
  }, [])
  return (
    <button ref={button} type="button" className={buttonClass('quiet')} onClick={onClick}>
      {t('inbox.title')}
      <Icon name="forth" size={14} />
    </button>
  )
}
