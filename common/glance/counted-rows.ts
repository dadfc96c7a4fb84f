import type { NotificationItem } from '../contract/notification.ts'
import type { AccountView, Counts } from '../contract/snapshot.ts'

type Rows = readonly NotificationItem[]

/**
 * Finds the rows that a forum's counts include: the newest unread ones, messages and others each as many as are counted. A
 * forum counts rows from a certain id on, those that came since the user last looked; before 3.0 all rows of high priority
 * besides (protocol.md 5.1, 5.2). There may be fewer than are counted, for lists are short.
 */
export const countedAmong = (rows: Rows, counts: Counts): { readonly messages: Rows; readonly others: Rows } => {
  const rank = ({ highPriority }: NotificationItem): number => Number(highPriority && counts.undivided !== undefined)
  const unread = rows.filter(({ read }) => !read).toSorted((a, b) => rank(b) - rank(a) || b.id - a.id)
  const isMessage = ({ kind }: NotificationItem): boolean => kind === 'private_message'
  return {
    messages: unread.filter(isMessage).slice(0, counts.messages),
    others: unread.filter((row) => !isMessage(row)).slice(0, counts.notifications),
  }
}

/**
 * The rows that an account's counts include, in the order of its list; a number made of these never exceeds the count
 * shown beside it. Memoized by the account: tabs and lists of hundreds of accounts ask after each change of one.
 */
export const countedRows = (account: AccountView): Rows => {
  const known = rowsOf.get(account)
  if (known !== undefined) return known
  const rows = findCounted(account)
  rowsOf.set(account, rows)
  return rows
}

const rowsOf = new WeakMap<AccountView, Rows>()

const findCounted = ({ items, snoozed, counts }: AccountView): Rows => {
  if (counts === null || items === null) return []
  const hidden = new Set(snoozed.map(({ notification }) => notification))
  // What is snoozed has been taken off the counts.
  const { messages, others } = countedAmong(
    items.filter(({ id }) => !hidden.has(id)),
    counts,
  )
  const counted = new Set([...messages, ...others])
  return items.filter((item) => counted.has(item))
}
