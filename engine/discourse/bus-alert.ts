import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { shownHost } from './address.ts'
import { decodeServerText } from './decode-server-text.ts'
import { wholeNumber } from './notification-data.ts'
import { notificationLink } from './notification-link.ts'
import { kindOfNumber } from './notification-types.ts'
import { siteLink } from './site-link.ts'

/** What the live channel says about a new post or chat message. It names no notification: the list has its id. */
export type BusAlert = Pick<NotificationItem, 'kind' | 'actor' | 'title' | 'place' | 'topic' | 'excerpt' | 'url'> & {
  readonly postNumber: number | null
  /** Whether it was written to the user in a direct-message channel of chat. */
  readonly isDirectMessage: boolean
}

/** Where the server cuts excerpts (protocol.md 5.6). */
const longestExcerpt = 400

const whole = v.pipe(v.unknown(), v.transform(wholeNumber))
const optionalText = v.optional(v.fallback(v.string(), ''), '')

const alertSchema = v.object({
  notification_type: v.pipe(whole, v.number()),
  topic_title: optionalText,
  topic_id: v.optional(whole),
  post_number: v.optional(whole),
  excerpt: optionalText,
  username: optionalText,
  group_name: optionalText,
  post_url: optionalText,
  is_direct_message_channel: v.optional(v.fallback(v.boolean(), false), false),
})

/**
 * Reads a bus message of `/notification-alert/<user>` or `/chat/notification-alert/<user>` (protocol.md 5.6). Titles
 * and excerpts come as text, not as HTML.
 * @param data the bus message's `data`
 * @param base the site's origin plus optional folder
 * @param username the account's user name
 * @returns `answer_unreadable` when it is not such a bus message
 */
export const readBusAlert = (data: unknown, base: string, username: string): Result<BusAlert> => {
  const message = v.safeParse(alertSchema, data)
  if (!message.success) return fail('answer_unreadable', { host: shownHost(base) })
  const {
    notification_type,
    topic_id,
    post_number,
    post_url,
    is_direct_message_channel: isDirectMessage,
    ...text
  } = message.output
  const topic = topic_id ?? null
  const postNumber = post_number ?? null
  return ok({
    kind: kindOfNumber(notification_type),
    actor: decodeServerText(text.username),
    title: decodeServerText(text.topic_title),
    place: decodeServerText(text.group_name),
    topic,
    postNumber,
    isDirectMessage,
    excerpt: decodeServerText(text.excerpt, longestExcerpt),
    url:
      siteLink(base, post_url) ??
      notificationLink('topic', { base, me: username, topic, postNumber, slug: null, data: {} }),
  })
}
