import { Suspense, useCallback, useEffect, useState } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { badge } from '../../common/glance/badge.ts'
import { statusLine, troubleText } from '../../common/glance/glance.ts'
import { useServices } from '../services/services.ts'
import { useRefreshing, withoutShownFailure } from '../services/use-refreshing.ts'
import { useSend } from '../services/use-send.ts'
import { Shortcuts } from '../shortcuts/shortcuts.tsx'
import { useSignIn } from '../sign-in/use-sign-in.ts'
import { ThrottledStatus } from '../ui/throttled-status.tsx'
import { Tooltips } from '../ui/tooltips.tsx'
import { UndoBar } from '../undo/undo-bar.tsx'
import { UndoProvider, useUndoOffer } from '../undo/use-undo.ts'
import { DetailPane } from './detail-pane.tsx'
import { preloadViews, SignInDialog } from './lazy-views.ts'
import { OverviewPane } from './overview-pane.tsx'
import { useHasRoomToRead, useIsWide } from './use-is-wide.ts'
import { useKeptFilter } from './use-kept-filter.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useRefreshOnReturn } from './use-refresh-on-return.ts'
import { useTabIcon } from './use-tab-icon.ts'
import { useTitle } from './use-title.ts'
import { useView } from './use-view.ts'
import type { View } from './view.ts'
import styles from './workspace.module.css'

interface WorkspaceProps {
  readonly snapshot: Snapshot
  readonly isLost: boolean
}

/** One view, or in a wide window the overview with another view beside it; and the layers above them. */
export const Workspace = ({ snapshot, isLost }: WorkspaceProps) => {
  const { t } = useServices()
  const signIn = useSignIn(snapshot.attempts)
  const sending = withoutShownFailure(useSend(), snapshot.accounts)
  const { send } = sending
  const undo = useUndoOffer()
  const refreshing = useRefreshing(sending)
  const isWide = useIsWide()
  const { view, from, visit, go, replace } = useView((request) => {
    if (request === 'add') signIn.openAddress()
    else go({ kind: request })
  })
  useTabIcon(badge(snapshot))
  // Only after the first view is on the screen.
  useEffect(() => {
    const timer = window.setTimeout(() => void preloadViews(), 200)
    return () => window.clearTimeout(timer)
  }, [])
  const noteReturn = useRefreshOnReturn((account) => send('account.refresh', { account }))
  // A stable function, so that not every row is rendered again.
  const noteOpened = useCallback(
    (account: string) => {
      send('account.opened', { account })
      noteReturn(account)
    },
    [send, noteReturn],
  )
  const keptFilter = useKeptFilter(view)
  const showInbox = useCallback(
    (account: string | null) => go({ kind: 'inbox', filter: { ...keptFilter(), account } }),
    [go, keptFilter],
  )
  // An empty overview would have an empty inbox beside it.
  const isEmpty = snapshot.accounts.length === 0 && snapshot.attempts.length === 0
  const isSplit = isWide && !isEmpty
  useKeptFocus(visit, `${isSplit} ${useHasRoomToRead()}`)
  // Without accounts there is nothing to list: what helps is adding one, which the overview offers.
  const shown: View = view.kind === 'inbox' && snapshot.accounts.length === 0 ? { kind: 'overview' } : view
  useTitle(snapshot, shown)
  const detail = shown.kind !== 'overview' ? shown : isSplit ? ({ kind: 'inbox', filter: keptFilter() } as const) : null
  const shared = { snapshot, isLost, sending, onView: go, onOpen: noteOpened }
  const overview = (isSplit || shown.kind === 'overview') && (
    <OverviewPane
      {...shared}
      beside={isSplit ? detail : null}
      isRefreshing={refreshing.isBusy}
      isChecked={refreshing.isDone}
      signIn={signIn}
      from={shown.kind === 'overview' ? from : null}
      onInbox={showInbox}
    />
  )

  return (
    <UndoProvider value={undo.actions}>
      <div className={styles['workspace']} data-lost={isLost || undefined}>
        <div className={styles[isSplit ? 'panes' : 'pane']}>
          {overview}
          {detail !== null && (
            <DetailPane
              {...shared}
              view={detail}
              visit={visit}
              onReplace={replace}
              isBeside={isSplit}
              onSignInAgain={signIn.signInAgain}
              onSignIn={(address) => void signIn.submitAddress(address)}
            />
          )}
        </div>
        <ThrottledStatus text={statusLine(t, snapshot)} />
        <p role="status" className="visually-hidden">
          {refreshing.isDone && <CheckOutcome accounts={snapshot.accounts} />}
        </p>
        <UndoBar offered={undo.offered} isBeside={isSplit} />
        <Shortcuts
          onView={(kind) => {
            if (kind === 'inbox') showInbox(null)
            else go({ kind })
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
                go(to === 'network' ? { kind: 'settings', section: 'network' } : { kind: 'overview' })
              }}
            />
          </Suspense>
        )}
      </div>
    </UndoProvider>
  )
}

/** What a check came to, as it was at its end: that there was one, or which forums are in trouble. */
const CheckOutcome = ({ accounts }: Pick<Snapshot, 'accounts'>) => {
  const { t } = useServices()
  const [text] = useState(() => troubleText(t, accounts) || t('overview.checked', { age: t('units.justNow') }))
  return text
}
