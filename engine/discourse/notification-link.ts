import { atSite } from './address.ts'
import { dataNumber, dataText, type NotificationData } from './notification-data.ts'
import { pathSegment, siteLink } from './site-link.ts'

/** What a link is made of. */
export interface LinkFacts {
  readonly base: string
  /** The account's user name. */
  readonly me: string
  readonly topic: number | null
  readonly postNumber: number | null
  readonly slug: string | null
  readonly data: NotificationData
}

type MakeLink = (facts: LinkFacts) => string | null

/** The topic at its post: “T” of protocol.md 6. */
const toTopic: MakeLink = ({ base, topic, slug, postNumber }) => {
  if (topic === null) return null
  const post = postNumber !== null && postNumber > 1 ? `/${postNumber}` : ''
  return atSite(base, `/t/${pathSegment(slug ?? 'topic')}/${topic}${post}`)
}

/** Replies that newer versions put together lead to all of them, sorted. */
const toReplies: MakeLink = (facts) => {
  const parent = dataNumber(facts.data, 'reply_to_post_number')
  const isOne = (dataNumber(facts.data, 'consolidated_count') ?? 0) <= 1
  if (parent === null || isOne) return toTopic(facts)
  const topic = toTopic({ ...facts, postNumber: parent })
  return topic === null ? null : `${topic}?sort=new&collapse_replies=true`
}

const toBadge: MakeLink = ({ base, data }) => {
  const badge = dataNumber(data, 'badge_id')
  if (badge === null) return null
  const slug = dataText(data, 'badge_slug')
  const path = `/badges/${badge}${slug === null ? '' : `/${pathSegment(slug)}`}`
  return atSite(base, `${path}${query('username', dataText(data, 'username')?.toLowerCase() ?? null)}`)
}

/** A message in a channel, or the thread it is in. */
const toChat: MakeLink = (facts) => {
  const thread = dataNumber(facts.data, 'chat_thread_id')
  const message = dataNumber(facts.data, 'chat_message_id')
  const channel = toChannel(facts)
  if (channel === null || (thread === null && message === null)) return channel
  return thread === null ? `${channel}/${message}` : `${channel}/t/${thread}`
}

const toThread: MakeLink = (facts) => {
  const message = dataNumber(facts.data, 'chat_message_id')
  const isInThread = dataNumber(facts.data, 'chat_thread_id') !== null
  const chat = toChat(facts)
  return chat === null || message === null || !isInThread ? chat : `${chat}/${message}`
}

const toChannel: MakeLink = ({ base, data }) => {
  const channel = dataNumber(data, 'chat_channel_id')
  if (channel === null) return null
  return atSite(base, `/chat/c/${pathSegment(dataText(data, 'chat_channel_slug') ?? '-')}/${channel}`)
}

const toGroupInbox: MakeLink = ({ base, me, data }) => {
  const group = dataText(data, 'group_name')
  const user = pathSegment(dataText(data, 'username') ?? me)
  return atSite(base, `/u/${user}/messages${group === null ? '' : `/group/${pathSegment(group)}`}`)
}

const toPerson: MakeLink = ({ base, data }) => {
  const person = dataText(data, 'display_username') ?? dataText(data, 'username')
  return person === null ? null : atSite(base, `/u/${pathSegment(person)}`)
}

const toGroup: MakeLink = ({ base, data }) => {
  const group = dataText(data, 'group_name')
  return group === null ? null : atSite(base, `/g/${pathSegment(group)}`)
}

const toBookmark: MakeLink = (facts) => {
  const url = dataText(facts.data, 'bookmarkable_url')
  return toTopic(facts) ?? (url === null ? null : siteLink(facts.base, url))
}

/** A page of the owner's own. */
const toOwn =
  (page: string) =>
  ({ base, me }: LinkFacts): string =>
    atSite(base, `/u/${pathSegment(me)}/${page}`)

const toReceived =
  (what: 'likes-received' | 'links'): MakeLink =>
  (facts) =>
    toOwn(`notifications/${what}`)(facts) + query('acting_username', dataText(facts.data, 'username'))

const toFixed =
  (path: string): MakeLink =>
  ({ base }) =>
    atSite(base, path)

const toCommits: MakeLink = (facts) => toTopic(facts) ?? toOwn('activity/approval-given')(facts)

const rules = {
  topic: toTopic,
  replies: toReplies,
  person: toPerson,
  badge: toBadge,
  group: toGroup,
  groupInbox: toGroupInbox,
  messages: toOwn('messages'),
  likesReceived: toReceived('likes-received'),
  linksReceived: toReceived('links'),
  commits: toCommits,
  bookmark: toBookmark,
  chat: toChat,
  chatChannel: toChannel,
  chatThread: toThread,
  newFeatures: toFixed('/admin/whats-new'),
  admin: toFixed('/admin'),
  upcomingChanges: toFixed('/admin/config/upcoming-changes'),
} as const satisfies Record<string, MakeLink>

/** Where a kind of notification leads. */
export type LinkRule = keyof typeof rules

/**
 * Where to look at a notification (protocol.md 6): what its rule says, else its topic, else the user's notifications.
 * Everything is encoded and below `base`; only bookmarks hold an address of the server's, which `siteLink` checks.
 */
export const notificationLink = (rule: LinkRule, facts: LinkFacts): string =>
  rules[rule](facts) ?? toTopic(facts) ?? toOwn('notifications')(facts)

const query = (name: string, value: string | null): string =>
  value === null ? '' : `?${name}=${encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'))}`
