import * as v from 'valibot'
import type { Immutable } from './immutable.ts'

/**
 * What a notification is about: the server's own names (protocol.md 6), and `unknown` for whatever a newer version or a
 * plugin sends.
 */
export const notificationKinds = [
  'mentioned',
  'replied',
  'quoted',
  'edited',
  'liked',
  'private_message',
  'invited_to_private_message',
  'invitee_accepted',
  'posted',
  'moved_post',
  'linked',
  'granted_badge',
  'invited_to_topic',
  'custom',
  'group_mentioned',
  'group_message_summary',
  'watching_first_post',
  'topic_reminder',
  'liked_consolidated',
  'post_approved',
  'code_review_commit_approved',
  'membership_request_accepted',
  'membership_request_consolidated',
  'bookmark_reminder',
  'reaction',
  'votes_released',
  'event_reminder',
  'event_invitation',
  'chat_mention',
  'chat_message',
  'chat_invitation',
  'chat_group_mention',
  'chat_quoted',
  'assigned',
  'question_answer_user_commented',
  'watching_category_or_tag',
  'new_features',
  'admin_problems',
  'linked_consolidated',
  'chat_watched_thread',
  'upcoming_change_available',
  'upcoming_change_automatically_promoted',
  'boost',
  'suggested_edit_created',
  'suggested_edit_accepted',
  'following',
  'following_created_topic',
  'following_replied',
  'circles_activity',
  'unknown',
] as const

export type NotificationKind = (typeof notificationKinds)[number]

/** A notification as user interfaces see it. All text is plain: decoded, on one line, never to be read as HTML. */
export const notificationSchema = v.object({
  id: v.number(),
  kind: v.picklist(notificationKinds),
  read: v.boolean(),
  highPriority: v.boolean(),
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  /** User name of who did it; null when nobody did or the forum does not say. */
  actor: v.nullable(v.string()),
  secondActor: v.nullable(v.string()),
  /** How many there are of what the kind counts: people who like, replies, messages, links, requests, commits. */
  count: v.nullable(v.number()),
  /** Title of the topic, thread or event, name of the badge: what it is about. */
  title: v.nullable(v.string()),
  /** Name of the group or of the chat channel. */
  place: v.nullable(v.string()),
  /** Number of the topic on its site. */
  topic: v.nullable(v.number()),
  /** What was written; the list has it for reminders only, where it is the user's own note. */
  excerpt: v.nullable(v.string()),
  /** Where to look, always on the site's own origin and in its folder. */
  url: v.string(),
})

export type NotificationItem = Immutable<v.InferOutput<typeof notificationSchema>>
