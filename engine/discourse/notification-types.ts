import type { NotificationKind, NotificationShape } from '../../common/contract/notification.ts'
import { dataNumber, dataText, type NotificationData } from './notification-data.ts'
import type { LinkRule } from './notification-link.ts'

/** What distinguishes the shapes of a kind. */
export interface ShapeFacts {
  readonly data: NotificationData
  readonly postNumber: number | null
  /** The item's own `is_warning`. */
  readonly isWarning: boolean
}

/** How a kind is sent: where it leads, which keys of `data` hold its parts, and how its shapes differ. */
export interface NotificationType {
  readonly number: number
  readonly link: LinkRule
  /** The key of the title, used if the topic's title is missing. */
  readonly title?: string
  /** The key of a name that takes precedence over the topic's title. */
  readonly ownTitle?: string
  readonly place?: string
  /** The key of the count, by default `count`; if it holds a list, the list's length counts. */
  readonly count?: string
  /** The key of a text: the user's own note, or what somebody wrote. */
  readonly note?: string
  /** There is no actor: the names in `data` are the user's own. */
  readonly byNobody?: true
  readonly shape?: (facts: ShapeFacts) => NotificationShape | undefined
}

/** The key of a translation, which plugins put into `message`: `solved.accepted_notification`. */
const message = (data: NotificationData): string => dataText(data, 'message') ?? ''

const solved: NotificationType['shape'] = ({ data }) => {
  if (message(data) === 'solved.accepted_notification') return 'solution_accepted'
  return message(data) === 'solved.topic_solved_notification' ? 'topic_solved' : undefined
}

const severalPosts: NotificationType['shape'] = ({ data }) =>
  (dataNumber(data, 'count') ?? 0) > 1 && dataText(data, 'username2') === null ? 'several_posts' : undefined

const eventTime: NotificationType['shape'] = ({ data }) => {
  const [time] = /(?:before|ongoing|after)(?=_event_reminder$)/.exec(message(data)) ?? []
  if (time === 'before') return 'about_to_begin'
  if (time === 'ongoing') return 'going_on'
  return time === 'after' ? 'over' : undefined
}

const assignment: NotificationType['shape'] = ({ data, postNumber }) => {
  const isPost = (postNumber ?? 1) > 1
  if (message(data) === 'discourse_assign.assign_group_notification') return isPost ? 'post_to_group' : 'topic_to_group'
  return isPost ? 'post' : undefined
}

const channel = 'chat_channel_title'

/** Every type the server has, by its number (protocol.md 6). A kind that is missing here does not compile. */
export const notificationTypes = {
  mentioned: {
    number: 1,
    link: 'reviewNote',
    shape: ({ data }) => (dataNumber(data, 'reviewable_id') === null ? undefined : 'review_note'),
  },
  replied: { number: 2, link: 'replies' },
  quoted: { number: 3, link: 'topic' },
  edited: { number: 4, link: 'topic' },
  liked: { number: 5, link: 'topic' },
  private_message: { number: 6, link: 'topic', shape: ({ isWarning }) => (isWarning ? 'warning' : undefined) },
  invited_to_private_message: { number: 7, link: 'topic' },
  invitee_accepted: { number: 8, link: 'person' },
  posted: { number: 9, link: 'topic' },
  moved_post: { number: 10, link: 'topic' },
  linked: { number: 11, link: 'topic' },
  granted_badge: {
    number: 12,
    link: 'badge',
    ownTitle: 'badge_name',
    place: 'topic_title',
    byNobody: true,
    shape: ({ data }) => (dataText(data, 'topic_title') === null ? undefined : 'for_post'),
  },
  invited_to_topic: { number: 13, link: 'topic' },
  custom: { number: 14, link: 'plugin', title: 'title', note: 'message', shape: solved },
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
  reaction: { number: 25, link: 'reactions', shape: severalPosts },
  votes_released: { number: 26, link: 'topic' },
  event_reminder: { number: 27, link: 'topic', ownTitle: 'topic_title', byNobody: true, shape: eventTime },
  event_invitation: {
    number: 28,
    link: 'topic',
    ownTitle: 'topic_title',
    shape: ({ data }) => (message(data).includes('predefined_attendance') ? 'attendance_set' : undefined),
  },
  chat_mention: {
    number: 29,
    link: 'chat',
    place: channel,
    shape: ({ data }) => (data['is_direct_message_channel'] === true ? 'in_personal_chat' : undefined),
  },
  chat_message: { number: 30, link: 'chatChannel', place: channel },
  chat_invitation: { number: 31, link: 'chat', place: channel },
  chat_group_mention: { number: 32, link: 'chat', place: channel },
  chat_quoted: { number: 33, link: 'topic', place: channel },
  assigned: { number: 34, link: 'topic', shape: assignment },
  question_answer_user_commented: { number: 35, link: 'comment' },
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
  boost: { number: 43, link: 'topic', count: 'unique_usernames', note: 'boost_raw' },
  suggested_edit_created: { number: 44, link: 'topic' },
  suggested_edit_accepted: { number: 45, link: 'topic' },
  following: { number: 800, link: 'person' },
  following_created_topic: { number: 801, link: 'topic' },
  following_replied: { number: 802, link: 'topic' },
  circles_activity: { number: 900, link: 'topic' },
} as const satisfies Record<Exclude<NotificationKind, 'unknown'>, NotificationType>

const unknownType: Omit<NotificationType, 'number'> = { link: 'plugin', title: 'title', note: 'message' }

/** The kind a number stands for. */
export const kindOfNumber = (number: number): NotificationKind => kinds.get(number) ?? 'unknown'

/**
 * Official plugins sent their kinds as `custom` before these had numbers; only the key of their text identifies them.
 */
const formerlyCustom: readonly (readonly [RegExp, NotificationKind])[] = [
  [/^discourse_assign\./, 'assigned'],
  [/^discourse_post_event\.notifications\.invite/, 'event_invitation'],
  [/^discourse_calendar\.invite/, 'event_invitation'],
  [/^discourse_post_event\.notifications\./, 'event_reminder'],
  [/(^|\.)votes_released$/, 'votes_released'],
]

/** The kind of an item of the list, which may be a custom one that has a kind of its own by now. */
export const kindOfItem = (number: number, data: NotificationData): NotificationKind => {
  const kind = kindOfNumber(number)
  if (kind !== 'custom') return kind
  return formerlyCustom.find(([form]) => form.test(message(data)))?.[1] ?? kind
}

/** How a kind is sent, `unknown` included. */
export const typeOfKind = (kind: NotificationKind): Omit<NotificationType, 'number'> =>
  kind === 'unknown' ? unknownType : notificationTypes[kind]

const isKnownKind = (kind: string): kind is keyof typeof notificationTypes => Object.hasOwn(notificationTypes, kind)

const kinds: ReadonlyMap<number, NotificationKind> = new Map(
  Object.keys(notificationTypes)
    .filter(isKnownKind)
    .map((kind) => [notificationTypes[kind].number, kind]),
)

/** Whether it is about a like: newer forums list unread ones among what was read, by date (protocol.md 5.3). */
export const isLike = (kind: NotificationKind): boolean =>
  kind === 'liked' || kind === 'liked_consolidated' || kind === 'reaction'
