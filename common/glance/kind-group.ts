import type { NotificationKind } from '../contract/notification.ts'

/** The kinds a person tells apart when looking for something. */
export const kindGroups = ['mentions', 'replies', 'messages', 'likes', 'other'] as const

export type KindGroup = (typeof kindGroups)[number]

/** Where each kind belongs. A kind that is missing here does not compile. */
const groups = {
  mentioned: 'mentions',
  replied: 'replies',
  quoted: 'replies',
  edited: 'other',
  liked: 'likes',
  private_message: 'messages',
  invited_to_private_message: 'messages',
  invitee_accepted: 'other',
  posted: 'replies',
  moved_post: 'other',
  linked: 'other',
  granted_badge: 'other',
  invited_to_topic: 'other',
  custom: 'other',
  group_mentioned: 'mentions',
  group_message_summary: 'messages',
  watching_first_post: 'other',
  topic_reminder: 'other',
  liked_consolidated: 'likes',
  post_approved: 'other',
  code_review_commit_approved: 'other',
  membership_request_accepted: 'other',
  membership_request_consolidated: 'other',
  bookmark_reminder: 'other',
  reaction: 'likes',
  votes_released: 'other',
  event_reminder: 'other',
  event_invitation: 'other',
  chat_mention: 'mentions',
  chat_message: 'messages',
  chat_invitation: 'messages',
  chat_group_mention: 'mentions',
  chat_quoted: 'replies',
  assigned: 'other',
  question_answer_user_commented: 'replies',
  watching_category_or_tag: 'replies',
  new_features: 'other',
  admin_problems: 'other',
  linked_consolidated: 'other',
  chat_watched_thread: 'replies',
  upcoming_change_available: 'other',
  upcoming_change_automatically_promoted: 'other',
  boost: 'likes',
  suggested_edit_created: 'other',
  suggested_edit_accepted: 'other',
  following: 'other',
  following_created_topic: 'other',
  following_replied: 'replies',
  circles_activity: 'other',
  unknown: 'other',
} as const satisfies Record<NotificationKind, KindGroup>

export const kindGroup = (kind: NotificationKind): KindGroup => groups[kind]
