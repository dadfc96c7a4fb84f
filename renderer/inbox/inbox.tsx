import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { isInTrouble } from '../../common/glance/glance.ts'
import { searchable } from '../../common/glance/search-for.ts'
import { notificationText } from '../../common/i18n/notification-text.ts'
import type { Preferences } from '../../common/preferences/preferences.ts'
import { AccountGone } from '../app/account-gone.tsx'
import { useServices } from '../services/services.ts'
import { useSend } from '../services/use-send.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { type Marked, useMarkAll } from '../undo/use-mark-all.ts'
import { EntryList, type EntryListHandle } from './entry-list.tsx'
import styles from './inbox.module.css'
import { type InboxFilter, wholeInbox } from './inbox-filter.ts'
import { InboxFilters } from './inbox-filters.tsx'
import { createListEntries, type InboxEntry } from './list-entries.ts'
import { OldData } from './old-data.tsx'
import type { Selected } from './selected.ts'
import { useHeldEntries } from './use-held-entries.ts'

interface InboxProps {
  readonly accounts: readonly AccountView[]
  readonly names: ReadonlyMap<string, string>
  readonly filter: InboxFilter
  /** Whether the list of forums is beside it, and says what is wrong with each. */
  readonly isBeside: boolean
  readonly preferences: Preferences
  readonly selected: Selected | null
  /**
   * Null where there is no room for the reading pane. With one, a row is selected by one click and opened by two, or by
   * Enter.
   */
  readonly onSelect: ((selected: Selected | null) => void) | null
  readonly onFilter: (filter: InboxFilter) => void
  readonly onOpen: (account: string) => void
}

/** The newest notifications of all accounts in one list, even while the forums cannot be reached. */
export const Inbox = (props: InboxProps) => {
  const { accounts, names, filter: wanted, isBeside, preferences, selected, onSelect, onFilter, onOpen } = props
  const { t } = useServices()
  // The account that is shown may be removed.
  const isGone = wanted.account !== null && accounts.every(({ id }) => id !== wanted.account)
  const filter = isGone ? { ...wanted, account: null } : wanted
  const textOf = useSearchText(names)
  const { account: only, group, order } = filter
  const search = useDeferredValue(filter.search)
  const shownBy = `${only}/${group}/${order}/${search}`
  const shown = useMemo(() => accounts.filter(({ id }) => only === null || id === only), [accounts, only])
  const list = useMemo(() => createListEntries({ group, order, search }, textOf), [group, order, search, textOf])
  const { entries, arrived, hold, release } = useHeldEntries(list, shown, shownBy)
  const { send, isPending, failure, dismissFailure } = useSend()
  const mark = useMarkAll(send)
  const isEmpty = entries.length === 0
  useNothingSelected(isEmpty, onSelect)
  const entryList = useRef<EntryListHandle>(null)
  const filters = useRef<HTMLElement>(null)

  const change = (some: Partial<InboxFilter>) => {
    onFilter({ ...filter, ...some })
    // The results start at the top.
    filters.current?.closest('main')?.scrollTo({ top: 0 })
  }

  const open = useOpen(onOpen, preferences.general.readOnOpen)
  const isNarrowed = group !== null || search.trim() !== '' || order === 'snoozed'
  const isFiltered = isNarrowed || order === 'unreadOnly'
  // It covers what is shown: whole accounts, or what a filter leaves of them.
  const {
    marked: [first, ...others],
    left,
  } = markable(isNarrowed ? unreadOf(entries) : shown.filter(hasUnread).map((account) => ({ account })))
  const markAll = () => {
    if (first !== undefined) mark([first, ...others], left)
    // The button goes, since nothing is left for it.
    filters.current?.closest('main')?.focus({ preventScroll: true })
  }

  return (
    <>
      {isGone && accounts.length > 0 && <AccountGone onDismiss={() => onFilter(filter)} />}
      {/* Beside a first sign-in that waits, there is nothing to filter. */}
      {accounts.length > 0 && (
        <InboxFilters
          ref={filters}
          filter={filter}
          onFilter={change}
          accounts={accounts}
          preferences={preferences}
          names={names}
          isBeside={isBeside}
          onMarkAll={first === undefined ? null : markAll}
          onLeave={() => entryList.current?.focus()}
        >
          {failure !== null && (
            <FailureNote failure={failure}>
              <Button compact onClick={dismissFailure}>
                {t('notice.dismiss')}
              </Button>
            </FailureNote>
          )}
        </InboxFilters>
      )}
      {!isBeside && <OldData accounts={shown} names={names} />}
      <p role="status" className="visually-hidden">
        {isFiltered && t('inbox.found', { count: entries.reduce((sum, { items }) => sum + items.length, 0) })}
      </p>
      {!isEmpty ? (
        <EntryList
          ref={entryList}
          shown={shownBy}
          entries={entries}
          arrived={arrived}
          onHold={hold}
          onRelease={release}
          search={search}
          names={names}
          isOrderedByRead={order !== 'newest'}
          covered={() => coveredBy(filters.current)}
          send={send}
          selected={selected}
          onSelect={onSelect}
          onOpen={open}
          onMark={(account, items) => {
            for (const { id, read } of items) if (!read) send('notification.read', { account, notification: id })
          }}
          isMarking={(account, items) =>
            items.some(({ id }) => isPending('notification.read', { account, notification: id }))
          }
        />
      ) : (
        <Empty accounts={shown} filter={filter} onShowAll={() => change(wholeInbox)} />
      )}
      <Older accounts={shown.filter(({ hasOlder }) => hasOlder)} />
    </>
  )
}

/** Nothing is selected in a list that is not there. */
const useNothingSelected = (isEmpty: boolean, onSelect: InboxProps['onSelect']): void => {
  useEffect(() => {
    if (isEmpty) onSelect?.(null)
  }, [isEmpty, onSelect])
}

/** A function that opens an entry, and marks all its notifications as read if opening does that. */
const useOpen = (onOpen: InboxProps['onOpen'], readsOnOpen: boolean) => {
  const { host } = useServices()
  return useCallback(
    (account: string, items: readonly NotificationItem[]) => {
      onOpen(account)
      if (!readsOnOpen) return
      // The results do not matter: even if marking fails, the forum marks it when its page is opened.
      for (const { id, read } of items) if (!read) void host.execute('notification.read', { account, notification: id })
    },
    [onOpen, readsOnOpen, host],
  )
}

const hasUnread = ({ items, counts }: AccountView): boolean =>
  items?.some(({ read }) => !read) === true || (counts?.notifications ?? 0) + (counts?.messages ?? 0) > 0

/** The unread notifications among some entries, by account. */
const unreadOf = (entries: readonly InboxEntry[]): readonly Marked[] => {
  const found = new Map<AccountView, number[]>()
  for (const { account, items } of entries) {
    const unread = items.flatMap(({ id, read }) => (read ? [] : id))
    const before = found.get(account)
    if (before !== undefined) before.push(...unread)
    else if (unread.length > 0) found.set(account, unread)
  }
  return [...found].map(([account, notifications]) => ({ account, notifications }))
}

/** Parts what is unread by whether its forum can be asked; if none can, all are, so that the user learns why. */
const markable = (unread: readonly Marked[]) => {
  const marked = unread.filter(({ account }) => !isInTrouble(account))
  if (marked.length === 0) return { marked: unread, left: [] }
  return { marked, left: unread.flatMap(({ account }) => (isInTrouble(account) ? account : [])) }
}

/** How many pixels of the scrolling area are covered by an element that sticks to its top. */
const coveredBy = (element: HTMLElement | null): number =>
  element !== null && getComputedStyle(element).position === 'sticky' ? element.offsetHeight : 0

/** The searchable text of a notification. Memoized, because the list is searched with every letter typed. */
const useSearchText = (names: ReadonlyMap<string, string>) => {
  const { t } = useServices()
  return useMemo(() => {
    const known = new WeakMap<NotificationItem, string>()
    return (item: NotificationItem, { id }: AccountView): string => {
      const before = known.get(item)
      if (before !== undefined) return before
      const text = searchable([notificationText(t, item), item.excerpt, item.actor, names.get(id)].join('\n'))
      known.set(item, text)
      return text
    }
  }, [t, names])
}

interface OlderProps {
  /** Those whose forum has more than is listed. */
  readonly accounts: readonly AccountView[]
}

/** Loads older notifications of each account, and says so when a forum cannot deliver them now. */
const Older = ({ accounts }: OlderProps) => {
  const { t, host } = useServices()
  const { state, run } = useTask()
  const load = async () => {
    for (const { id } of accounts) {
      const loaded = await run(host.execute('account.loadOlder', { account: id }))
      if (!loaded.ok) return
    }
  }
  if (accounts.length === 0) return null
  return (
    <div className={styles['older']}>
      <Button busy={state.kind === 'busy'} onClick={() => void load()}>
        {t('inbox.loadOlder')}
      </Button>
      {state.kind === 'failed' && <FailureNote failure={state.failure} />}
    </div>
  )
}

interface EmptyProps {
  readonly accounts: readonly AccountView[]
  readonly filter: InboxFilter
  readonly onShowAll: () => void
}

/** Why there is nothing to see, and what to do. */
const Empty = ({ accounts, filter, onShowAll }: EmptyProps) => {
  const { t } = useServices()
  const say = (title: string, hint: string | null, canShowAll: boolean) => (
    <div className={styles['empty']}>
      <p className={styles['emptyTitle']}>{title}</p>
      {hint !== null && <p className={styles['emptyHint']}>{hint}</p>}
      {canShowAll && <Button onClick={onShowAll}>{t('inbox.showAll')}</Button>}
    </div>
  )
  if (accounts.length === 0) return say(t('overview.empty'), t('overview.emptyHint'), false)
  const isAboutOne = filter.account !== null
  if (accounts.every(({ items }) => items === null)) return say(t('inbox.notYet'), t('inbox.notYetHint'), isAboutOne)
  if (accounts.every(({ items }) => (items ?? []).length === 0)) {
    return say(t('inbox.empty'), t('inbox.emptyHint'), isAboutOne)
  }
  if (filter.order === 'unreadOnly' && filter.group === null && filter.search.trim() === '') {
    return say(t('inbox.allRead'), null, true)
  }
  if (filter.order === 'snoozed' && filter.group === null && filter.search.trim() === '') {
    return say(t('inbox.noneSnoozed'), t('inbox.noneSnoozedHint'), true)
  }
  return say(t('inbox.nothingFits'), t('inbox.nothingFitsHint'), true)
}
