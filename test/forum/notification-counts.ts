import type { Notification } from './notification-store.ts'
import { GROUP_MESSAGE_SUMMARY, PRIVATE_MESSAGE } from './notification-types.ts'
import type { User } from './user-store.ts'

/** Discourse stops counting here, so that no badge has three digits (protocol.md 5.1). */
const CAP = 99
const GROUPED_ROWS = 400

/** The counts of protocol.md 5.1, all of them; which ones a version sends is the profile's matter. */
export interface NotificationCounts {
  readonly unread: number
  readonly unreadHighPriority: number
  readonly allUnread: number
  readonly newPersonalMessages: number
  readonly unreadPersonalMessages: number
  readonly grouped: Readonly<Record<string, number>>
}

/** By list: a list is replaced when something in it changes, and polls ask for the same counts again and again. */
const known = new WeakMap<readonly Notification[], { readonly seenId: number; readonly counts: NotificationCounts }>()

export function countNotifications(user: User, notifications: readonly Notification[]): NotificationCounts {
  const before = known.get(notifications)
  if (before?.seenId === user.seenNotificationId) return before.counts
  const counts = countAnew(user, notifications)
  known.set(notifications, { seenId: user.seenNotificationId, counts })
  return counts
}

function countAnew(user: User, notifications: readonly Notification[]): NotificationCounts {
  const unread = notifications.filter(({ read }) => !read)
  const unseen = unread.filter(({ id }) => id > user.seenNotificationId)
  const grouped: Record<string, number> = {}
  for (const { type } of unread.slice(0, GROUPED_ROWS)) grouped[type] = (grouped[type] ?? 0) + 1
  return {
    unread: Math.min(CAP, unseen.filter(({ highPriority }) => !highPriority).length),
    unreadHighPriority: unread.filter(({ highPriority }) => highPriority).length,
    allUnread: Math.min(CAP, unseen.length),
    newPersonalMessages: unseen.filter(({ type }) => type === PRIVATE_MESSAGE).length,
    unreadPersonalMessages: unread.filter(({ type }) => type === PRIVATE_MESSAGE).length,
    grouped,
  }
}

export interface GroupInbox {
  readonly group_id: number
  readonly group_name: string
  readonly count: number
}

/** `group_inboxes` of the totals: the unread group summaries (protocol.md 5.2). */
export function groupInboxes(notifications: readonly Notification[]): GroupInbox[] {
  return notifications
    .filter(({ type, read }) => type === GROUP_MESSAGE_SUMMARY && !read)
    .map(({ data }) => ({
      group_id: Number(data['group_id'] ?? 0),
      group_name: String(data['group_name'] ?? ''),
      count: Number(data['inbox_count'] ?? 0),
    }))
}
