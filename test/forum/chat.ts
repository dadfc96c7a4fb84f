import type { NewChatMessage } from './forum.ts'
import { addNotification } from './notification-changes.ts'
import type { NotificationData } from './notification-data.ts'
import { notificationTypes } from './notification-types.ts'
import type { Site } from './site.ts'
import { slugOf } from './slug-of.ts'
import type { User } from './user-store.ts'

const MENTION = notificationTypes.chat_mention.number
const MESSAGE = notificationTypes.chat_message.number
const EXCERPT = 400
const DIRECT_MESSAGE_CHANNEL = 3
const CHANNEL = 4

/** A message in chat and what it is to one user (protocol.md 14.4). */
export function sendChatMessage(site: Site, message: NewChatMessage): { readonly id: number } {
  if (!site.settings.chatEnabled) throw new Error('This forum has no chat. Its setting is chatEnabled.')
  site.lastChatMessageId += 1
  const id = site.lastChatMessageId
  const user = site.users.need(message.user)
  const isDirect = message.channel === undefined
  if (message.mention !== undefined) addMention(site, user, message, id)
  if (message.watchedThread !== undefined) {
    addChatRow(site, user, message, 'chat_watched_thread', {
      username: message.from,
      chat_channel_id: channelId(message),
      chat_thread_id: message.watchedThread,
      chat_message_id: id,
      description: message.text ?? 'A thread',
      user_ids: [site.users.find(message.from)?.id ?? 0],
    })
  }
  if (!isDirect && message.mention === undefined) return { id }

  site.users.change(user.id, { chatNotifications: user.chatNotifications + 1 })
  const type = message.mention === undefined ? MESSAGE : MENTION
  const alert = {
    username: message.from,
    notification_type: type,
    post_url: `${site.path}/chat/c/-/${channelId(message)}/${id}`,
    translated_title: titleOf(message),
    tag: `${type === MENTION ? 'mention' : 'message'}-${channelId(message)}`,
    excerpt: (message.text ?? 'A message').slice(0, EXCERPT),
    channel_id: channelId(message),
    is_direct_message_channel: isDirect,
  }
  site.bus.publish(`/chat/notification-alert/${user.id}`, alert, [user.id])
  return { id }
}

/** Publishes nothing that a notifier may hear: the rows are marked without Discourse's callbacks. */
export function readChat(site: Site, userId: number): void {
  site.users.change(userId, { chatNotifications: 0 })
  site.notifications.markRead(userId, ({ type }) => type === MENTION)
}

function addMention(site: Site, user: User, message: NewChatMessage, id: number): void {
  const mention = message.mention ?? ''
  const isByName = mention.toLowerCase() === user.username.toLowerCase()
  const isGroup = !isByName && !['here', 'all'].includes(mention)
  addChatRow(site, user, message, 'chat_mention', {
    chat_message_id: id,
    chat_channel_id: channelId(message),
    mentioned_by_username: message.from,
    is_direct_message_channel: message.channel === undefined,
    ...(message.channel === undefined
      ? {}
      : { chat_channel_title: message.channel, chat_channel_slug: slugOf(message.channel) }),
    ...(isByName ? {} : { identifier: mention }),
    ...(isGroup ? { is_group_mention: true } : {}),
  })
}

function addChatRow(
  site: Site,
  user: User,
  { from }: NewChatMessage,
  typeName: 'chat_mention' | 'chat_watched_thread',
  data: NotificationData,
): void {
  addNotification(site, {
    userId: user.id,
    type: notificationTypes[typeName].number,
    typeName,
    highPriority: typeName === 'chat_mention',
    read: false,
    createdAt: site.now(),
    topicId: null,
    postNumber: null,
    excerpt: null,
    actingUsername: from,
    data,
  })
}

function channelId({ channel }: NewChatMessage): number {
  return channel === undefined ? DIRECT_MESSAGE_CHANNEL : CHANNEL
}

function titleOf({ mention, from, channel }: NewChatMessage): string {
  if (mention !== undefined) return `${from} mentioned you in ${channel === undefined ? 'a message' : `"${channel}"`}`
  return `New chat message from ${from}`
}
