import { useMemo, useState } from 'react'
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

/** Earlier entries in their places, each as it is now; those that have gone since appear as read. */
const refreshed = (kept: readonly InboxEntry[], live: readonly InboxEntry[]) => {
  const present = new Map(live.map((entry) => [entry.key, entry]))
  const entries = kept.map((entry): InboxEntry => {
    const now = present.get(entry.key)
    if (now === undefined) return entry.item.read ? entry : { ...entry, item: { ...entry.item, read: true } }
    const { account, item } = now
    return account === entry.account && item === entry.item ? entry : { ...entry, account, item }
  })
  const known = new Set(kept.map(({ key }) => key))
  const last = live.findLastIndex(({ key }) => known.has(key))
  const isNew = ({ key, item }: InboxEntry) => !known.has(key) && !item.read
  // Older ones that the user has loaded come below everything, where they move nothing.
  return { entries: [...entries, ...live.slice(last + 1)], arrived: live.slice(0, last + 1).filter(isNew).length }
}
