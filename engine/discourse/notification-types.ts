import type { NotificationKind } from '../../common/contract/notification.ts'
import type { LinkRule } from './notification-link.ts'

/** What the wire has to say about a kind: where it leads, and under which keys `data` holds its parts. */
export interface NotificationType {
  readonly number: number
  readonly link: LinkRule
  /** Without one there is no title besides the topic's; `topic_title` unless said. */
  readonly title?: string
  readonly place?: string
  /** `count` unless said; of a list its length. */
  readonly count?: string
  /** A note of the user's own. */
  readonly note?: string
  /** The names in `data` are the owner's: nobody else did it. */
  readonly byNobody?: true
}

const channel = 'chat_channel_title'

/** Every type the server has, by its number (protocol.md 6). A kind that is missing here does not compile. */
export const notificationTypes = {
  mentioned: { number: 1, link: 'topic' },
  replied: { number: 2, link: 'replies' },
  quoted: { number: 3, link: 'topic' },
  edited: { number: 4, link: 'topic' },
  liked: { number: 5, link: 'topic' },
  private_message: { number: 6, link: 'topic' },
  invited_to_private_message: { number: 7, link: 'topic' },
  invitee_accepted: { number: 8, link: 'person' },
  posted: { number: 9, link: 'topic' },
  moved_post: { number: 10, link: 'topic' },
  linked: { number: 11, link: 'topic' },
  granted_badge: { number: 12, link: 'badge', title: 'badge_name', byNobody: true },
  invited_to_topic: { number: 13, link: 'topic' },
  custom: { number: 14, link: 'topic' },
  group_mentioned: { number: 15, link: 'topic', place: 'group_name' },
  group_message_summary: {
    number: 16,
    link: 'groupInbox',
    place: 'group_name',
    count: 'inbox_count',
    byNobody: true,
  },
  watching_first_post: { number: 17, link: 'topic' },
  topic_reminder: { number: 18, link: 'topic', byNobody: true },
  liked_consolidated: { number: 19, link: 'likesReceived' },
  post_approved: { number: 20, link: 'topic', byNobody: true },
  code_review_commit_approved: { number: 21, link: 'commits', count: 'num_approved_commits' },
  membership_request_accepted: { number: 22, link: 'group', place: 'group_name', byNobody: true },
  membership_request_consolidated: { number: 23, link: 'messages', place: 'group_name', byNobody: true },
  bookmark_reminder: { number: 24, link: 'bookmark', title: 'title', note: 'bookmark_name', byNobody: true },
  reaction: { number: 25, link: 'topic' },
  votes_released: { number: 26, link: 'topic' },
  event_reminder: { number: 27, link: 'topic', byNobody: true },
  event_invitation: { number: 28, link: 'topic' },
  chat_mention: { number: 29, link: 'chat', place: channel },
  chat_message: { number: 30, link: 'chatChannel', place: channel },
  chat_invitation: { number: 31, link: 'chat', place: channel },
  chat_group_mention: { number: 32, link: 'chat', place: channel },
  chat_quoted: { number: 33, link: 'topic', place: channel },
  assigned: { number: 34, link: 'topic' },
  question_answer_user_commented: { number: 35, link: 'topic' },
  watching_category_or_tag: { number: 36, link: 'topic' },
  new_features: { number: 37, link: 'newFeatures', byNobody: true },
  admin_problems: { number: 38, link: 'admin', byNobody: true },
  linked_consolidated: { number: 39, link: 'linksReceived' },
  chat_watched_thread: { number: 40, link: 'chatThread', title: 'description', place: channel, count: 'user_ids' },
  upcoming_change_available: {
    number: 41,
    link: 'upcomingChanges',
    title: 'upcoming_change_humanized_name',
    byNobody: true,
  },
  upcoming_change_automatically_promoted: {
    number: 42,
    link: 'upcomingChanges',
    title: 'upcoming_change_humanized_name',
    byNobody: true,
  },
  boost: { number: 43, link: 'topic' },
  suggested_edit_created: { number: 44, link: 'topic' },
  suggested_edit_accepted: { number: 45, link: 'topic' },
  following: { number: 800, link: 'person' },
  following_created_topic: { number: 801, link: 'topic' },
  following_replied: { number: 802, link: 'topic' },
  circles_activity: { number: 900, link: 'topic' },
} as const satisfies Record<Exclude<NotificationKind, 'unknown'>, NotificationType>

const unknownType: Omit<NotificationType, 'number'> = { link: 'topic', title: 'title' }

/** The kind a number stands for. */
export const kindOfNumber = (number: number): NotificationKind => kinds.get(number) ?? 'unknown'

/** What the wire has to say about a kind, `unknown` included. */
export const typeOfKind = (kind: NotificationKind): Omit<NotificationType, 'number'> =>
  kind === 'unknown' ? unknownType : notificationTypes[kind]

const isKnownKind = (kind: string): kind is keyof typeof notificationTypes => Object.hasOwn(notificationTypes, kind)

const kinds: ReadonlyMap<number, NotificationKind> = new Map(
  Object.keys(notificationTypes)
    .filter(isKnownKind)
    .map((kind) => [notificationTypes[kind].number, kind]),
)
