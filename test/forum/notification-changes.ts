import { publishAlert, publishNotificationState } from './live-updates.ts'
import type { Notification } from './notification-store.ts'
import type { Site } from './site.ts'

/** A notification comes into being, and the site tells of it (protocol 5.6): first the counts, then the alert. */
export function addNotification(site: Site, notification: Omit<Notification, 'id'>): Notification {
  const added = site.notifications.add(notification)
  publishNotificationState(site, added.userId)
  publishAlert(site, added)
  return added
}

/** Marks some of a user's notifications as read. */
export function readNotifications(site: Site, userId: number, concerns: (one: Notification) => boolean): void {
  site.notifications.markRead(userId, concerns)
  publishNotificationState(site, userId)
}

/** Marks all of them as read, and as seen (protocol 5.4). */
export function readAllNotifications(site: Site, userId: number): void {
  moveSeenId(site, userId)
  readNotifications(site, userId, () => true)
}

/** Moves the seen id of a user to the newest notification, as opening the bell menu does (protocol 5.1, 5.3). */
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
