interface NotificationType {
  readonly number: number
  /** Whether it is about a topic. */
  readonly inTopic: boolean
}

/** Every type of protocol.md 6, by name. */
export const notificationTypes = {
  mentioned: { number: 1, inTopic: true },
  replied: { number: 2, inTopic: true },
  quoted: { number: 3, inTopic: true },
  edited: { number: 4, inTopic: true },
  liked: { number: 5, inTopic: true },
  private_message: { number: 6, inTopic: true },
  invited_to_private_message: { number: 7, inTopic: true },
  invitee_accepted: { number: 8, inTopic: false },
  posted: { number: 9, inTopic: true },
  moved_post: { number: 10, inTopic: true },
  linked: { number: 11, inTopic: true },
  granted_badge: { number: 12, inTopic: false },
  invited_to_topic: { number: 13, inTopic: true },
  custom: { number: 14, inTopic: true },
  group_mentioned: { number: 15, inTopic: true },
  group_message_summary: { number: 16, inTopic: false },
  watching_first_post: { number: 17, inTopic: true },
  topic_reminder: { number: 18, inTopic: true },
  liked_consolidated: { number: 19, inTopic: false },
  post_approved: { number: 20, inTopic: true },
  code_review_commit_approved: { number: 21, inTopic: true },
  membership_request_accepted: { number: 22, inTopic: false },
  membership_request_consolidated: { number: 23, inTopic: false },
  bookmark_reminder: { number: 24, inTopic: true },
  reaction: { number: 25, inTopic: true },
  votes_released: { number: 26, inTopic: true },
  event_reminder: { number: 27, inTopic: true },
  event_invitation: { number: 28, inTopic: true },
  chat_mention: { number: 29, inTopic: false },
  chat_message: { number: 30, inTopic: false },
  chat_invitation: { number: 31, inTopic: false },
  chat_group_mention: { number: 32, inTopic: false },
  chat_quoted: { number: 33, inTopic: true },
  assigned: { number: 34, inTopic: true },
  question_answer_user_commented: { number: 35, inTopic: true },
  watching_category_or_tag: { number: 36, inTopic: true },
  new_features: { number: 37, inTopic: false },
  admin_problems: { number: 38, inTopic: false },
  linked_consolidated: { number: 39, inTopic: false },
  chat_watched_thread: { number: 40, inTopic: false },
  upcoming_change_available: { number: 41, inTopic: false },
  upcoming_change_automatically_promoted: { number: 42, inTopic: false },
  boost: { number: 43, inTopic: true },
  suggested_edit_created: { number: 44, inTopic: true },
  suggested_edit_accepted: { number: 45, inTopic: true },
  following: { number: 800, inTopic: false },
  following_created_topic: { number: 801, inTopic: true },
  following_replied: { number: 802, inTopic: true },
  circles_activity: { number: 900, inTopic: false },
} as const satisfies Readonly<Record<string, NotificationType>>

export type NotificationTypeName = keyof typeof notificationTypes

/** Those announced on `/notification-alert` with an excerpt of the post (protocol.md 5.6). */
const alertedNames: readonly NotificationTypeName[] = [
  'mentioned',
  'replied',
  'quoted',
  'posted',
  'linked',
  'private_message',
  'group_mentioned',
  'watching_first_post',
  'watching_category_or_tag',
  'event_reminder',
  'event_invitation',
]
const postNames: readonly NotificationTypeName[] = alertedNames.filter((name) => !name.startsWith('event_'))
/** Those that the newest post of a topic replaces (protocol.md 14.1). */
const collapsedNumbers: readonly number[] = [
  notificationTypes.replied.number,
  notificationTypes.posted.number,
  notificationTypes.private_message.number,
  notificationTypes.watching_category_or_tag.number,
]
const alertedNumbers: readonly number[] = alertedNames.map((name) => notificationTypes[name].number)

export const PRIVATE_MESSAGE: number = notificationTypes.private_message.number
export const GROUP_MESSAGE_SUMMARY: number = notificationTypes.group_message_summary.number

/** By type, and those that plugins always create as such (protocol.md 6 and 14.12). */
const highPriorityNumbers: readonly number[] = [
  PRIVATE_MESSAGE,
  notificationTypes.bookmark_reminder.number,
  notificationTypes.chat_mention.number,
  notificationTypes.chat_invitation.number,
  notificationTypes.assigned.number,
]
const likeNumbers: readonly number[] = [
  notificationTypes.liked.number,
  notificationTypes.liked_consolidated.number,
  notificationTypes.reaction.number,
]

export function isNotificationTypeName(name: string): name is NotificationTypeName {
  return Object.hasOwn(notificationTypes, name)
}

/** Whether a notification of the type is caused by a new post. */
export function comesWithPost(name: NotificationTypeName): boolean {
  return postNames.includes(name)
}

export function isAlertedType(number: number): boolean {
  return alertedNumbers.includes(number)
}

export function isCollapsedType(number: number): boolean {
  return collapsedNumbers.includes(number)
}

/** The default for the type; a single notification may be made high priority explicitly as well. */
export function isHighPriorityType(number: number): boolean {
  return highPriorityNumbers.includes(number)
}

export function isLikeType(number: number): boolean {
  return likeNumbers.includes(number)
}

/** Numbers of the named types; unknown names are in `unknown`. `list` is comma separated, as in the query. */
export function typeNumbers(list: string): { numbers: number[]; unknown: string[] } {
  const names = list.split(',').map((name) => name.trim())
  const known = names.filter(isNotificationTypeName)
  return {
    numbers: known.map((name) => notificationTypes[name].number),
    unknown: names.filter((name) => !isNotificationTypeName(name)),
  }
}
