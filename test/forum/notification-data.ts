import type { NotificationShape } from './notification-types.ts'

type DataValue = string | number | boolean | null | readonly number[]
export type NotificationData = Readonly<Record<string, DataValue>>

interface Occasion {
  readonly shape: NotificationShape
  readonly typeName: string
  readonly owner: string
  readonly from: string
  readonly title: string
  readonly postId: number
}

const CHANNEL = { chat_channel_id: 4, chat_channel_title: 'General', chat_channel_slug: 'general' } as const

/** The `data` object with the keys protocol.md 6 lists for the type. */
export function notificationData({ shape, typeName, owner, from, title, postId }: Occasion): NotificationData {
  switch (shape) {
    case 'post':
      return {
        topic_title: title,
        original_post_id: postId,
        original_post_type: 1,
        original_username: from,
        revision_number: null,
        display_username: from,
        ...(typeName === 'group_mentioned' ? { group_id: 41, group_name: 'helpers' } : {}),
        ...(typeName === 'reaction' ? { reaction_icon: 'heart' } : {}),
      }
    case 'person':
      return { display_username: from }
    case 'badge':
      return { badge_id: 5, badge_name: title, badge_slug: 'welcome', badge_title: false, username: owner }
    case 'custom':
      return { message: 'custom.notification', title: 'custom.title', topic_title: title, display_username: from }
    case 'group-inbox':
      return { group_id: 41, group_name: 'helpers', inbox_count: 1, username: owner }
    case 'likes':
      return { username: from, display_username: from, count: 5 }
    case 'links':
      return { username: from, display_username: from, count: 3 }
    case 'commits':
      return { num_approved_commits: 2, display_username: from }
    case 'membership':
      return { group_id: 41, group_name: 'helpers', count: 2 }
    case 'bookmark':
      return { title, bookmark_name: '', bookmarkable_url: `/t/-/${postId}`, display_username: owner }
    case 'chat':
      return {
        ...CHANNEL,
        chat_message_id: postId,
        mentioned_by_username: from,
        is_direct_message_channel: false,
      }
    case 'chat-invitation':
      return { ...CHANNEL, chat_message_id: postId, invited_by_username: from }
    case 'chat-thread':
      return {
        username: from,
        username2: null,
        user_ids: [],
        chat_channel_id: CHANNEL.chat_channel_id,
        chat_thread_id: 12,
        chat_message_id: postId,
        description: title,
      }
    case 'bare':
      return { title }
  }
}
