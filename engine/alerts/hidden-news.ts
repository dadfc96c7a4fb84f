import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'

/**
 * Counts, by account, what alerts were shown for while they may show neither names nor content. Several alerts would
 * all say the same, so each replaces the previous one, with a number.
 */
export interface HiddenNews {
  /** Adds notification rows. @returns how much of all that was added is still new */
  add(account: Account, items: readonly NotificationItem[]): number
  /** Adds what forums only count: chat and the review queue. @returns how much of all that was added is still new */
  addCounted(account: Account, count: number): number
  /** Starts over for all accounts: the user is back. */
  clear(): void
  forget(account: string): void
}

interface Hidden {
  items: readonly NotificationItem[]
  counted: number
}

/** @param isStillNew whether a row is still there and unread, as far as is known */
export const createHiddenNews = (isStillNew: (account: Account, item: NotificationItem) => boolean): HiddenNews => {
  const hidden = new Map<string, Hidden>()

  const change = (account: Account, recipe: (before: Hidden) => Hidden): number => {
    const { items, counted } = recipe(hidden.get(account.id) ?? { items: [], counted: 0 })
    const left = items.filter((item) => isStillNew(account, item))
    hidden.set(account.id, { items: left, counted })
    return left.length + counted
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
