import type { NotificationKind } from '../../common/contract/notification.ts'

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
  private_message: { number: 6, topic, data: byAlice, text: 'alice wrote to you in “Release notes”', path: T },
  invited_to_private_message: {
    number: 7,
    topic: { postNumber: 1 },
    data: { topic_title: 'Release notes', display_username: 'alice' },
    text: 'alice invited you to “Release notes”',
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
    text: 'Earned “Reader”',
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
    data: { message: 'solved.accepted_notification', title: 'solved.title', ...byAlice },
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
    text: '4 messages in the inbox of helpers',
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
    text: '2 commits of yours were approved',
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
    text: 'alice and bob reacted to your post in “Release notes”',
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
  admin_problems: { number: 38, data: {}, text: "New advice on the forum's admin page", path: '/admin' },
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
    text: 'alice and 2 others replied in “Lunch”',
    path: '/chat/c/-/4/t/12/99',
  },
  upcoming_change_available: {
    number: 41,
    data: { upcoming_change_name: 'new_menu', upcoming_change_humanized_name: 'New menu' },
    text: '“New menu” can be tried on the forum',
    path: '/admin/config/upcoming-changes',
  },
  upcoming_change_automatically_promoted: {
    number: 42,
    data: { upcoming_change_name: 'new_menu', upcoming_change_humanized_name: 'New menu' },
    text: '“New menu” was switched on for the forum',
    path: '/admin/config/upcoming-changes',
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
  following: { number: 800, data: { display_username: 'alice' }, text: 'alice follows you', path: '/u/alice' },
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
