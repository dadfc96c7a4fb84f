import * as v from 'valibot'
import { type NotificationItem, notificationSchema } from '../common/contract/notification.ts'
import { type AccountView, accountSchema } from '../common/contract/snapshot.ts'

/** More text than any account has apart from its rows, which are checked one by one. */
const longestText = 20_000

const { items: _, ...others } = accountSchema.entries
const withoutRows = v.object(others)

/** Which rows can be shown. Unchanged rows stay the same objects, so each is checked once. */
const showable = new WeakMap<object, boolean>()

const isShowableRow = (row: NotificationItem): boolean => {
  const known = showable.get(row)
  if (known !== undefined) return known
  const isShowable = v.is(notificationSchema, row) && isBounded(row)
  showable.set(row, isShowable)
  return isShowable
}

/**
 * Whether every number is finite and no text too long: JSON turns other numbers into `null`, and a reader of that
 * refuses everything.
 */
const isBounded = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return value.length <= longestText
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isBounded)
}

/**
 * The view of an account as it may be published. A snapshot is read as a whole, so one unreadable value in it would
 * hide every account (ARCHITECTURE.md, decision 15). An account with such a value therefore shows none of its counts
 * and rows, and says so with `account_damaged`; it is refreshed like any other.
 */
export const showableAccount = (view: AccountView): AccountView => {
  const { items, ...rest } = view
  const areRowsShowable = items === null || items.every(isShowableRow)
  return areRowsShowable && v.is(withoutRows, rest) && isBounded(rest) ? view : damaged(view)
}

const damaged = (view: AccountView): AccountView => {
  const { id, site, username, links, scopes } = view
  return {
    id: cut(id),
    site: { base: cut(site.base), host: cut(site.host), title: cut(site.title), color: null },
    username: cut(username),
    ...{
      avatar: null,
      icon: null,
      isLive: false,
      counts: null,
      checkedAt: null,
      items: null,
      hasOlder: false,
      snoozed: [],
    },
    state: { kind: 'stale', since: 0, failure: { code: 'account_damaged', params: { host: cut(site.host) } } },
    ...{ apiVersion: 0, approvedAt: 0, expiresAt: null, lastUsedAt: null },
    scopes: scopes.map(cut).slice(0, 100),
    links: { notifications: cut(links.notifications), apps: cut(links.apps), signedIn: null },
  }
}

const cut = (text: unknown): string => String(text).slice(0, 2000)
