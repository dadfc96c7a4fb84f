import * as v from 'valibot'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { readNotifications } from './notification-item.ts'

/** What a bus message of `/notification/<user id>` says about single notification rows (protocol.md 5.6). */
export interface BusNotification {
  /** The newest one; null when the bus message has none. */
  readonly last: NotificationItem | null
  /**
   * Which recent ones are read, by id: the newest unread ones of high priority, then the newest of the others, up to
   * twenty of each. Undefined where the bus message does not say.
   */
  readonly recent: readonly (readonly [id: number, isRead: boolean])[] | undefined
  /** Everything up to this id has been seen in a menu; null where the bus message does not say. */
  readonly seenId: number | null
}

/** Forums send forty (protocol.md 5.6). */
const mostRecent = 100

const schema = v.object({
  last_notification: v.optional(v.nullable(v.object({ notification: v.unknown() }))),
  recent: v.optional(
    v.pipe(v.array(v.tuple([v.pipe(v.number(), v.safeInteger()), v.boolean()])), v.maxLength(mostRecent)),
  ),
  seen_notification_id: v.optional(v.fallback(v.nullable(v.pipe(v.number(), v.safeInteger())), null), null),
})

/**
 * Reads such a bus message, but not the counts in it, which are not split as the totals are.
 * @param base the site's origin plus optional folder
 * @param username the account's user name
 * @returns undefined for a bus message of another shape, after which only the list is reliable
 */
export const readBusNotification = (data: unknown, base: string, username: string): BusNotification | undefined => {
  const parsed = v.safeParse(schema, data)
  if (!parsed.success) return undefined
  const { last_notification: last, recent, seen_notification_id: seenId } = parsed.output
  const list = readNotifications({ notifications: last ? [last.notification] : [] }, base, username)
  return { last: (list.ok && list.value.items[0]) || null, recent, seenId }
}
