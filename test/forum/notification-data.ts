import type { NotificationTypeName } from './notification-types.ts'
import type { Profile } from './profiles.ts'

type DataValue = string | number | boolean | null | readonly number[]
export type NotificationData = Readonly<Record<string, DataValue>>

interface Occasion {
  readonly type: NotificationTypeName
  readonly profile: Profile
  /** Whose notification it is. */
  readonly owner: string
  readonly from: string
  readonly title: string
  readonly postId: number
}

const GROUP = { group_id: 41, group_name: 'helpers' } as const
const CHANNEL = { chat_channel_id: 4, chat_channel_title: 'General', chat_channel_slug: 'general' } as const

/** The `data` of a notification as Discourse writes it for the type (protocol.md 6 and 14.15). */
export function notificationData({ type, profile, owner, from, title, postId }: Occasion): NotificationData {
  const topic = { topic_title: title, display_username: from }
  const post = {
    topic_title: title,
    original_post_id: postId,
    original_post_type: 1,
    original_username: from,
    revision_number: null,
    display_username: from,
    ...(profile.displayNameInData ? { display_name: from } : {}),
  }
  switch (type) {
    case 'edited':
      return { ...post, revision_number: 2 }
    case 'group_mentioned':
      return { ...post, ...GROUP }
    case 'invited_to_private_message':
    case 'invited_to_topic':
      return { ...topic, original_user_id: 3, original_username: from }
    case 'moved_post':
    case 'topic_reminder':
      return topic
    case 'post_approved':
      return {}
    case 'assigned':
      return { message: 'discourse_assign.assign_notification', ...topic, assignment_id: 1 }
    case 'invitee_accepted':
    case 'following':
      return { display_username: from }
    case 'granted_badge':
      return { badge_id: 5, badge_name: title, badge_slug: 'welcome', badge_title: false, username: owner }
    case 'custom':
      return { message: 'custom.notification', ...topic, title: 'custom.title' }
    case 'group_message_summary':
      return { ...GROUP, inbox_count: 1, username: owner }
    case 'liked_consolidated':
      return { ...post, username: from, count: 5 }
    case 'linked_consolidated':
      return { username: from, display_username: from, count: 3 }
    case 'code_review_commit_approved':
      return { num_approved_commits: 2, display_username: from }
    case 'membership_request_accepted':
      return GROUP
    case 'membership_request_consolidated':
      return { ...GROUP, count: 2 }
    case 'bookmark_reminder':
      return bookmarkReminder(profile, owner, title, postId)
    case 'chat_mention':
    case 'chat_message':
    case 'chat_group_mention':
      return { ...CHANNEL, chat_message_id: postId, mentioned_by_username: from, is_direct_message_channel: false }
    case 'chat_invitation':
      return { message: 'chat.invitation_notification', ...CHANNEL, invited_by_username: from }
    case 'chat_watched_thread':
      return {
        username: from,
        username2: null,
        user_ids: [],
        chat_channel_id: CHANNEL.chat_channel_id,
        chat_thread_id: 12,
        chat_message_id: postId,
        description: title,
      }
    case 'new_features':
    case 'admin_problems':
    case 'upcoming_change_available':
    case 'upcoming_change_automatically_promoted':
    case 'circles_activity':
      return { title }
    default:
      return post
  }
}

function bookmarkReminder({ hasTotals }: Profile, owner: string, title: string, postId: number): NotificationData {
  const named = { display_username: owner, bookmark_name: '' }
  if (!hasTotals) return { topic_title: title, ...named }
  const bookmarked = { bookmark_id: 1, bookmarkable_type: 'Post', bookmarkable_id: postId }
  return { title, bookmarkable_url: `/t/-/${postId}`, ...named, ...bookmarked }
}
