import { countNotifications } from './notification-counts.ts'
import { itemJson } from './notification-list.ts'
import type { Notification } from './notification-store.ts'
import { isAlertedType } from './notification-types.ts'
import type { VersionedUserField } from './profiles.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

const DAY = 24 * 60 * 60 * 1000
/** Nothing is published about the notifications of a user who has not been here for so long (protocol.md 5.6). */
const LIVE_FOR = 30 * DAY
/** Half of the pairs are unread ones of high priority, half all the others. */
const RECENT = 20
const EXCERPT = 400

/** Publishes on `/notification/<user id>` how the user's notifications stand (protocol.md 5.6). */
export function publishNotificationState(site: Site, userId: number): void {
  const user = site.users.byId(userId)
  if (user === undefined || !isLive(site, user)) return
  const notifications = site.notifications.ofUser(userId)
  const counts = countNotifications(user, notifications)
  const inSight = notifications.filter((one) => site.notifications.isInSight(one))
  const last = inSight[0]
  const versioned: Partial<Readonly<Record<VersionedUserField, unknown>>> = {
    all_unread_notifications_count: counts.allUnread,
    grouped_unread_notifications: counts.grouped,
    new_personal_messages_notifications_count: counts.newPersonalMessages,
    unread_private_messages: counts.unreadPersonalMessages,
  }
  const data = {
    unread_notifications: counts.unread,
    unread_high_priority_notifications: counts.unreadHighPriority,
    read_first_notification: user.seenNotificationId > 0,
    last_notification: last === undefined ? null : { notification: busItem(site, last) },
    recent: recentPairs(inSight),
    seen_notification_id: user.seenNotificationId,
    ...Object.fromEntries(
      site.profile.currentUserFields
        .filter((field) => Object.hasOwn(versioned, field))
        .map((field) => [field, versioned[field]]),
    ),
  }
  site.bus.publish(`/notification/${userId}`, data, [userId])
}

/** The row as the list has it, but for its time, which is `2026-11-25 22:57:18 UTC` here (protocol.md 5.6). */
function busItem(site: Site, notification: Notification): Readonly<Record<string, unknown>> {
  const wholeSeconds = new Date(notification.createdAt).toISOString().slice(0, 19).replace('T', ' ')
  return { ...itemJson(site, notification), created_at: `${wholeSeconds} UTC` }
}

/**
 * Publishes an excerpt of the post on `/notification-alert/<user id>`, for the types caused by one: a moment after the
 * counts, and about the new post, not the first unread one, which a collapsed row leads to.
 */
export function publishAlert(site: Site, event: Notification): void {
  const { alertDelays } = site.settings
  const delay = alertDelays[site.alerts % alertDelays.length] ?? 0
  site.alerts += 1
  if (delay === 0) publishAlertNow(site, event)
  else site.clock.after(delay, () => publishAlertNow(site, event))
}

function publishAlertNow(site: Site, notification: Notification): void {
  const { userId, topicId, postNumber, data } = notification
  const user = site.users.byId(userId)
  const topic = topicId === null ? undefined : site.notifications.topic(topicId)
  if (user === undefined || topic === undefined || !isAlertedType(notification.type) || !isLive(site, user)) return
  const alert = {
    notification_type: notification.type,
    topic_title: topic.title,
    topic_id: topic.id,
    post_number: postNumber,
    excerpt: (notification.excerpt ?? `A post about ${topic.title}`).slice(0, EXCERPT),
    username: notification.actingUsername,
    post_url: `${site.path}/t/${topic.slug}/${topic.id}/${postNumber}`,
    ...(data['group_name'] === undefined ? {} : { group_name: data['group_name'] }),
  }
  site.bus.publish(`/notification-alert/${userId}`, alert, [userId])
}

/** Publishes on the user's channels what else changed from `before` to `after`: the review queue, do-not-disturb. */
export function publishUserChanges(site: Site, before: User, after: User): void {
  const { id } = after
  const reviewables = { reviewable_count: after.reviewables, unseen_reviewable_count: after.unseenReviewables }
  const hasOwnChannel = site.profile.currentUserFields.includes('unseen_reviewable_count')
  const countsMoved = before.reviewables !== after.reviewables || before.unseenReviewables !== after.unseenReviewables
  if (countsMoved && hasOwnChannel) site.bus.publish(`/reviewable_counts/${id}`, reviewables, [id])
  if (before.doNotDisturbUntil === after.doNotDisturbUntil) return
  const until = after.doNotDisturbUntil
  const ends = until !== null && until > site.now() ? new Date(until).toUTCString() : null
  site.bus.publish(`/do-not-disturb/${id}`, { ends_at: ends }, [id])
}

function isLive(site: Site, { lastSeenAt }: User): boolean {
  return lastSeenAt !== null && site.now() - lastSeenAt <= LIVE_FOR
}

function recentPairs(inSight: readonly Notification[]): readonly (readonly [number, boolean])[] {
  const newestFirst = inSight.toSorted((a, b) => b.id - a.id)
  const isUrgent = ({ highPriority, read }: Notification): boolean => highPriority && !read
  return [
    ...newestFirst.filter(isUrgent).slice(0, RECENT),
    ...newestFirst.filter((one) => !isUrgent(one)).slice(0, RECENT),
  ].map(({ id, read }) => [id, read])
}
