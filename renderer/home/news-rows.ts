import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { countedRows } from '../../common/glance/counted-rows.ts'
import { isInTrouble } from '../../common/glance/glance.ts'

/** What was known of an account when its forum last answered with counts. */
interface Counted {
  readonly checkedAt: number | null
  /** Ids of the rows that were counted. */
  readonly ids: ReadonlySet<number>
  /** Ids of the rows that were snoozed, and so were not. */
  readonly hidden: ReadonlySet<number>
  /** The highest id of all rows; null while there was no list. */
  readonly newest: number | null
}

/**
 * Returns a function that finds the rows of an account to list as news: those that its counts include. Rows change before
 * the forum has counted again, when one arrives or is read; until then the counted ones stay, and what has arrived is
 * added, so that no row disappears for a moment, or appears that was not counted. What was snoozed is counted as soon as it
 * comes back. A forum in trouble may not count again for long: the number shown decides there.
 */
export const createNewsRows = (): ((account: AccountView) => readonly NotificationItem[]) => {
  const lastCounted = new Map<string, Counted>()
  const rowsOf = new WeakMap<AccountView, readonly NotificationItem[]>()

  const find = (account: AccountView): readonly NotificationItem[] => {
    const { id, checkedAt, items, snoozed } = account
    const before = lastCounted.get(id)
    const hidden = new Set(snoozed.map(({ notification }) => notification))
    if (before === undefined || before.newest === null || before.checkedAt !== checkedAt || isInTrouble(account)) {
      const counted = countedRows(account)
      const newest = items === null || items.length === 0 ? null : Math.max(...items.map((item) => item.id))
      lastCounted.set(id, { checkedAt, ids: new Set(counted.map((item) => item.id)), hidden, newest })
      return counted
    }
    const { ids, newest } = before
    const isBack = (item: NotificationItem): boolean => before.hidden.has(item.id) && !hidden.has(item.id)
    const back = items?.some(isBack)
      ? countedRows({ ...account, items: items.filter((item) => item.id <= newest) })
      : []
    const isNews = (item: NotificationItem): boolean =>
      !item.read &&
      !hidden.has(item.id) &&
      (ids.has(item.id) || item.id > newest || (isBack(item) && back.includes(item)))
    return (items ?? []).filter(isNews)
  }

  return (account) => {
    const known = rowsOf.get(account)
    if (known !== undefined) return known
    const rows = find(account)
    rowsOf.set(account, rows)
    return rows
  }
}
