/** Where a notification of the type leads, which decides its `data` and whether it has a topic (protocol.md 6). */
export type NotificationShape =
  | 'post'
  | 'person'
  | 'badge'
  | 'custom'
  | 'group-inbox'
  | 'likes'
  | 'links'
  | 'commits'
  | 'membership'
  | 'bookmark'
  | 'chat'
  | 'chat-invitation'
  | 'chat-thread'
  | 'bare'

interface NotificationType {
  readonly number: number
  readonly shape: NotificationShape
}

/** Every type of protocol.md 6, by name. */
export const notificationTypes = {
  mentioned: { number: 1, shape: 'post' },
  replied: { number: 2, shape: 'post' },
  quoted: { number: 3, shape: 'post' },
  edited: { number: 4, shape: 'post' },
  liked: { number: 5, shape: 'post' },
  private_message: { number: 6, shape: 'post' },
  invited_to_private_message: { number: 7, shape: 'post' },
  invitee_accepted: { number: 8, shape: 'person' },
  posted: { number: 9, shape: 'post' },
  moved_post: { number: 10, shape: 'post' },
  linked: { number: 11, shape: 'post' },
  granted_badge: { number: 12, shape: 'badge' },
  invited_to_topic: { number: 13, shape: 'post' },
  custom: { number: 14, shape: 'custom' },
  group_mentioned: { number: 15, shape: 'post' },
  group_message_summary: { number: 16, shape: 'group-inbox' },
  watching_first_post: { number: 17, shape: 'post' },
  topic_reminder: { number: 18, shape: 'post' },
  liked_consolidated: { number: 19, shape: 'likes' },
  post_approved: { number: 20, shape: 'post' },
  code_review_commit_approved: { number: 21, shape: 'commits' },
  membership_request_accepted: { number: 22, shape: 'membership' },
  membership_request_consolidated: { number: 23, shape: 'membership' },
  bookmark_reminder: { number: 24, shape: 'bookmark' },
  reaction: { number: 25, shape: 'post' },
  votes_released: { number: 26, shape: 'post' },
  event_reminder: { number: 27, shape: 'post' },
  event_invitation: { number: 28, shape: 'post' },
  chat_mention: { number: 29, shape: 'chat' },
  chat_message: { number: 30, shape: 'chat' },
  chat_invitation: { number: 31, shape: 'chat-invitation' },
  chat_group_mention: { number: 32, shape: 'chat' },
  chat_quoted: { number: 33, shape: 'post' },
  assigned: { number: 34, shape: 'post' },
  question_answer_user_commented: { number: 35, shape: 'post' },
  watching_category_or_tag: { number: 36, shape: 'post' },
  new_features: { number: 37, shape: 'bare' },
  admin_problems: { number: 38, shape: 'bare' },
  linked_consolidated: { number: 39, shape: 'links' },
  chat_watched_thread: { number: 40, shape: 'chat-thread' },
  upcoming_change_available: { number: 41, shape: 'bare' },
  upcoming_change_automatically_promoted: { number: 42, shape: 'bare' },
  boost: { number: 43, shape: 'post' },
  suggested_edit_created: { number: 44, shape: 'post' },
  suggested_edit_accepted: { number: 45, shape: 'post' },
  following: { number: 800, shape: 'person' },
  following_created_topic: { number: 801, shape: 'post' },
  following_replied: { number: 802, shape: 'post' },
  circles_activity: { number: 900, shape: 'bare' },
} as const satisfies Readonly<Record<string, NotificationType>>

export type NotificationTypeName = keyof typeof notificationTypes

/** Those that live updates tell of with the words of the post (protocol 5.6). */
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
/** Those that the newest post of a topic replaces (protocol.md 14, no. 1). */
const collapsedNumbers: readonly number[] = [
  notificationTypes.replied.number,
  notificationTypes.posted.number,
  notificationTypes.private_message.number,
  notificationTypes.watching_category_or_tag.number,
]
const alertedNumbers: readonly number[] = alertedNames.map((name) => notificationTypes[name].number)

export const PRIVATE_MESSAGE: number = notificationTypes.private_message.number
export const GROUP_MESSAGE_SUMMARY: number = notificationTypes.group_message_summary.number

/** By type, and those that plugins always create as such (protocol.md 6; 14, no. 12). */
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

/** Whether a notification of the type tells of a post that was just written. */
export function comesWithPost(name: NotificationTypeName): boolean {
  return postNames.includes(name)
}

export function isAlertedType(number: number): boolean {
  return alertedNumbers.includes(number)
}

export function isCollapsedType(number: number): boolean {
  return collapsedNumbers.includes(number)
}

/** Without a word of the test's; a single notification may be made so explicitly as well. */
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
