import { useMemo, useState } from 'react'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import type { InboxEntry } from './list-entries.ts'

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
 * @param live what the list would show now
 * @param shown identifies the filter that chose them; another one shows its own entries at once
 */
export const useHeldEntries = (live: readonly InboxEntry[], shown: string): HeldEntries => {
  const [held, setHeld] = useState<{ readonly shown: string; readonly entries: readonly InboxEntry[] } | null>(null)
  const kept = held?.shown === shown ? held.entries : null
  const { entries, arrived } = useMemo(
    () => (kept === null ? { entries: live, arrived: 0 } : refreshed(kept, live)),
    [kept, live],
  )
  return {
    entries,
    arrived,
    // Another filter's entries are not what is under the pointer.
    hold: () => setHeld((before) => (before?.shown === shown ? before : { shown, entries: live })),
    release: () => setHeld(null),
  }
}

/** Earlier entries in their places, each as it is now; what has gone since appears as read. */
const refreshed = (kept: readonly InboxEntry[], live: readonly InboxEntry[]) => {
  const idOf = (account: AccountView, { id }: NotificationItem): string => `${account.id}/${id}`
  const present = new Map(
    live.flatMap(({ account, items }) => items.map((item) => [idOf(account, item), { account, item }])),
  )
  const entries = kept.map((entry): InboxEntry => {
    const now = (item: NotificationItem): NotificationItem =>
      present.get(idOf(entry.account, item))?.item ?? (item.read ? item : { ...item, read: true })
    const [newest, ...older] = entry.items
    const items = [now(newest), ...older.map(now)] as const
    const account = present.get(idOf(entry.account, newest))?.account ?? entry.account
    const isSame = items.every((item, index) => item === entry.items[index])
    return isSame && account === entry.account ? entry : { ...entry, account, items: isSame ? entry.items : items }
  })
  const known = new Set(kept.flatMap(({ account, items }) => items.map((item) => idOf(account, item))))
  const isKnown = ({ account, items }: InboxEntry) => items.some((item) => known.has(idOf(account, item)))
  const isNew = ({ account, items }: InboxEntry) => items.some((item) => !item.read && !known.has(idOf(account, item)))
  const last = live.findLastIndex(isKnown)
  // Older ones that the user has loaded come below everything, where they move nothing.
  return { entries: [...entries, ...live.slice(last + 1)], arrived: live.slice(0, last + 1).filter(isNew).length }
}
