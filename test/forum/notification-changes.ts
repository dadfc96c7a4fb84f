import { publishAlert, publishNotificationState } from './live-updates.ts'
import type { NotificationData } from './notification-data.ts'
import type { Notification } from './notification-store.ts'
import { isCollapsedType, notificationTypes } from './notification-types.ts'
import type { Site } from './site.ts'

const MINUTE = 60 * 1000
/** `notification_consolidation_threshold`: so many unread likes by one person stay single. */
const SINGLE_LIKES = 3
/** `likes_notification_consolidation_window_mins`. */
const LIKES_WINDOW = 120 * MINUTE

const LIKED = notificationTypes.liked.number
const LIKED_CONSOLIDATED = notificationTypes.liked_consolidated.number
const CHAT_WATCHED_THREAD = notificationTypes.chat_watched_thread.number
const GROUP_MESSAGE_SUMMARY = notificationTypes.group_message_summary.number

type NewRow = Omit<Notification, 'id'>

/**
 * Notifies a member of an event. As in Discourse this may destroy earlier rows of the topic, or update a consolidated
 * row in place, instead of adding one (protocol.md 14.1 and 14.2). Publishes the counts, then the alert (protocol.md 5.6).
 * @returns the row that now stands for the event.
 */
export function addNotification(site: Site, row: NewRow): Notification {
  const added = site.settings.consolidates ? consolidateOrAdd(site, row) : addRow(site, row)
  publishAlert(site, { ...row, id: added.id })
  return added
}

function consolidateOrAdd(site: Site, row: NewRow): Notification {
  const { type, topicId, postNumber } = row
  if (isCollapsedType(type) && topicId !== null && postNumber !== null) {
    return collapseTopic(site, row, topicId, postNumber)
  }
  switch (type) {
    case LIKED:
      return consolidateLikes(site, row)
    case CHAT_WATCHED_THREAD:
      return updateThread(site, row)
    case GROUP_MESSAGE_SUMMARY:
      destroyNotifications(site, row.userId, (one) => one.type === type && isOf(one, 'group_id', row))
      return addRow(site, row)
    default:
      return addRow(site, row)
  }
}

function addRow(site: Site, row: NewRow): Notification {
  const added = site.notifications.add(row)
  publishNotificationState(site, added.userId)
  return added
}

/** A new reply, post or message destroys the earlier rows of its topic, read ones too, and replaces them by one row. */
function collapseTopic(site: Site, row: NewRow, topicId: number, postNumber: number): Notification {
  destroyNotifications(site, row.userId, (one) => one.topicId === topicId && isCollapsedType(one.type))
  const unread = site.notifications.addUnreadPost(row.userId, topicId, postNumber)
  if (unread.length < 2) return addRow(site, row)
  // The words are the forum's, in its language; the row leads to the first of the posts.
  const data = { ...row.data, display_username: `${unread.length} replies` }
  return addRow(site, { ...row, postNumber: unread[0] ?? postNumber, data })
}

/** The fourth like by one person within two hours replaces the first three; later ones update that row. */
function consolidateLikes(site: Site, row: NewRow): Notification {
  const { userId, actingUsername } = row
  const recent = site.notifications
    .ofUser(userId)
    .filter((one) => one.actingUsername === actingUsername && one.createdAt > row.createdAt - LIKES_WINDOW)
  const consolidated = recent.find(({ type }) => type === LIKED_CONSOLIDATED)
  if (consolidated !== undefined) {
    const data = { ...row.data, username: actingUsername, count: Number(consolidated.data['count'] ?? 0) + 1 }
    return changeNotification(site, userId, consolidated.id, { data, read: false })
  }
  const single = recent.filter(({ type, read }) => type === LIKED && !read)
  if (single.length < SINGLE_LIKES) return addRow(site, row)

  site.notifications.destroy(userId, (one) => single.includes(one))
  const added = site.notifications.add({
    ...row,
    type: LIKED_CONSOLIDATED,
    typeName: 'liked_consolidated',
    topicId: null,
    postNumber: null,
    createdAt: single[0]?.createdAt ?? row.createdAt,
    data: { ...row.data, username: actingUsername, count: single.length + 1 },
  })
  // One transaction: a bus message for each of its rows follows when it is committed.
  for (let told = 0; told <= single.length; told += 1) publishNotificationState(site, userId)
  return added
}

/** A watched chat thread has one row, which each message updates and marks unread. */
function updateThread(site: Site, row: NewRow): Notification {
  const earlier = site.notifications
    .ofUser(row.userId)
    .find((one) => one.type === CHAT_WATCHED_THREAD && isOf(one, 'chat_thread_id', row))
  if (earlier === undefined) return addRow(site, row)
  const before = earlier.data['username']
  const other = before === row.data['username'] ? earlier.data['username2'] : before
  const data = { ...row.data, username2: other ?? null, count: Number(earlier.data['count'] ?? 1) + 1 }
  return changeNotification(site, row.userId, earlier.id, { data, read: false })
}

function isOf(one: Notification, key: string, { data }: { readonly data: NotificationData }): boolean {
  return one.data[key] === data[key]
}

/** Removes rows of a user, with a bus message for each (protocol.md 14.1). */
export function destroyNotifications(site: Site, userId: number, concerns: (one: Notification) => boolean): void {
  for (const { id } of site.notifications.ofUser(userId).filter(concerns)) {
    site.notifications.destroy(userId, (one) => one.id === id)
    publishNotificationState(site, userId)
  }
}

/** Changes a row under its id, and publishes the new state (protocol.md 14.2). */
export function changeNotification(
  site: Site,
  userId: number,
  id: number,
  changes: Partial<Pick<Notification, 'data' | 'read'>>,
): Notification {
  const changed = site.notifications.change(userId, id, changes)
  publishNotificationState(site, userId)
  return changed
}

/** Marks some of a user's notifications as read. */
export function readNotifications(site: Site, userId: number, concerns: (one: Notification) => boolean): void {
  site.notifications.markRead(userId, concerns)
  publishNotificationState(site, userId)
}

/** Marks all of them as read, and as seen (protocol.md 5.4). */
export function readAllNotifications(site: Site, userId: number): void {
  moveSeenId(site, userId)
  readNotifications(site, userId, () => true)
}

/** Moves the seen id of a user to the newest notification, as opening the bell menu does (protocol.md 5.1, 5.3). */
export function seeNotifications(site: Site, userId: number): void {
  if (moveSeenId(site, userId)) publishNotificationState(site, userId)
}

/** Whether there was something newer than what the user had seen. */
function moveSeenId(site: Site, userId: number): boolean {
  const newest = site.notifications.newestId(userId)
  if (newest <= (site.users.byId(userId)?.seenNotificationId ?? 0)) return false
  site.users.change(userId, { seenNotificationId: newest })
  return true
}
