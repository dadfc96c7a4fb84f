import { Suspense, useState } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { AttentionList } from '../home/attention-list.tsx'
import type { SignInAgain } from '../home/attention-rows.tsx'
import type { InboxFilter } from '../inbox/inbox-filter.ts'
import type { Selected } from '../inbox/selected.ts'
import { useAccountNames } from '../services/use-account-names.ts'
import type { Sending } from '../services/use-send.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Banners } from './banners.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { viewTitle } from './header.tsx'
import { Inbox, ReadingPane } from './lazy-views.ts'
import { useHasRoomToRead } from './use-is-wide.ts'
import styles from './workspace.module.css'

interface InboxPaneProps {
  readonly snapshot: Snapshot
  readonly filter: InboxFilter
  /** Distinguishes one visit to the view from another. */
  readonly visit: string
  /** Whether the list of forums is beside it. */
  readonly isBeside: boolean
  readonly isLost: boolean
  readonly sending: Sending
  readonly onFilter: (filter: InboxFilter) => void
  readonly onOpen: (account: string) => void
  readonly onSignIn: SignInAgain
}

/** The inbox; where there is room, with the troubles of its forums above it and the selected notification beside it. */
export const InboxPane = (props: InboxPaneProps) => {
  const { snapshot, filter, visit, isBeside, isLost, sending, onFilter, onOpen, onSignIn } = props
  const { accounts, preferences } = snapshot
  const [selected, setSelected] = useState<Selected | null>(null)
  const hasRoom = useHasRoomToRead() && isBeside
  // Without notifications there would be an empty pane.
  const isReading = hasRoom && accounts.some(({ items }) => (items ?? []).length > 0)
  const names = useAccountNames(accounts)
  const isOfAll = accounts.every(({ id }) => id !== filter.account)
  const retryKey = `${visit} ${isLost}`
  const shared = { names, onOpen }
  return (
    <div className={styles[isReading ? 'reading' : 'pane']}>
      <main key={visit} className={styles['main']} tabIndex={-1} aria-labelledby={viewTitle}>
        <div className={styles['column']}>
          <Banners snapshot={snapshot} isLost={isLost} sending={sending} isBrief={!isBeside} />
          {isBeside && (
            <AttentionList
              accounts={accounts.filter(({ id }) => isOfAll || id === filter.account)}
              names={names}
              send={sending.send}
              onOpen={onOpen}
              onSignIn={onSignIn}
            />
          )}
          <ErrorBoundary retryKey={retryKey}>
            <Suspense fallback={<Skeleton of="inbox" />}>
              <Inbox
                accounts={accounts}
                preferences={preferences}
                filter={filter}
                isBeside={isBeside}
                selected={isReading ? selected : null}
                onSelect={isReading ? setSelected : null}
                onFilter={onFilter}
                {...shared}
              />
            </Suspense>
          </ErrorBoundary>
        </div>
      </main>
      {isReading && (
        <ErrorBoundary retryKey={retryKey}>
          <Suspense>
            <ReadingPane
              accounts={accounts}
              selected={selected}
              readsOnOpen={preferences.general.readOnOpen}
              send={sending.send}
              {...shared}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  )
}
