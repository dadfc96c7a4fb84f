import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import { mostItems } from '../sync/merge-items.ts'
import type { AlertLedgers } from './ledger/alert-ledgers.ts'

/** What is known about an account's news in this run only. */
export interface NewsState {
  /** Pending news that an alert in the queue is about. */
  readonly queued: Set<number>
  /** Whether the forum has sent its list in this run. */
  hasList: boolean
  /** How many notification rows the forum counted as unread when it last sent the list; null while unknown. */
  unreadAtList: number | null
  /** News since then that the list did not bring. */
  newsSinceList: number
  /** If there is more news than is listed or kept: how many more the forum has counted, at least. */
  cut: number | null
}

/** Separates the pending news that has been decided on from the rest. */
export interface PendingNews {
  of(account: Account): NewsState
  /** Pending news that no alert in the queue is about. */
  undecided(account: Account): ReadonlySet<number>
  /** Whether a row is still there and unread, as far as is known. */
  isStillNew(account: Account, item: NotificationItem): boolean
  forget(account: string): void
}

export const createPendingNews = (ledgers: AlertLedgers): PendingNews => {
  const states = new Map<string, NewsState>()

  const of = ({ id, cache }: Account): NewsState => {
    const existing = states.get(id)
    if (existing !== undefined) return existing
    const unreadAtList = cache.counts && cache.counts.notifications + cache.counts.messages
    const made = { queued: new Set<number>(), hasList: false, unreadAtList, newsSinceList: 0, cut: null }
    states.set(id, made)
    return made
  }

  return {
    of,
    undecided: (account) => {
      const { queued } = of(account)
      const ids = ledgers.of(account).pending.map(({ id }) => id)
      return new Set(ids.filter((id) => !queued.has(id)))
    },
    isStillNew: (account, item) => {
      // Forums do not say when a single chat message is read.
      if (item.id < 0) return true
      const rows = account.cache.items ?? []
      const row = rows.find(({ id }) => id === item.id)
      if (row !== undefined) return !row.read
      // Gone, unless the rows are from an earlier run, or newer ones have pushed it out.
      const oldest = rows.at(-1)
      return !of(account).hasList || (rows.length >= mostItems && item.createdAt <= (oldest?.createdAt ?? 0))
    },
    forget: (account) => void states.delete(account),
  }
}
