import * as v from 'valibot'
import type { Immutable } from './immutable.ts'
import { timeSchema } from './time-schema.ts'
import { unprintable } from './unprintable.ts'

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

/**
 * What a kind can mean besides its plain sense, for kinds with more than one. The server tells them apart by parts of
 * `data` (protocol.md 6).
 */
export const notificationShapes = {
  /** In a note on something in the review queue, not in a post. */
  mentioned: ['review_note'],
  /** An official warning by the forum's staff. */
  private_message: ['warning'],
  /** For one post, which `place` has the topic of. */
  granted_badge: ['for_post'],
  /** The user's own post is the solution; or a topic that they watch has one. */
  custom: ['solution_accepted', 'topic_solved'],
  /** One person, several posts; `count` is the number of posts. */
  reaction: ['several_posts'],
  event_reminder: ['about_to_begin', 'going_on', 'over'],
  /** The forum has answered the invitation for the user. */
  event_invitation: ['attendance_set'],
  /** In a chat between persons, which has no name. */
  chat_mention: ['in_personal_chat'],
  assigned: ['post', 'topic_to_group', 'post_to_group'],
} as const satisfies Partial<Record<NotificationKind, readonly string[]>>

type ShapedKind = keyof typeof notificationShapes

/** The shapes of a kind; none for kinds with one sense. */
export type ShapeOf<Kind extends NotificationKind> = Kind extends ShapedKind
  ? (typeof notificationShapes)[Kind][number]
  : never

/** A sense of some kind of notification besides its plain one. */
export type NotificationShape = ShapeOf<NotificationKind>

/** Text from forums is truncated to much less, and cleaned; anything else was not written by this program. */
const text = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.check((line) => !unprintable.test(line)),
)
const longestUrl = 8000
const wholeNumber = v.pipe(v.number(), v.safeInteger())

/** A notification row as user interfaces see it. All text is plain: decoded, on one line, never to be read as HTML. */
export const notificationSchema = v.object({
  id: wholeNumber,
  kind: v.picklist(notificationKinds),
  /** In which sense of the kind; its plain one when this is missing. */
  shape: v.exactOptional(v.picklist(Object.values(notificationShapes).flat())),
  read: v.boolean(),
  highPriority: v.boolean(),
  /** Milliseconds since 1970. */
  createdAt: timeSchema,
  /** User name of whoever did it; null if nobody did or the forum does not say. */
  actor: v.nullable(text),
  secondActor: v.nullable(text),
  /** Their full names, on forums that show them. */
  actorName: v.exactOptional(text),
  secondActorName: v.exactOptional(text),
  /** Address of the actor's picture as the forum gives it, with `{size}` for its width; never in a snapshot. */
  avatarTemplate: v.exactOptional(text),
  /** The actor's picture as a path of our own; in snapshots only. */
  face: v.exactOptional(text),
  /** How many there are of what the kind counts: people who like, replies, messages, links, requests, commits. */
  count: v.nullable(wholeNumber),
  /** Whom a mention in a chat was for, where it was not the user alone: `here`, `all`, or a group's name. */
  mentioned: v.exactOptional(text),
  /** The emoji of a reaction. */
  emoji: v.exactOptional(text),
  /** Title of the topic, thread or event, name of the badge: what it is about. */
  title: v.nullable(text),
  /** Name of the group or of the chat channel. */
  place: v.nullable(text),
  /** Number of the topic on its site. */
  topic: v.nullable(wholeNumber),
  /** What was written; the list has it only for reminders, where it is the user's own note, and for some plugins. */
  excerpt: v.nullable(text),
  /** Where it leads, always on the site's own origin and in its folder. */
  url: v.pipe(v.string(), v.maxLength(longestUrl)),
})

export type NotificationItem = Immutable<v.InferOutput<typeof notificationSchema>>
