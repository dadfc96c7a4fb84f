import { countNotifications, groupInboxes } from './notification-counts.ts'
import type { VersionedUserField } from './profiles.ts'
import type { Site } from './site.ts'
import type { User } from './user-store.ts'

/** Relative on purpose, as most forums send it; `{size}` is for the client to fill in (protocol.md 5.1). */
export function avatarTemplate(site: Site, username: string): string {
  return `${site.path}/letter_avatar/${encodeURIComponent(username.toLowerCase())}/{size}/1.png`
}

/** Who a user is, as every answer that names one begins. */
export function userIdentity(site: Site, user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    avatar_template: avatarTemplate(site, user.username),
  }
}

/** `current_user` of `/session/current.json` with the fields the profile's version sends (protocol.md 5.1). */
export function currentUserJson(site: Site, user: User): Record<string, unknown> {
  const counts = countNotifications(user, site.notifications.ofUser(user.id))
  const until = user.doNotDisturbUntil
  const versioned: Readonly<Record<VersionedUserField, unknown>> = {
    all_unread_notifications_count: counts.allUnread,
    do_not_disturb_channel_position: site.bus.position(`/do-not-disturb/${user.id}`),
    do_not_disturb_until: until !== null && until > site.now() ? new Date(until).toISOString() : null,
    grouped_unread_notifications: counts.grouped,
    new_personal_messages_notifications_count: counts.newPersonalMessages,
    reviewable_count: user.staff ? user.reviewables : 0,
    unread_private_messages: counts.unreadPersonalMessages,
    unseen_reviewable_count: user.staff ? user.unseenReviewables : 0,
  }
  return {
    ...userIdentity(site, user),
    unread_notifications: counts.unread,
    unread_high_priority_notifications: counts.unreadHighPriority,
    read_first_notification: user.seenNotificationId > 0,
    admin: user.staff,
    moderator: false,
    staff: user.staff,
    trust_level: user.trustLevel,
    seen_notification_id: user.seenNotificationId,
    // Only pages get a position (protocol.md 5.1).
    notification_channel_position: null,
    ...Object.fromEntries(site.profile.currentUserFields.map((field) => [field, versioned[field]])),
    ...(site.settings.chatEnabled ? { has_chat_enabled: true, can_chat: true } : {}),
  }
}

/** `/notifications/totals.json` (protocol.md 5.2). */
export function totalsJson(site: Site, user: User): Record<string, unknown> {
  const notifications = site.notifications.ofUser(user.id)
  const counts = countNotifications(user, notifications)
  return {
    unread_notifications: Math.max(0, counts.allUnread - counts.newPersonalMessages),
    ...(user.canMessage ? { unread_personal_messages: counts.newPersonalMessages } : {}),
    ...(user.staff ? { unseen_reviewables: user.unseenReviewables } : {}),
    topic_tracking: user.mergedNewView ? { new: user.tracking.new } : user.tracking,
    group_inboxes: groupInboxes(notifications),
    ...(site.settings.chatEnabled ? { chat_notifications: user.chatNotifications } : {}),
    username: user.username,
  }
}
