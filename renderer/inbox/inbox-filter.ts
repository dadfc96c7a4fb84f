import type { KindGroup } from '../../common/glance/kind-group.ts'

export const inboxOrders = ['newest', 'unreadFirst', 'unreadOnly', 'snoozed'] as const

export type InboxOrder = (typeof inboxOrders)[number]

/** Which notifications are shown, and in what order. */
export interface InboxFilter {
  /** Id of the only account shown; null for all. */
  readonly account: string | null
  readonly group: KindGroup | null
  readonly order: InboxOrder
  /** Words that must all be found; empty for none. */
  readonly search: string
}

export const wholeInbox: InboxFilter = { account: null, group: null, order: 'newest', search: '' }
