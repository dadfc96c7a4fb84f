import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { kindGroup } from '../../common/glance/kind-group.ts'
import { searchFor } from '../../common/glance/search-for.ts'
import type { InboxFilter } from './inbox-filter.ts'

/** One notification of one account. */
export interface InboxEntry {
  /** Stable for as long as the notification is known. */
  readonly key: string
  readonly account: AccountView
  readonly item: NotificationItem
  /** What starts with this entry: a local day, or the unread ones when they come first. */
  readonly begins: 'day' | 'unread' | null
  /** Whether a heading shows its day. */
  readonly isDayTold: boolean
}

/**
 * The notifications of all accounts that a filter lets through, in its order.
 * @param textOf the searchable text of an entry
 */
export const listEntries = (
  accounts: readonly AccountView[],
  filter: InboxFilter,
  textOf: (item: NotificationItem, account: AccountView) => string,
): readonly InboxEntry[] => {
  const isFound = searchFor(filter.search)
  const isSnoozedOf = ({ snoozed }: AccountView) => {
    const ids = new Set(snoozed.map(({ notification }) => notification))
    return ({ id }: NotificationItem): boolean => ids.has(id)
  }
  const fits = (
    item: NotificationItem,
    account: AccountView,
    isSnoozed: (item: NotificationItem) => boolean,
  ): boolean => {
    // A snoozed notification counts as read until its time has come.
    if (filter.order === 'unreadOnly' && (item.read || isSnoozed(item))) return false
    if (filter.order === 'snoozed' && !isSnoozed(item)) return false
    if (filter.group !== null && kindGroup(item.kind) !== filter.group) return false
    return isFound(() => textOf(item, account))
  }
  const found = accounts
    .filter(({ id }) => filter.account === null || id === filter.account)
    .flatMap((account) => {
      const isSnoozed = isSnoozedOf(account)
      return (account.items ?? [])
        .filter((item) => fits(item, account, isSnoozed))
        .map((item) => ({ key: `${account.id}/${item.id}`, account, item }))
    })
    .toSorted((a, b) => b.item.createdAt - a.item.createdAt || b.item.id - a.item.id)
  if (filter.order !== 'unreadFirst') return withDays(found)
  const unread = found.filter(({ item }) => !item.read)
  return [
    ...unread.map((entry, index) => ({ ...entry, begins: index === 0 ? ('unread' as const) : null, isDayTold: false })),
    ...withDays(found.filter(({ item }) => item.read)),
  ]
}

const withDays = (entries: readonly Omit<InboxEntry, 'begins' | 'isDayTold'>[]): readonly InboxEntry[] => {
  let last = ''
  return entries.map((entry) => {
    const day = new Date(entry.item.createdAt).toDateString()
    const begins = day === last ? null : ('day' as const)
    last = day
    return { ...entry, begins, isDayTold: true }
  })
}
