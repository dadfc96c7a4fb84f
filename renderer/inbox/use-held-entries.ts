import { useMemo, useState } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import type { InboxEntry, ListEntries } from './list-entries.ts'

/** What the list shows, and how it is kept in its place. */
interface HeldEntries {
  readonly entries: readonly InboxEntry[]
  /** How many entries wait to be shown. */
  readonly arrived: number
  readonly hold: () => void
  readonly release: () => void
}

/**
 * Keeps every row in its place while the pointer is over the list, as the home does: what arrives in the meantime waits,
 * and what would move or go because it was read stays, until the pointer leaves.
 * @param list lists what the filter lets through
 * @param accounts those that are shown
 * @param shown identifies filter and accounts; another one shows its own entries at once
 */
export const useHeldEntries = (list: ListEntries, accounts: readonly AccountView[], shown: string): HeldEntries => {
  const live = useMemo(() => list(accounts), [list, accounts])
  const [held, setHeld] = useState<{ readonly shown: string; readonly entries: readonly InboxEntry[] } | null>(null)
  const kept = held?.shown === shown ? held.entries : null
  const refresh = useMemo(() => (kept === null ? null : createRefresh(kept, list.of)), [kept, list])
  const { entries, arrived } = useMemo(
    () => refresh?.(live, accounts) ?? { entries: live, arrived: 0 },
    [refresh, live, accounts],
  )
  return {
    entries,
    arrived,
    // Another filter's entries are not what is under the pointer.
    hold: () => setHeld((before) => (before?.shown === shown ? before : { shown, entries: live })),
    release: () => setHeld(null),
  }
}

/**
 * Returns a function that gives earlier entries in their places, each as it is now; what has gone since appears as read.
 * Rows of an account are looked at once for each change of it.
 * @param kept the earlier entries
 * @param entriesOf the present entries of an account
 */
const createRefresh = (kept: readonly InboxEntry[], entriesOf: ListEntries['of']) => {
  const keptOf = new Map<string, InboxEntry[]>()
  const idsOf = new Map<string, Set<number>>()
  for (const entry of kept) {
    const { account, items } = entry
    const ofAccount = keptOf.get(account.id)
    if (ofAccount === undefined) keptOf.set(account.id, [entry])
    else ofAccount.push(entry)
    const ids = idsOf.get(account.id) ?? new Set()
    idsOf.set(account.id, ids)
    for (const { id } of items) ids.add(id)
  }
  const isKnown = (account: AccountView, { id }: NotificationItem): boolean => idsOf.get(account.id)?.has(id) === true
  const refreshedOf = new WeakMap<AccountView, ReadonlyMap<InboxEntry, InboxEntry>>()

  const refreshed = (account: AccountView): ReadonlyMap<InboxEntry, InboxEntry> => {
    const before = refreshedOf.get(account)
    if (before !== undefined) return before
    const present = new Map(entriesOf(account).flatMap(({ items }) => items.map((item) => [item.id, item])))
    const entries = new Map(
      (keptOf.get(account.id) ?? []).map((entry) => [entry, refreshedEntry(entry, account, present)]),
    )
    refreshedOf.set(account, entries)
    return entries
  }

  return (live: readonly InboxEntry[], accounts: readonly AccountView[]): Pick<HeldEntries, 'entries' | 'arrived'> => {
    const byId = new Map(accounts.map((account) => [account.id, account]))
    const entries = kept.map((entry): InboxEntry => {
      const account = byId.get(entry.account.id)
      if (account === entry.account) return entry
      return account === undefined
        ? refreshedEntry(entry, entry.account, new Map())
        : (refreshed(account).get(entry) ?? entry)
    })
    const last = live.findLastIndex(({ account, items }) => items.some((item) => isKnown(account, item)))
    const isNew = ({ account, items }: InboxEntry) => items.some((item) => !item.read && !isKnown(account, item))
    // Older ones that the user has loaded come below everything, where they move nothing.
    return { entries: [...entries, ...live.slice(last + 1)], arrived: live.slice(0, last + 1).filter(isNew).length }
  }
}

/** One earlier entry as it is now: with the notifications that its account has at present, by id. */
const refreshedEntry = (
  entry: InboxEntry,
  account: AccountView,
  present: ReadonlyMap<number, NotificationItem>,
): InboxEntry => {
  const now = (item: NotificationItem): NotificationItem =>
    present.get(item.id) ?? (item.read ? item : { ...item, read: true })
  const [newest, ...older] = entry.items
  const items = [now(newest), ...older.map(now)] as const
  const isSame = items.every((item, index) => item === entry.items[index])
  return isSame && account === entry.account ? entry : { ...entry, account, items: isSame ? entry.items : items }
}
