import type { NotificationItem, NotificationKind, NotificationShape, ShapeOf } from '../contract/notification.ts'
import type { TextKey, Translate } from './i18n.ts'

/** The icons for kinds of notifications; a user interface has a drawing for each. */
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

/** The parts of a notification row's sentence; list items and alerts of the live channel both have them. */
export type NotificationWords = Pick<NotificationItem, 'kind' | 'actor' | 'title' | 'place'> &
  Partial<Pick<NotificationItem, OptionalWord>>

type OptionalWord = 'shape' | 'secondActor' | 'actorName' | 'secondActorName' | 'count' | 'mentioned' | 'emoji'

/**
 * A sentence; may hold `who`, `what`, `place`, `mentioned`, `emoji`, and `count`, which is 0 when the forum does not
 * say.
 */
type Sentence = TextKey | ((words: NotificationWords) => TextKey)

interface Look<Kind extends NotificationKind> {
  readonly icon: NotificationIcon
  /** One sentence, or one for each shape of the kind. */
  readonly says: [ShapeOf<Kind>] extends [never] ? Sentence : Readonly<Record<'plain' | ShapeOf<Kind>, Sentence>>
  /**
   * What replaces a missing title; “a topic” by default, which languages with cases put as after “in”. `oneTopic` is
   * the same as a subject or object.
   */
  readonly untitled?: TextKey
  /** What `place` is; a group by default. */
  readonly place?: 'chat' | 'topic'
  /**
   * What the count counts, where it changes the sentence: people who did it, replies the forum has put together, or
   * things of which the first is named, and the sentence counts the others.
   */
  readonly counts?: 'people' | 'replies' | 'others'
}

/** The sentence for an unknown kind. */
const anything = ({ actor, title }: NotificationWords): TextKey => {
  if (title === null) return actor === null ? 'notification.something' : 'notification.somethingFrom'
  return actor === null ? 'notification.somethingIn' : 'notification.somethingFromIn'
}

/** Sentences that would not read well with a word in place of a missing title. */
const ifTitled =
  (titled: TextKey, untitled: TextKey): Sentence =>
  ({ title }) =>
    title === null ? untitled : titled

/** Forums put several changes into one notification. */
const ifSeveral =
  (one: TextKey, several: TextKey): Sentence =>
  ({ count }) =>
    (count ?? 1) > 1 ? several : one

const withEmoji =
  (known: TextKey, unknown: TextKey): Sentence =>
  ({ emoji }) =>
    emoji === undefined ? unknown : known

const chatMention =
  (ofUser: TextKey, ofMany: TextKey): Sentence =>
  ({ mentioned }) =>
    mentioned === undefined ? ofUser : ofMany

/** Icon and wording of every kind. A kind that is missing here does not compile. */
const looks = {
  mentioned: {
    icon: 'at',
    says: { plain: 'notification.mentioned', review_note: 'notification.mentionedInReview' },
  },
  replied: { icon: 'reply', says: 'notification.replied', counts: 'replies' },
  quoted: { icon: 'quote', says: 'notification.quoted', counts: 'replies' },
  edited: { icon: 'pencil', says: 'notification.edited' },
  liked: { icon: 'heart', says: 'notification.liked', counts: 'people' },
  private_message: {
    icon: 'envelope',
    says: {
      plain: ifTitled('notification.privateMessage', 'notification.privateMessageUntitled'),
      warning: ifTitled('notification.warning', 'notification.warningUntitled'),
    },
    untitled: 'notification.aMessage',
    counts: 'replies',
  },
  invited_to_private_message: {
    icon: 'envelope',
    says: ifTitled('notification.invitedToPrivateMessage', 'notification.invitedToPrivateMessageUntitled'),
  },
  invitee_accepted: { icon: 'person', says: 'notification.inviteeAccepted' },
  posted: { icon: 'bubble', says: 'notification.posted', counts: 'replies' },
  moved_post: { icon: 'pencil', says: 'notification.movedPost' },
  linked: { icon: 'link', says: 'notification.linked' },
  granted_badge: {
    icon: 'badge',
    says: {
      plain: ifTitled('notification.grantedBadge', 'notification.grantedBadgeUntitled'),
      for_post: ifTitled('notification.grantedBadgeForPost', 'notification.grantedBadgeUntitled'),
    },
    place: 'topic',
  },
  invited_to_topic: { icon: 'person', says: 'notification.invitedToTopic' },
  custom: {
    icon: 'bell',
    says: {
      plain: anything,
      solution_accepted: 'notification.solutionAccepted',
      topic_solved: 'notification.topicSolved',
    },
  },
  group_mentioned: {
    icon: 'people',
    says: ({ place }) => (place === null ? 'notification.groupMentioned' : 'notification.namedGroupMentioned'),
  },
  group_message_summary: {
    icon: 'people',
    says: ({ place }) =>
      place === null ? 'notification.groupMessageSummaryUntitled' : 'notification.groupMessageSummary',
  },
  watching_first_post: { icon: 'bubble', says: 'notification.startedTopic', untitled: 'notification.oneTopic' },
  topic_reminder: { icon: 'clock', says: 'notification.reminder', untitled: 'notification.oneTopic' },
  liked_consolidated: { icon: 'heart', says: 'notification.likedConsolidated' },
  post_approved: { icon: 'check', says: 'notification.postApproved' },
  code_review_commit_approved: { icon: 'check', says: 'notification.commitsApproved' },
  membership_request_accepted: { icon: 'people', says: 'notification.membershipAccepted' },
  membership_request_consolidated: { icon: 'people', says: 'notification.membershipRequests' },
  bookmark_reminder: { icon: 'bookmark', says: 'notification.reminder', untitled: 'notification.aBookmark' },
  reaction: {
    icon: 'heart',
    says: {
      plain: withEmoji('notification.reactionWith', 'notification.reaction'),
      several_posts: withEmoji('notification.reactionsWith', 'notification.reactions'),
    },
    counts: 'people',
  },
  votes_released: { icon: 'check', says: 'notification.votesReleased', untitled: 'notification.oneTopic' },
  event_reminder: {
    icon: 'calendar',
    says: {
      plain: 'notification.reminder',
      about_to_begin: 'notification.eventBegins',
      going_on: 'notification.eventGoingOn',
      over: 'notification.eventOver',
    },
    untitled: 'notification.anEvent',
  },
  event_invitation: {
    icon: 'calendar',
    says: { plain: 'notification.eventInvitation', attendance_set: 'notification.eventAttendanceSet' },
    untitled: 'notification.anEvent',
  },
  chat_mention: {
    icon: 'at',
    says: {
      plain: chatMention('notification.chatMention', 'notification.chatMentionNamed'),
      in_personal_chat: chatMention('notification.personalChatMention', 'notification.personalChatMentionNamed'),
    },
    place: 'chat',
  },
  chat_message: { icon: 'bubble', says: 'notification.chatMessage', place: 'chat' },
  chat_invitation: { icon: 'person', says: 'notification.chatInvitation', place: 'chat' },
  chat_group_mention: { icon: 'people', says: 'notification.chatGroupMention', place: 'chat' },
  chat_quoted: { icon: 'quote', says: 'notification.chatQuoted' },
  assigned: {
    icon: 'person',
    says: {
      plain: 'notification.assigned',
      post: 'notification.assignedPost',
      topic_to_group: 'notification.assignedToGroup',
      post_to_group: 'notification.assignedPostToGroup',
    },
    untitled: 'notification.oneTopic',
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
    says: ifSeveral('notification.upcomingChange', 'notification.upcomingChanges'),
    counts: 'others',
    untitled: 'notification.aChange',
  },
  upcoming_change_automatically_promoted: {
    icon: 'bell',
    says: ifSeveral('notification.upcomingChangePromoted', 'notification.upcomingChangesPromoted'),
    counts: 'others',
    untitled: 'notification.aChange',
  },
  boost: { icon: 'heart', says: 'notification.boost', counts: 'people' },
  suggested_edit_created: { icon: 'pencil', says: 'notification.suggestedEdit' },
  suggested_edit_accepted: { icon: 'check', says: 'notification.suggestedEditAccepted' },
  following: { icon: 'person', says: 'notification.following' },
  following_created_topic: { icon: 'bubble', says: 'notification.startedTopic', untitled: 'notification.oneTopic' },
  following_replied: { icon: 'reply', says: 'notification.replied' },
  circles_activity: { icon: 'people', says: 'notification.circlesActivity' },
  unknown: { icon: 'bell', says: anything },
} as const satisfies { readonly [Kind in NotificationKind]: Look<Kind> }

/** One line about a notification, plain text: “eve and 2 others liked your post in “Release notes””. */
export const notificationText = (t: Translate, words: NotificationWords): string => {
  const { title, place, count, shape } = words
  const { says, counts, untitled, place: placeIs }: AnyLook = looks[words.kind]
  const sentence = typeof says === 'object' ? (says[shape ?? 'plain'] ?? says.plain) : says
  const key = typeof sentence === 'function' ? sentence(words) : sentence
  const text = t(counts === 'replies' && (count ?? 0) > 1 && shape === undefined ? 'notification.replies' : key, {
    who: whoText(t, words, counts === 'people' && shape === undefined),
    what: title === null ? t(untitled ?? 'notification.aTopic') : t('notification.titled', { title }),
    place: placeIs === undefined ? (place ?? t('notification.yourGroup')) : placeText(t, placeIs, place),
    count: counted(words, counts),
    mentioned: words.mentioned ?? '',
    emoji: words.emoji ?? '',
  })
  // Only our own words are capitalised, such as “somebody”; names of users and groups are left as they are.
  const names = [words.actorName ?? words.actor, place]
  const beginsWithName = names.some((name) => name !== null && text.startsWith(name))
  return beginsWithName ? text : text.charAt(0).toUpperCase() + text.slice(1)
}

/** What decides a sentence's plural form: for what several people did at once, how many they are. */
const counted = ({ count, shape, secondActor }: NotificationWords, counts: AnyLook['counts']): number => {
  if (counts === 'others') return Math.max(0, (count ?? 1) - 1)
  if (counts !== 'people' || shape !== undefined) return count ?? 0
  return Math.max(count ?? 1, (secondActor ?? null) === null ? 1 : 2)
}

/** A look of whatever kind, as it is read. */
interface AnyLook extends Omit<Look<NotificationKind>, 'says'> {
  readonly says: Sentence | ({ readonly plain: Sentence } & Partial<Readonly<Record<NotificationShape, Sentence>>>)
}

/** The icon for a kind of notification. */
export const notificationIcon = (kind: NotificationKind): NotificationIcon => looks[kind].icon

const placeText = (t: Translate, is: 'chat' | 'topic', place: string | null): string => {
  if (place !== null) return t('notification.titled', { title: place })
  return t(is === 'chat' ? 'notification.aChat' : 'notification.aTopic')
}

const whoText = (t: Translate, words: NotificationWords, countsPeople: boolean): string => {
  const actor = words.actorName ?? words.actor
  if (actor === null) return t('notification.somebody')
  const others = countsPeople ? (words.count ?? 1) - 1 : 0
  const another = words.secondActorName ?? words.secondActor ?? null
  if (others > 1 || (others === 1 && another === null)) return t('notification.andOthers', { actor, count: others })
  return another === null ? actor : t('notification.andAnother', { actor, other: another })
}
