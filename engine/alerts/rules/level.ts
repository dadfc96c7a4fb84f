import type { NotificationItem, NotificationKind } from '../../../common/contract/notification.ts'
import type { AccountPreferences, AlertLevel, Preferences } from '../../../common/preferences/preferences.ts'
import { ruleFor } from './rules.ts'

/** How directly a notification row addresses its reader. */
type Directness = 'message' | 'mention' | 'reply' | 'other'

/** `posted` is any post in a watched topic; an answer to the reader's own post comes as `replied`. */
const directnessOf = {
  private_message: 'message',
  invited_to_private_message: 'message',
  group_message_summary: 'message',
  chat_message: 'message',
  chat_invitation: 'message',
  mentioned: 'mention',
  group_mentioned: 'mention',
  chat_mention: 'mention',
  chat_group_mention: 'mention',
  replied: 'reply',
  quoted: 'reply',
  chat_quoted: 'reply',
  chat_watched_thread: 'reply',
  question_answer_user_commented: 'reply',
  edited: 'other',
  liked: 'other',
  invitee_accepted: 'other',
  posted: 'other',
  moved_post: 'other',
  linked: 'other',
  granted_badge: 'other',
  invited_to_topic: 'other',
  custom: 'other',
  watching_first_post: 'other',
  topic_reminder: 'other',
  liked_consolidated: 'other',
  post_approved: 'other',
  code_review_commit_approved: 'other',
  membership_request_accepted: 'other',
  membership_request_consolidated: 'other',
  bookmark_reminder: 'other',
  reaction: 'other',
  votes_released: 'other',
  event_reminder: 'other',
  event_invitation: 'other',
  assigned: 'other',
  watching_category_or_tag: 'other',
  new_features: 'other',
  admin_problems: 'other',
  linked_consolidated: 'other',
  upcoming_change_available: 'other',
  upcoming_change_automatically_promoted: 'other',
  boost: 'other',
  suggested_edit_created: 'other',
  suggested_edit_accepted: 'other',
  following: 'other',
  following_created_topic: 'other',
  following_replied: 'other',
  circles_activity: 'other',
  unknown: 'other',
} as const satisfies Record<NotificationKind, Directness>

const alertedTo: Readonly<Record<AlertLevel, readonly Directness[]>> = {
  everything: ['message', 'mention', 'reply', 'other'],
  direct: ['message', 'mention', 'reply'],
  messages: ['message', 'mention'],
  nothing: [],
}

/** Whether it is a private message or in a chat. */
export const isMessage = (kind: NotificationKind): boolean => directnessOf[kind] === 'message'

/**
 * Whether the user wants an alert for a notification row, quiet times aside: by the account's own rules, then those for
 * all accounts, then the kind and the level. A muted topic is silent whatever a rule says.
 */
export const isWanted = (item: NotificationItem, own: AccountPreferences, alerts: Preferences['alerts']): boolean => {
  const ruled = ruleFor(item, own.rules) ?? ruleFor(item, alerts.rules)
  if (ruled === undefined) return wantsAlert(item, own, alerts.level)
  return ruled === 'always' && (item.topic === null || !own.mutedTopics.includes(item.topic))
}

/**
 * Whether the user wants an alert for a notification row, quiet times and rules aside. A muted topic is silent whatever
 * else was chosen; then the choice for the kind counts, then the level.
 * @param defaultLevel the level for accounts that have none of their own
 */
export const wantsAlert = (
  { kind, topic }: Pick<NotificationItem, 'kind' | 'topic'>,
  { mutedTopics, kinds, level }: AccountPreferences,
  defaultLevel: AlertLevel,
): boolean => {
  if (topic !== null && mutedTopics.includes(topic)) return false
  const chosen = kinds[kind]
  if (chosen !== undefined) return chosen === 'always'
  const wanted: readonly Directness[] = alertedTo[level ?? defaultLevel]
  return wanted.includes(directnessOf[kind])
}
