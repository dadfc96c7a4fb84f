import type { ParseKeys } from 'i18next'
import type { NotificationItem, NotificationKind } from '../contract/notification.ts'
import type { Translate } from './i18n.ts'

/** The drawings that stand for kinds of notifications; a user interface has one for each. */
export type NotificationIcon =
  | 'at'
  | 'badge'
  | 'bell'
  | 'bookmark'
  | 'bubble'
  | 'calendar'
  | 'check'
  | 'clock'
  | 'envelope'
  | 'heart'
  | 'link'
  | 'pencil'
  | 'people'
  | 'person'
  | 'quote'
  | 'reply'

/** What the sentence about a notification is made of; list items and alerts of the live channel both have it. */
export type NotificationWords = Pick<NotificationItem, 'kind' | 'actor' | 'title' | 'place'> &
  Partial<Pick<NotificationItem, 'secondActor' | 'count'>>

interface Look {
  readonly icon: NotificationIcon
  /** The sentence; may hold `who`, `what`, `place` and `count`, which is 0 when the forum does not say. */
  readonly says: ParseKeys | ((words: NotificationWords) => ParseKeys)
  /** What stands for a missing title; “a topic” unless said. */
  readonly untitled?: ParseKeys
  /** What `place` is; a group unless said. */
  readonly place?: 'chat'
  /** What the count counts, where it changes the sentence: people who did it, or replies the forum has put together. */
  readonly counts?: 'people' | 'replies'
}

/** All that is known of a kind nobody has told us about. */
const anything = ({ actor, title }: NotificationWords): ParseKeys => {
  if (title === null) return actor === null ? 'notification.something' : 'notification.somethingFrom'
  return actor === null ? 'notification.somethingIn' : 'notification.somethingFromIn'
}

/** Drawing and wording of every kind. A kind that is missing here does not compile. */
const looks = {
  mentioned: { icon: 'at', says: 'notification.mentioned' },
  replied: { icon: 'reply', says: 'notification.replied', counts: 'replies' },
  quoted: { icon: 'quote', says: 'notification.quoted', counts: 'replies' },
  edited: { icon: 'pencil', says: 'notification.edited' },
  liked: { icon: 'heart', says: 'notification.liked', counts: 'people' },
  private_message: {
    icon: 'envelope',
    says: 'notification.privateMessage',
    untitled: 'notification.aMessage',
    counts: 'replies',
  },
  invited_to_private_message: {
    icon: 'envelope',
    says: 'notification.invitedToPrivateMessage',
    untitled: 'notification.aMessage',
  },
  invitee_accepted: { icon: 'person', says: 'notification.inviteeAccepted' },
  posted: { icon: 'bubble', says: 'notification.posted', counts: 'replies' },
  moved_post: { icon: 'pencil', says: 'notification.movedPost' },
  linked: { icon: 'link', says: 'notification.linked' },
  granted_badge: { icon: 'badge', says: 'notification.grantedBadge', untitled: 'notification.aBadge' },
  invited_to_topic: { icon: 'person', says: 'notification.invitedToTopic' },
  custom: { icon: 'bell', says: anything },
  group_mentioned: {
    icon: 'people',
    says: ({ place }) => (place === null ? 'notification.groupMentioned' : 'notification.namedGroupMentioned'),
  },
  group_message_summary: { icon: 'people', says: 'notification.groupMessageSummary' },
  watching_first_post: { icon: 'bubble', says: 'notification.startedTopic' },
  topic_reminder: { icon: 'clock', says: 'notification.reminder' },
  liked_consolidated: { icon: 'heart', says: 'notification.likedConsolidated' },
  post_approved: { icon: 'check', says: 'notification.postApproved' },
  code_review_commit_approved: { icon: 'check', says: 'notification.commitsApproved' },
  membership_request_accepted: { icon: 'people', says: 'notification.membershipAccepted' },
  membership_request_consolidated: { icon: 'people', says: 'notification.membershipRequests' },
  bookmark_reminder: { icon: 'bookmark', says: 'notification.reminder', untitled: 'notification.aBookmark' },
  reaction: { icon: 'heart', says: 'notification.reaction', counts: 'people' },
  votes_released: { icon: 'check', says: 'notification.votesReleased' },
  event_reminder: { icon: 'calendar', says: 'notification.reminder', untitled: 'notification.anEvent' },
  event_invitation: { icon: 'calendar', says: 'notification.eventInvitation', untitled: 'notification.anEvent' },
  chat_mention: { icon: 'at', says: 'notification.chatMention', place: 'chat' },
  chat_message: { icon: 'bubble', says: 'notification.chatMessage', place: 'chat' },
  chat_invitation: { icon: 'person', says: 'notification.chatInvitation', place: 'chat' },
  chat_group_mention: { icon: 'people', says: 'notification.chatGroupMention', place: 'chat' },
  chat_quoted: { icon: 'quote', says: 'notification.chatQuoted' },
  assigned: {
    icon: 'person',
    says: ({ place }) => (place === null ? 'notification.assigned' : 'notification.assignedToGroup'),
  },
  question_answer_user_commented: { icon: 'bubble', says: 'notification.commented' },
  watching_category_or_tag: { icon: 'bubble', says: 'notification.posted' },
  new_features: { icon: 'bell', says: 'notification.newFeatures' },
  admin_problems: { icon: 'bell', says: 'notification.adminProblems' },
  linked_consolidated: { icon: 'link', says: 'notification.linkedConsolidated' },
  chat_watched_thread: {
    icon: 'bubble',
    says: 'notification.chatWatchedThread',
    untitled: 'notification.aThread',
    counts: 'people',
  },
  upcoming_change_available: {
    icon: 'bell',
    says: 'notification.upcomingChange',
    untitled: 'notification.aChange',
  },
  upcoming_change_automatically_promoted: {
    icon: 'bell',
    says: 'notification.upcomingChangePromoted',
    untitled: 'notification.aChange',
  },
  boost: { icon: 'heart', says: 'notification.boost' },
  suggested_edit_created: { icon: 'pencil', says: 'notification.suggestedEdit' },
  suggested_edit_accepted: { icon: 'check', says: 'notification.suggestedEditAccepted' },
  following: { icon: 'person', says: 'notification.following' },
  following_created_topic: { icon: 'bubble', says: 'notification.startedTopic' },
  following_replied: { icon: 'reply', says: 'notification.replied' },
  circles_activity: { icon: 'people', says: 'notification.circlesActivity' },
  unknown: { icon: 'bell', says: anything },
} as const satisfies Record<NotificationKind, Look>

/** One line about a notification, plain text: “eve and 2 others liked your post in “Release notes””. */
export const notificationText = (t: Translate, words: NotificationWords): string => {
  const { title, place, count } = words
  const look: Look = looks[words.kind]
  const says = typeof look.says === 'function' ? look.says(words) : look.says
  const sentence = t(look.counts === 'replies' && (count ?? 0) > 1 ? 'notification.replies' : says, {
    who: whoText(t, look, words),
    what: title === null ? t(look.untitled ?? 'notification.aTopic') : t('notification.titled', { title }),
    place:
      look.place === 'chat'
        ? place === null
          ? t('notification.aChat')
          : t('notification.titled', { title: place })
        : (place ?? t('notification.yourGroup')),
    count: count ?? 0,
  })
  // Only words of ours are capitalised, such as “somebody”; a user name keeps its letters.
  return words.actor === null ? sentence.charAt(0).toLocaleUpperCase(t.locale) + sentence.slice(1) : sentence
}

/** The drawing for a kind of notification. */
export const notificationIcon = (kind: NotificationKind): NotificationIcon => looks[kind].icon

const whoText = (t: Translate, { counts }: Look, { actor, secondActor, count }: NotificationWords): string => {
  if (actor === null) return t('notification.somebody')
  const others = counts === 'people' ? (count ?? 1) - 1 : 0
  const another = secondActor ?? null
  if (others > 1 || (others === 1 && another === null)) return t('notification.andOthers', { actor, count: others })
  return another === null ? actor : t('notification.andAnother', { actor, other: another })
}
