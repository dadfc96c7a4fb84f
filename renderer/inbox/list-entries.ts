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

/** Lists entries of accounts in the order of a filter. */
export interface ListEntries {
  (accounts: readonly AccountView[]): readonly InboxEntry[]
  /** The entries of one account alone, in the same order and without headings. */
  readonly of: (account: AccountView) => readonly InboxEntry[]
}

/**
 * Returns a function that lists the notifications of accounts that a filter lets through. What it finds out about an
 * account it keeps for as long as that is the same object, so that with ten thousand rows a change of one account costs
 * that account's rows, and one step for each of the others.
 * @param filter its `account` is not looked at: the function is given the accounts
 * @param textOf the searchable text of an entry
 */
export const createListEntries = (
  filter: Omit<InboxFilter, 'account'>,
  textOf: (item: NotificationItem, account: AccountView) => string,
): ListEntries => {
  const isFound = searchFor(filter.search)
  const entriesOf = new WeakMap<AccountView, readonly InboxEntry[]>()
  let last: { readonly accounts: ReadonlySet<AccountView>; readonly sorted: readonly InboxEntry[] } = {
    accounts: new Set(),
    sorted: [],
  }

  const find = (account: AccountView): readonly InboxEntry[] => {
    const snoozed = new Set(account.snoozed.map(({ notification }) => notification))
    const fits = (item: NotificationItem): boolean => {
      // A snoozed notification counts as read until its time has come.
      if (filter.order === 'unreadOnly' && (item.read || snoozed.has(item.id))) return false
      if (filter.order === 'snoozed' && !snoozed.has(item.id)) return false
      if (filter.group !== null && kindGroup(item.kind) !== filter.group) return false
      return isFound(() => textOf(item, account))
    }
    const items = (account.items ?? []).filter(fits).toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    if (filter.order !== 'unreadFirst') return grouped(account, items, true)
    const unread = items.filter(({ read }) => !read)
    const read = items.filter((item) => item.read)
    return [...grouped(account, unread, false), ...grouped(account, read, true)]
  }

  const of = (account: AccountView): readonly InboxEntry[] => {
    const known = entriesOf.get(account)
    if (known !== undefined) return known
    const entries = find(account)
    entriesOf.set(account, entries)
    return entries
  }

  const list = (accounts: readonly AccountView[]): readonly InboxEntry[] => {
    const listed = new Set(accounts)
    const kept = last.sorted.filter(({ account }) => listed.has(account))
    const added = accounts.filter((account) => !last.accounts.has(account)).flatMap(of)
    const sorted = merged(kept, added.toSorted(inOrder))
    last = { accounts: listed, sorted }
    return withHeadings(sorted)
  }
  return Object.assign(list, { of })
}

/** Unread ones first where they are parted, for these have no day; then the newest. No two entries are equal. */
const inOrder = (a: InboxEntry, b: InboxEntry): number =>
  Number(a.isDayTold) - Number(b.isDayTold) ||
  b.items[0].createdAt - a.items[0].createdAt ||
  b.items[0].id - a.items[0].id ||
  (a.key < b.key ? -1 : 1)

/** Two sorted lists as one. */
const merged = (some: readonly InboxEntry[], others: readonly InboxEntry[]): readonly InboxEntry[] => {
  if (some.length === 0) return others
  const entries: InboxEntry[] = []
  let place = 0
  for (const other of others) {
    for (let entry = some[place]; entry !== undefined && inOrder(entry, other) < 0; entry = some[place]) {
      entries.push(entry)
      place += 1
    }
    entries.push(other)
  }
  return entries.concat(some.slice(place))
}

/**
 * What a notification shares with those that are shown in one row with it: likes of one kind, of one topic, on one day. A
 * reply is worth a row of its own, and so is what comes back at a time of its own.
 * @param snoozed the ids of those that come back
 */
const aboutOf = ({ id, kind, topic, createdAt }: NotificationItem, snoozed: ReadonlySet<number>): string =>
  kindGroup(kind) !== 'likes' || topic === null || snoozed.has(id)
    ? String(id)
    : `${kind} ${topic} ${startOfDay(createdAt)}`

/** Local midnight before a time; both in milliseconds since 1970. */
const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)

/** The notifications of an account that are shown in one row with one of them, the newest first. */
export const shownWith = (item: NotificationItem, account: AccountView): Items => {
  const snoozed = new Set(account.snoozed.map(({ notification }) => notification))
  const about = aboutOf(item, snoozed)
  const [newest, ...older] = (account.items ?? []).filter((other) => aboutOf(other, snoozed) === about)
  return newest === undefined ? [item] : [newest, ...older]
}

/**
 * One entry for those that are shown in one row, in the place of the newest.
 * @param items of one account, the newest first
 */
const grouped = (account: AccountView, items: readonly NotificationItem[], isDayTold: boolean): InboxEntry[] => {
  const snoozed = new Set(account.snoozed.map(({ notification }) => notification))
  const groups = new Map<string, [NotificationItem, ...NotificationItem[]]>()
  for (const item of items) {
    const about = aboutOf(item, snoozed)
    const group = groups.get(about)
    if (group === undefined) groups.set(about, [item])
    else group.push(item)
  }
  return [...groups.values()].map((group) => ({
    key: `${account.id}/${group.at(-1)?.id}`,
    account,
    items: shared(group),
    begins: null,
    isDayTold,
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

/** Sorted entries with the headings above some of them; all others stay the same objects. */
const withHeadings = (sorted: readonly InboxEntry[]): readonly InboxEntry[] => {
  let since = Number.POSITIVE_INFINITY
  return sorted.map((entry, index): InboxEntry => {
    if (!entry.isDayTold) return index === 0 ? { ...entry, begins: 'unread' } : entry
    const [{ createdAt }] = entry.items
    if (createdAt >= since) return entry
    since = startOfDay(createdAt)
    return { ...entry, begins: 'day' }
  })
}
