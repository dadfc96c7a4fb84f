import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { kindGroup } from '../../common/glance/kind-group.ts'
import { searchFor } from '../../common/glance/search-for.ts'
import type { InboxFilter } from './inbox-filter.ts'

type Items = readonly [NotificationItem, ...NotificationItem[]]

/** One row of the list: a notification of one account, or the likes of one topic on one day. */
export interface InboxEntry {
  /** Stable for as long as the oldest of its notifications is known. */
  readonly key: string
  readonly account: AccountView
  /** Its notifications, the newest first. */
  readonly items: Items
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
        .map((item) => ({ account, item, about: aboutOf(item, account) }))
    })
    .toSorted((a, b) => b.item.createdAt - a.item.createdAt || b.item.id - a.item.id)
  if (filter.order !== 'unreadFirst') return withDays(grouped(found))
  const unread = grouped(found.filter(({ item }) => !item.read))
  return [
    ...unread.map((entry, index) => ({ ...entry, begins: index === 0 ? ('unread' as const) : null, isDayTold: false })),
    ...withDays(grouped(found.filter(({ item }) => item.read))),
  ]
}

/**
 * What a notification shares with those that are shown in one row with it: likes of one kind, of one topic, on one day. A
 * reply is worth a row of its own, and so is what comes back at a time of its own.
 */
const aboutOf = ({ id, kind, topic, createdAt }: NotificationItem, { snoozed }: AccountView): string =>
  kindGroup(kind) !== 'likes' || topic === null || snoozed.some(({ notification }) => notification === id)
    ? String(id)
    : `${kind} ${topic} ${dayOf(createdAt)}`

const dayOf = (time: number): string => new Date(time).toDateString()

/** The notifications of an account that are shown in one row with one of them, the newest first. */
export const shownWith = (item: NotificationItem, account: AccountView): Items => {
  const about = aboutOf(item, account)
  const [newest, ...older] = (account.items ?? []).filter((other) => aboutOf(other, account) === about)
  return newest === undefined ? [item] : [newest, ...older]
}

interface Found {
  readonly account: AccountView
  readonly item: NotificationItem
  readonly about: string
}

/** One entry for those that are shown in one row, in the place of the newest. */
const grouped = (found: readonly Found[]): readonly Omit<InboxEntry, 'begins' | 'isDayTold'>[] => {
  const groups = new Map<
    string,
    { readonly account: AccountView; readonly items: [NotificationItem, ...NotificationItem[]] }
  >()
  for (const { account, item, about } of found) {
    const group = groups.get(`${account.id}/${about}`)
    if (group === undefined) groups.set(`${account.id}/${about}`, { account, items: [item] })
    else group.items.push(item)
  }
  return [...groups.values()].map(({ account, items }) => ({
    key: `${account.id}/${items.at(-1)?.id}`,
    account,
    items: shared(items),
  }))
}

/** The same array for the same notifications, so that only rows that have changed are rendered again. */
const shared = (items: Items): Items => {
  const [newest] = items
  const known = lists.get(newest)
  if (known?.length === items.length && known.every((item, index) => item === items[index])) return known
  lists.set(newest, items)
  return items
}

const lists = new WeakMap<NotificationItem, Items>()

const withDays = (entries: readonly Omit<InboxEntry, 'begins' | 'isDayTold'>[]): readonly InboxEntry[] => {
  let last = ''
  return entries.map((entry) => {
    const day = dayOf(entry.items[0].createdAt)
    const begins = day === last ? null : ('day' as const)
    last = day
    return { ...entry, begins, isDayTold: true }
  })
}
