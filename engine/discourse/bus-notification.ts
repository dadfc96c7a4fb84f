import * as v from 'valibot'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { readNotifications } from './notification-item.ts'

/** What a message of `/notification/<user id>` tells of single notifications (protocol.md 5.6). */
export interface BusNotification {
  /** The newest one; null when the message has none. */
  readonly last: NotificationItem | null
  /** Which of up to forty recent ones are read, by id. */
  readonly read: ReadonlyMap<number, boolean>
}

const schema = v.object({
  last_notification: v.optional(v.nullable(v.object({ notification: v.unknown() }))),
  recent: v.optional(v.array(v.tuple([v.number(), v.boolean()])), []),
})

/**
 * Reads such a message. The counts in it are not read: they are not split as the totals are.
 * @param base the site's origin plus optional folder
 * @param username the account's user name
 * @returns undefined for a message of another shape, after which only the list tells
 */
export const readBusNotification = (data: unknown, base: string, username: string): BusNotification | undefined => {
  const parsed = v.safeParse(schema, data)
  if (!parsed.success) return undefined
  const { last_notification: last, recent } = parsed.output
  const list = readNotifications({ notifications: last ? [last.notification] : [] }, base, username)
  return { last: (list.ok && list.value.items[0]) || null, read: new Map(recent) }
}
