import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { Snapshot } from '../common/snapshot.ts'
import { Banners } from './banners.tsx'
import { InnerHeader, OverviewHeader } from './header.tsx'
import { InboxHeader } from './inbox/inbox-header.tsx'
import { Access, Diagnostics, Inbox, Settings, SignInDialog } from './later-views.ts'
import { Overview } from './overview/overview.tsx'
import { useServices } from './services.ts'
import { Shortcuts } from './shortcuts/shortcuts.tsx'
import { useSignIn } from './sign-in/use-sign-in.ts'
import { buttonClass } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { Tooltips } from './ui/tooltips.tsx'
import { UndoBar } from './undo/undo-bar.tsx'
import { UndoProvider, useUndoOffer } from './undo/use-undo.ts'
import { usePageRequest } from './use-page-request.ts'
import { useRefreshOnReturn } from './use-refresh-on-return.ts'
import { useRefreshing } from './use-refreshing.ts'
import { useSend } from './use-send.ts'
import styles from './workspace.module.css'

/** `from` is the view the user comes back from: the focus goes to what opened it. */
type View =
  | { readonly kind: 'overview'; readonly from: 'access' | 'inbox' | 'settings' | null }
  | { readonly kind: 'access' }
  | { readonly kind: 'inbox'; readonly account: string | null }
  | { readonly kind: 'settings'; readonly begin?: 'network' }
  | { readonly kind: 'diagnostics' }

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
  const undo = useUndoOffer()
  const refreshing = useRefreshing(sending)
  // With nothing to show, the overview itself offers to add a forum.
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  // Who opens the dialog may type on at once.
  useEffect(() => void SignInDialog.preload(), [])
  usePageRequest((request) => {
    if (request === 'add') signIn.openAddress()
    else setView({ kind: request })
  })
  // Who opens the dialog may type on at once.
  useEffect(() => void SignInDialog.preload(), [])
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
    <UndoProvider value={undo.actions}>
      <div className={styles['workspace']}>
        {view.kind === 'overview' && (
          <OverviewHeader
            snapshot={snapshot}
            isRefreshing={refreshing.isBusy}
            send={send}
            onAccess={() => setView({ kind: 'access' })}
            onSettings={() => setView({ kind: 'settings' })}
            from={view.from === 'inbox' ? null : view.from}
          />
        )}
        {view.kind === 'access' && (
          <InnerHeader
            title={t('access.title')}
            line={t('access.lead')}
            back={t('access.back')}
            onBack={() => setView({ kind: 'overview', from: 'access' })}
          />
        )}
        {view.kind === 'settings' && (
          <InnerHeader
            title={t('settings.title')}
            line={t('settings.lead')}
            back={t('access.back')}
            onBack={() => setView({ kind: 'overview', from: 'settings' })}
          />
        )}
        {view.kind === 'diagnostics' && (
          <InnerHeader
            title={t('diagnostics.title')}
            line={t('diagnostics.lead')}
            back={t('diagnostics.back')}
            onBack={() => setView({ kind: 'settings' })}
          />
        )}
        {view.kind === 'inbox' && (
          <InboxHeader snapshot={snapshot} onBack={() => setView({ kind: 'overview', from: 'inbox' })} />
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
            {view.kind === 'access' && (
              <Suspense fallback={<Skeleton of="sections" />}>
                <Access snapshot={snapshot} />
              </Suspense>
            )}
            {view.kind === 'inbox' && (
              <Suspense fallback={<Skeleton of="inbox" />}>
                <Inbox accounts={snapshot.accounts} account={view.account} onOpen={noteOpened} />
              </Suspense>
            )}
            {view.kind === 'settings' && (
              <Suspense fallback={<Skeleton of="sections" />}>
                <Settings
                  snapshot={snapshot}
                  begin={view.begin}
                  onAccess={() => setView({ kind: 'access' })}
                  onDiagnostics={() => setView({ kind: 'diagnostics' })}
                  onSignIn={(address) => void signIn.submitAddress(address)}
                />
              </Suspense>
            )}
            {view.kind === 'diagnostics' && (
              <Suspense fallback={<Skeleton of="sections" />}>
                <Diagnostics snapshot={snapshot} />
              </Suspense>
            )}
          </div>
        </main>
        <p role="status" className="visually-hidden">
          {refreshing.isDone && t('overview.checked', { age: t('units.justNow') })}
        </p>
        <UndoBar offered={undo.offered} />
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
        <Shortcuts
          onView={(kind) => {
            if (kind === 'overview') setView({ kind, from: null })
            else if (kind === 'inbox') setView({ kind, account: null })
            else setView({ kind })
          }}
          onRefresh={() => send('account.refresh', {})}
          onAdd={signIn.openAddress}
        />
        <Tooltips />
        {signIn.screen.kind !== 'closed' && (
          <Suspense>
            <SignInDialog
              snapshot={snapshot}
              signIn={signIn}
              onLeave={(to) => {
                signIn.hide()
                setView(to === 'network' ? { kind: 'settings', begin: 'network' } : { kind: 'overview', from: null })
              }}
            />
          </Suspense>
        )}
      </div>
    </UndoProvider>
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
