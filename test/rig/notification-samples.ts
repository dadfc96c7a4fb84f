import type { NotificationKind, NotificationShape } from '../../common/contract/notification.ts'

/** One notification of a kind as forums send it, and what the notifier has to make of it. Whom it names is who did it. */
interface NotificationSample {
  readonly number: number
  /** Whether the item belongs to a topic: “Release notes”, number 12, at post 3 unless said. */
  readonly topic?: { readonly postNumber?: number }
  readonly data: Readonly<Record<string, unknown>>
  readonly text: string
  /** Below the site's base. */
  readonly path: string
}

const T = '/t/release-notes/12/3'
const topic = {}
/** What `PostAlerter` puts into `data` of everything that concerns a post. */
const byAlice = {
  topic_title: 'Release notes',
  original_post_id: 321,
  original_post_type: 1,
  original_username: 'alice',
  revision_number: null,
  display_username: 'alice',
}
const group = { group_id: 41, group_name: 'helpers' }
const channel = {
  chat_channel_id: 4,
  chat_channel_title: 'General',
  chat_channel_slug: 'general',
  chat_message_id: 99,
  is_direct_message_channel: false,
}

/** A sample of every kind (protocol.md 6); the account is `eve`. */
export const notificationSamples = {
  mentioned: { number: 1, topic, data: byAlice, text: 'alice mentioned you in “Release notes”', path: T },
  replied: { number: 2, topic, data: byAlice, text: 'alice replied in “Release notes”', path: T },
  quoted: { number: 3, topic, data: byAlice, text: 'alice quoted you in “Release notes”', path: T },
  edited: {
    number: 4,
    topic,
    data: { ...byAlice, revision_number: 2 },
    text: 'alice edited your post in “Release notes”',
    path: T,
  },
  liked: {
    number: 5,
    topic,
    data: { ...byAlice, username2: 'bob', count: 3 },
    text: 'alice and 2 others liked your post in “Release notes”',
    path: T,
  },
  private_message: { number: 6, topic, data: byAlice, text: 'alice sent you a message: “Release notes”', path: T },
  invited_to_private_message: {
    number: 7,
    topic: { postNumber: 1 },
    data: { topic_title: 'Release notes', display_username: 'alice' },
    text: 'alice invited you to a message: “Release notes”',
    path: '/t/release-notes/12',
  },
  invitee_accepted: {
    number: 8,
    data: { display_username: 'alice' },
    text: 'alice accepted your invitation',
    path: '/u/alice',
  },
  posted: { number: 9, topic, data: byAlice, text: 'alice posted in “Release notes”', path: T },
  moved_post: {
    number: 10,
    topic,
    data: { topic_title: 'Release notes', display_username: 'alice' },
    text: 'alice moved your post to “Release notes”',
    path: T,
  },
  linked: { number: 11, topic, data: byAlice, text: 'alice linked to your post from “Release notes”', path: T },
  granted_badge: {
    number: 12,
    data: { badge_id: 17, badge_name: 'Reader', badge_slug: 'reader', badge_title: false, username: 'Eve' },
    text: 'You earned the “Reader” badge',
    path: '/badges/17/reader?username=eve',
  },
  invited_to_topic: {
    number: 13,
    topic: { postNumber: 1 },
    data: { topic_title: 'Release notes', display_username: 'alice' },
    text: 'alice invited you to “Release notes”',
    path: '/t/release-notes/12',
  },
  custom: {
    number: 14,
    topic,
    data: { message: 'lottery.drawn', title: 'lottery.notification.title', ...byAlice },
    text: 'Something new from alice in “Release notes”',
    path: T,
  },
  group_mentioned: {
    number: 15,
    topic,
    data: { ...byAlice, ...group },
    text: 'alice mentioned @helpers in “Release notes”',
    path: T,
  },
  group_message_summary: {
    number: 16,
    data: { ...group, inbox_count: 4, username: 'eve' },
    text: '4 messages in the helpers inbox',
    path: '/u/eve/messages/group/helpers',
  },
  watching_first_post: {
    number: 17,
    topic: { postNumber: 1 },
    data: byAlice,
    text: 'alice started “Release notes”',
    path: '/t/release-notes/12',
  },
  topic_reminder: {
    number: 18,
    topic,
    data: { topic_title: 'Release notes', display_username: 'eve' },
    text: 'Reminder: “Release notes”',
    path: T,
  },
  liked_consolidated: {
    number: 19,
    data: { username: 'alice', display_username: 'alice', count: 5 },
    text: 'alice liked 5 of your posts',
    path: '/u/eve/notifications/likes-received?acting_username=alice',
  },
  post_approved: {
    number: 20,
    topic,
    data: { ...byAlice, display_username: 'eve' },
    text: 'Your post in “Release notes” was approved',
    path: T,
  },
  code_review_commit_approved: {
    number: 21,
    data: { num_approved_commits: 2 },
    text: '2 of your commits were approved',
    path: '/u/eve/activity/approval-given',
  },
  membership_request_accepted: {
    number: 22,
    data: group,
    text: 'You are now a member of helpers',
    path: '/g/helpers',
  },
  membership_request_consolidated: {
    number: 23,
    data: { group_name: 'helpers', count: 2 },
    text: '2 requests to join helpers',
    path: '/u/eve/messages',
  },
  bookmark_reminder: {
    number: 24,
    data: {
      title: 'Release notes',
      bookmark_name: 'read again',
      bookmarkable_url: '/chat/c/-/4/99',
      display_username: 'eve',
    },
    text: 'Reminder: “Release notes”',
    path: '/chat/c/-/4/99',
  },
  reaction: {
    number: 25,
    topic,
    data: { ...byAlice, username2: 'bob', count: 2, reaction_icon: 'tada' },
    text: 'alice and bob reacted with 🎉 to your post in “Release notes”',
    path: T,
  },
  votes_released: {
    number: 26,
    topic: { postNumber: 1 },
    data: { message: 'votes_released', title: 'votes_released' },
    text: 'Your vote for “Release notes” was released',
    path: '/t/release-notes/12',
  },
  event_reminder: {
    number: 27,
    topic: { postNumber: 1 },
    data: { topic_title: 'Release notes', display_username: 'eve' },
    text: 'Reminder: “Release notes”',
    path: '/t/release-notes/12',
  },
  event_invitation: {
    number: 28,
    topic: { postNumber: 1 },
    data: { topic_title: 'Release notes', display_username: 'alice' },
    text: 'alice invited you to “Release notes”',
    path: '/t/release-notes/12',
  },
  chat_mention: {
    number: 29,
    data: { ...channel, mentioned_by_username: 'alice' },
    text: 'alice mentioned you in “General”',
    path: '/chat/c/general/4/99',
  },
  chat_message: {
    number: 30,
    data: { chat_channel_id: 4, username: 'alice' },
    text: 'alice wrote in a chat',
    path: '/chat/c/-/4',
  },
  chat_invitation: {
    number: 31,
    data: { ...channel, invited_by_username: 'alice' },
    text: 'alice invited you to “General”',
    path: '/chat/c/general/4/99',
  },
  chat_group_mention: {
    number: 32,
    data: { ...channel, mentioned_by_username: 'alice', group_name: 'helpers' },
    text: 'alice mentioned your group in “General”',
    path: '/chat/c/general/4/99',
  },
  chat_quoted: {
    number: 33,
    topic,
    data: { ...byAlice, ...channel },
    text: 'alice quoted your chat message in “Release notes”',
    path: T,
  },
  assigned: {
    number: 34,
    topic: { postNumber: 1 },
    data: { message: 'discourse_assign.assign_notification', display_username: 'alice', topic_title: 'Release notes' },
    text: 'alice assigned “Release notes” to you',
    path: '/t/release-notes/12',
  },
  question_answer_user_commented: {
    number: 35,
    topic,
    data: byAlice,
    text: 'alice commented on your post in “Release notes”',
    path: T,
  },
  watching_category_or_tag: { number: 36, topic, data: byAlice, text: 'alice posted in “Release notes”', path: T },
  new_features: { number: 37, data: {}, text: 'Discourse has new features', path: '/admin/whats-new' },
  admin_problems: { number: 38, data: {}, text: 'New advice on the forum’s dashboard', path: '/admin' },
  linked_consolidated: {
    number: 39,
    data: { username: 'alice', display_username: 'alice', count: 3 },
    text: 'alice linked to 3 of your posts',
    path: '/u/eve/notifications/links?acting_username=alice',
  },
  chat_watched_thread: {
    number: 40,
    data: {
      username: 'alice',
      username2: 'bob',
      user_ids: [2, 3, 5],
      chat_channel_id: 4,
      chat_thread_id: 12,
      chat_message_id: 99,
      description: 'Lunch',
    },
    text: 'bob and 2 others replied in “Lunch”',
    path: '/chat/c/-/4/t/12/99',
  },
  upcoming_change_available: {
    number: 41,
    data: { upcoming_change_name: 'new_menu', upcoming_change_humanized_name: 'New menu' },
    text: '“New menu” can be tried on the forum',
    path: '/admin/config/upcoming-changes?changeNamesFilter=new_menu',
  },
  upcoming_change_automatically_promoted: {
    number: 42,
    data: { upcoming_change_name: 'new_menu', upcoming_change_humanized_name: 'New menu' },
    text: '“New menu” was turned on for the forum',
    path: '/admin/config/upcoming-changes?changeNamesFilter=new_menu',
  },
  boost: { number: 43, topic, data: byAlice, text: 'alice boosted your post in “Release notes”', path: T },
  suggested_edit_created: {
    number: 44,
    topic,
    data: byAlice,
    text: 'alice suggested an edit in “Release notes”',
    path: T,
  },
  suggested_edit_accepted: {
    number: 45,
    topic,
    data: byAlice,
    text: 'alice accepted your edit in “Release notes”',
    path: T,
  },
  following: {
    number: 800,
    data: { display_username: 'alice' },
    text: 'alice started following you',
    path: '/u/alice',
  },
  following_created_topic: {
    number: 801,
    topic: { postNumber: 1 },
    data: byAlice,
    text: 'alice started “Release notes”',
    path: '/t/release-notes/12',
  },
  following_replied: { number: 802, topic, data: byAlice, text: 'alice replied in “Release notes”', path: T },
  circles_activity: { number: 900, data: {}, text: 'Something new in your circles', path: '/u/eve/notifications' },
  unknown: { number: 4711, topic, data: byAlice, text: 'Something new from alice in “Release notes”', path: T },
} as const satisfies Record<NotificationKind, NotificationSample>

/** A sample of a kind in another shape, or of another form that forums send. */
export interface NotificationVariant extends NotificationSample {
  readonly kind: NotificationKind
  readonly shape?: NotificationShape
  /** Fields of the item that differ from those of every list item. */
  readonly item?: Readonly<Record<string, unknown>>
}

const event = { topic_title: 'Autumn fly-in', display_username: 'eve' }
const eventMessage = (name: string) => `discourse_post_event.notifications.${name}`
const changes = {
  upcoming_change_names: ['new_menu', 'new_editor', 'big_font'],
  upcoming_change_humanized_names: ['New menu', 'New editor', 'Big font'],
  count: 3,
}
const aliceReacts = { topic_title: 'Release notes', display_username: 'alice', username: 'alice' }

/** Every shape (`notificationShapes`), and the other forms that differ in wording or link. */
export const notificationVariants: readonly NotificationVariant[] = [
  {
    kind: 'mentioned',
    shape: 'review_note',
    number: 1,
    topic,
    data: { ...byAlice, topic_title: 'A flagged post', reviewable_id: 31 },
    text: 'alice mentioned you in a review note on “A flagged post”',
    path: '/review/31',
  },
  {
    kind: 'replied',
    number: 2,
    topic,
    data: { ...byAlice, display_username: '4 replies' },
    text: '4 new replies in “Release notes”',
    path: T,
  },
  {
    kind: 'liked',
    number: 5,
    topic,
    data: { ...byAlice, username2: 'bob', count: 2 },
    text: 'alice and bob liked your post in “Release notes”',
    path: T,
  },
  {
    kind: 'liked',
    number: 5,
    topic,
    item: { acting_user_name: 'Alice Berg' },
    data: { ...byAlice, display_name: 'Alice Berg', username2: 'bob', name2: 'Bob Dahl', count: 2 },
    text: 'Alice Berg and Bob Dahl liked your post in “Release notes”',
    path: T,
  },
  {
    kind: 'private_message',
    shape: 'warning',
    number: 6,
    topic,
    item: { is_warning: true },
    data: { ...byAlice, topic_title: 'Your behaviour' },
    text: 'You received an official warning: “Release notes”',
    path: T,
  },
  {
    kind: 'granted_badge',
    shape: 'for_post',
    number: 12,
    data: {
      badge_id: 17,
      badge_name: 'Nice Reply',
      badge_slug: 'nice-reply',
      username: 'Eve',
      topic_title: 'Release notes',
      topic_id: 12,
      post_number: 3,
    },
    text: 'You earned the “Nice Reply” badge for your post in “Release notes”',
    path: '/t/12/3',
  },
  {
    kind: 'custom',
    shape: 'solution_accepted',
    number: 14,
    topic,
    data: { ...byAlice, message: 'solved.accepted_notification', title: 'solved.notification.title' },
    text: 'alice accepted your post as the solution in “Release notes”',
    path: T,
  },
  {
    kind: 'custom',
    shape: 'topic_solved',
    number: 14,
    topic,
    data: { ...byAlice, message: 'solved.topic_solved_notification', title: 'solved.notification.topic_solved_title' },
    text: 'alice accepted a solution in “Release notes”',
    path: T,
  },
  {
    kind: 'reaction',
    number: 25,
    topic,
    data: aliceReacts,
    text: 'alice reacted to your post in “Release notes”',
    path: T,
  },
  {
    kind: 'reaction',
    number: 25,
    topic,
    data: { ...aliceReacts, username2: 'bob', count: 5 },
    text: 'alice and 4 others reacted to your post in “Release notes”',
    path: T,
  },
  {
    kind: 'reaction',
    shape: 'several_posts',
    number: 25,
    data: { ...aliceReacts, consolidated: true, count: 4 },
    text: 'alice reacted to 4 of your posts',
    path: '/u/eve/notifications/reactions-received?acting_username=alice&include_likes=true',
  },
  {
    kind: 'reaction',
    shape: 'several_posts',
    number: 25,
    data: { ...aliceReacts, consolidated: true, count: 3, reaction_icon: 'heart' },
    text: 'alice reacted with ❤️ to 3 of your posts',
    path: '/u/eve/notifications/likes-received?acting_username=alice&include_likes=true',
  },
  {
    kind: 'event_reminder',
    shape: 'about_to_begin',
    number: 27,
    topic: { postNumber: 1 },
    data: { ...event, message: eventMessage('before_event_reminder') },
    text: '“Autumn fly-in” is about to begin',
    path: '/t/release-notes/12',
  },
  {
    kind: 'event_reminder',
    shape: 'going_on',
    number: 27,
    topic: { postNumber: 1 },
    data: { ...event, message: eventMessage('ongoing_event_reminder') },
    text: '“Autumn fly-in” is happening now',
    path: '/t/release-notes/12',
  },
  {
    kind: 'event_reminder',
    shape: 'over',
    number: 27,
    topic: { postNumber: 1 },
    data: { ...event, message: eventMessage('after_event_reminder') },
    text: '“Autumn fly-in” is over',
    path: '/t/release-notes/12',
  },
  {
    kind: 'event_invitation',
    shape: 'attendance_set',
    number: 28,
    topic: { postNumber: 1 },
    data: {
      topic_title: 'Autumn fly-in',
      display_username: 'alice',
      message: eventMessage('invite_user_predefined_attendance_notification'),
    },
    text: 'alice invited you to “Autumn fly-in” and set your attendance',
    path: '/t/release-notes/12',
  },
  ...['here', 'all', 'helpers'].map(
    (identifier): NotificationVariant => ({
      kind: 'chat_mention',
      number: 29,
      data: { ...channel, mentioned_by_username: 'alice', identifier },
      text: `alice mentioned @${identifier} in “General”`,
      path: '/chat/c/general/4/99',
    }),
  ),
  {
    kind: 'chat_mention',
    shape: 'in_personal_chat',
    number: 29,
    data: { ...channel, is_direct_message_channel: true, mentioned_by_username: 'alice' },
    text: 'alice mentioned you in a personal chat',
    path: '/chat/c/general/4/99',
  },
  {
    kind: 'chat_mention',
    shape: 'in_personal_chat',
    number: 29,
    data: { ...channel, is_direct_message_channel: true, mentioned_by_username: 'alice', identifier: 'all' },
    text: 'alice mentioned @all in a personal chat',
    path: '/chat/c/general/4/99',
  },
  {
    kind: 'assigned',
    shape: 'post',
    number: 34,
    topic,
    data: { message: 'discourse_assign.assign_notification', display_username: 'alice', topic_title: 'Release notes' },
    text: 'alice assigned you a post in “Release notes”',
    path: T,
  },
  {
    kind: 'assigned',
    shape: 'topic_to_group',
    number: 34,
    topic: { postNumber: 1 },
    data: { message: 'discourse_assign.assign_group_notification', display_username: 'helpers' },
    text: '“Release notes” was assigned to helpers',
    path: '/t/release-notes/12',
  },
  {
    kind: 'assigned',
    shape: 'post_to_group',
    number: 34,
    topic,
    data: { message: 'discourse_assign.assign_group_notification', display_username: 'helpers' },
    text: 'A post in “Release notes” was assigned to helpers',
    path: T,
  },
  {
    kind: 'assigned',
    number: 14,
    topic: { postNumber: 1 },
    data: { message: 'discourse_assign.assign_notification', display_username: 'alice', topic_title: 'Release notes' },
    text: 'alice assigned “Release notes” to you',
    path: '/t/release-notes/12',
  },
  {
    kind: 'question_answer_user_commented',
    number: 35,
    topic,
    data: { ...byAlice, post_voting_comment_id: 8 },
    text: 'alice commented on your post in “Release notes”',
    path: `${T}#post-voting-comment-8`,
  },
  {
    kind: 'upcoming_change_available',
    number: 41,
    data: changes,
    text: '“New menu” and 2 others can be tried on the forum',
    path: '/admin/config/upcoming-changes?changeNamesFilter=new_menu%2Cnew_editor%2Cbig_font',
  },
  {
    kind: 'upcoming_change_automatically_promoted',
    number: 42,
    data: { ...changes, count: 2 },
    text: '“New menu” and 1 other were turned on for the forum',
    path: '/admin/config/upcoming-changes?changeNamesFilter=new_menu%2Cnew_editor%2Cbig_font',
  },
  {
    kind: 'boost',
    number: 43,
    topic,
    data: { ...byAlice, username2: 'bob', unique_usernames: ['alice', 'bob', 'carol'], count: 4, boost_raw: 'nice' },
    text: 'alice and 2 others boosted your post in “Release notes”',
    path: T,
  },
  {
    kind: 'unknown',
    number: 4711,
    data: { message: 'kite_shop.parcel_sent', title: 'kite_shop.notification.title', display_username: 'alice' },
    text: 'Something new from alice',
    path: '/u/eve/notifications',
  },
  {
    kind: 'unknown',
    number: 4711,
    data: { title: 'Parcel 7', display_username: 'alice', url: '/shop/parcels/7' },
    text: 'Something new from alice in “Parcel 7”',
    path: '/shop/parcels/7',
  },
]

/** A list item (protocol.md 5.3) of the 3.4 line; fields of the item and of its `data` may be changed. */
export const notificationJson = (
  { number, topic, data }: Pick<NotificationSample, 'number' | 'topic' | 'data'>,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  id: 1000 + number,
  user_id: 7,
  notification_type: number,
  read: false,
  high_priority: number === 6 || number === 24,
  created_at: '2026-05-04T03:02:01.000Z',
  post_number: topic === undefined ? null : (topic.postNumber ?? 3),
  topic_id: topic === undefined ? null : 12,
  slug: topic === undefined ? null : 'release-notes',
  ...(topic === undefined ? {} : { fancy_title: 'Release notes' }),
  data,
  ...changes,
})
