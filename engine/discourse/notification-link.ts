import { atSite } from './address.ts'
import { dataNumber, dataText, type NotificationData } from './notification-data.ts'
import { pathSegment, siteLink } from './site-link.ts'

/** What a link is built from. */
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

/** Newer versions combine replies to a whole topic, and lead to the newest of them first. */
const toReplies: MakeLink = (facts) => {
  const topic = toTopic(facts)
  return topic !== null && dataNumber(facts.data, 'reply_to_post_number') === 1 ? `${topic}?sort=new` : topic
}

/** A badge for one post leads to that post. */
const toBadge: MakeLink = ({ base, data }) => {
  const topic = dataNumber(data, 'topic_id')
  const post = dataNumber(data, 'post_number')
  if (topic !== null && post !== null) return atSite(base, `/t/${topic}/${post}`)
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

const toReviewNote: MakeLink = (facts) => {
  const reviewable = dataNumber(facts.data, 'reviewable_id')
  return reviewable === null ? toTopic(facts) : atSite(facts.base, `/review/${reviewable}`)
}

const toComment: MakeLink = (facts) => {
  const comment = dataNumber(facts.data, 'post_voting_comment_id')
  const topic = toTopic(facts)
  return topic === null || comment === null ? topic : `${topic}#post-voting-comment-${comment}`
}

/** What plugins send: a topic, an address on the forum, or a group's inbox. */
const toPlugin: MakeLink = (facts) => {
  const url = ['url', 'link', 'post_url', 'path', 'href']
    .map((key) => dataText(facts.data, key))
    .find((text) => text !== null)
  return (
    toTopic(facts) ??
    siteLink(facts.base, url ?? '') ??
    (dataNumber(facts.data, 'group_id') === null ? null : toGroupInbox(facts))
  )
}

/** The page of upcoming changes, with those that the notification is about. */
const toUpcomingChanges: MakeLink = ({ base, data }) => {
  const names = data['upcoming_change_names']
  const list = (Array.isArray(names) ? names : [data['upcoming_change_name']]).filter(
    (name) => typeof name === 'string',
  )
  const known = list.slice(0, mostNames).map((name) => name.slice(0, longestName))
  const path = '/admin/config/upcoming-changes'
  return atSite(base, `${path}${query('changeNamesFilter', known.length === 0 ? null : known.join(','))}`)
}

/** Limits what a forum can put into an address. */
const mostNames = 20
const longestName = 100

/** A page of the user's own. */
const toOwn =
  (page: string) =>
  ({ base, me }: LinkFacts): string =>
    atSite(base, `/u/${pathSegment(me)}/${page}`)

const toReceived =
  (what: 'likes-received' | 'links'): MakeLink =>
  (facts) =>
    toOwn(`notifications/${what}`)(facts) + query('acting_username', dataText(facts.data, 'username'))

/** Several posts have no common topic: the link leads to everything that the person reacted to. Hearts count as likes. */
const toReactions: MakeLink = (facts) => {
  const who = dataText(facts.data, 'display_username') ?? dataText(facts.data, 'username')
  if (facts.topic !== null || who === null) return toTopic(facts)
  const page = dataText(facts.data, 'reaction_icon') === null ? 'reactions-received' : 'likes-received'
  return `${toOwn(`notifications/${page}`)(facts)}${query('acting_username', who)}&include_likes=true`
}

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
  upcomingChanges: toUpcomingChanges,
  reviewNote: toReviewNote,
  comment: toComment,
  plugin: toPlugin,
  reactions: toReactions,
} as const satisfies Record<string, MakeLink>

/** Where a kind of notification leads. */
export type LinkRule = keyof typeof rules

/**
 * Where a notification row leads (protocol.md 6): by the rule for its kind, else its topic, else the user's
 * notifications. Everything is encoded and below `base`; only bookmarks contain an address from the server, which
 * `siteLink` checks.
 */
export const notificationLink = (rule: LinkRule, facts: LinkFacts): string =>
  rules[rule](facts) ?? toTopic(facts) ?? toOwn('notifications')(facts)

/** A user name has at most 60 characters, the names of several changes more. */
const longestValue = 200

/** As the URL parser writes it, which encodes the apostrophe as well. */
const query = (name: string, value: string | null): string =>
  value === null
    ? ''
    : `?${name}=${encodeURIComponent(value.slice(0, longestValue).replace(/\p{Cs}/gu, '\ufffd')).replaceAll("'", '%27')}`
