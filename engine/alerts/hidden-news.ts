import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'

/** How much is new. */
export interface HiddenCount {
  readonly count: number
  /** There may be more. */
  readonly isAtLeast: boolean
}

/**
 * Counts, by account, what alerts were shown for while they may show neither names nor content. Several alerts would
 * all say the same, so each replaces the previous one, with a number.
 */
export interface HiddenNews {
  /** Adds notification rows. @returns how much of all that was added is still new */
  add(account: Account, items: readonly NotificationItem[]): HiddenCount
  /** Adds what forums only count: chat and the review queue. @returns how much of all that was added is still new */
  addCounted(account: Account, count: number): HiddenCount
  /** Starts over for all accounts: the user is back. */
  clear(): void
  forget(account: string): void
}

/**
 * How many rows of an account are kept. Where content is always hidden nobody unlocks, and a row that newer ones have
 * pushed out of the list is never seen to be read.
 */
const mostRows = 500

interface Hidden {
  items: readonly NotificationItem[]
  counted: number
}

/** @param isStillNew whether a row is still there and unread, as far as is known */
export const createHiddenNews = (isStillNew: (account: Account, item: NotificationItem) => boolean): HiddenNews => {
  const hidden = new Map<string, Hidden>()

  const change = (account: Account, recipe: (before: Hidden) => Hidden): HiddenCount => {
    const { items, counted } = recipe(hidden.get(account.id) ?? { items: [], counted: 0 })
    const left = items.filter((item) => isStillNew(account, item)).slice(-mostRows)
    hidden.set(account.id, { items: left, counted })
    return { count: left.length + counted, isAtLeast: left.length === mostRows }
  }

  return {
    add: (account, items) =>
      change(account, (before) => ({
        ...before,
        // A row that changes is news again, but counts once.
        items: [...new Map([...before.items, ...items].map((item) => [item.id, item])).values()],
      })),
    addCounted: (account, count) => change(account, (before) => ({ ...before, counted: before.counted + count })),
    clear: () => hidden.clear(),
    forget: (account) => void hidden.delete(account),
  }
}
