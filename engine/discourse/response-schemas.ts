import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { boundedAddress, boundedCount, boundedText, boundedWhole, optionalCount } from './bounded-values.ts'
import type { HttpAnswer } from './http.ts'
import { unreadable } from './http-error.ts'

// The parts of Discourse's JSON that are used. Every field that some version omits is optional (protocol.md 10).

/** Discourse allows 60 characters. */
const userName = v.pipe(boundedText(60), v.string())

/** Unread topics, in forums that track them; only `new` where the user has both in one view (protocol.md 5.2). */
const topicTracking = v.fallback(v.nullable(v.object({ new: optionalCount, unread: optionalCount })), null)

const groupInbox = v.object({
  group_id: v.pipe(boundedWhole, v.number()),
  group_name: v.pipe(boundedText(60), v.string()),
  count: v.optional(v.fallback(boundedCount, 0), 0),
})

/** A bad entry costs only itself. */
const groupInboxes = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((list) =>
    list.slice(0, mostGroups).flatMap((entry) => {
      const inbox = v.safeParse(groupInbox, entry)
      return inbox.success ? [inbox.output] : []
    }),
  ),
)
const mostGroups = 100

/** `/notifications/totals.json`, 3.3 and newer (protocol.md 5.2). */
export const totalsSchema = v.object({
  // With U+FFFD it was not UTF-8, and is not the name; the account keeps the one it has.
  username: v.optional(v.fallback(v.optional(v.pipe(userName, v.excludes('\ufffd'))), undefined)),
  unread_notifications: boundedCount,
  unread_personal_messages: optionalCount,
  unseen_reviewables: optionalCount,
  chat_notifications: optionalCount,
  topic_tracking: v.optional(topicTracking),
  group_inboxes: v.optional(groupInboxes),
})

/** `/session/current.json`, every version (protocol.md 5.1). */
export const sessionSchema = v.object({
  current_user: v.object({
    id: v.pipe(boundedWhole, v.number()),
    username: userName,
    avatar_template: v.optional(boundedAddress),
    unread_notifications: optionalCount,
    unread_high_priority_notifications: optionalCount,
    all_unread_notifications_count: optionalCount,
    new_personal_messages_notifications_count: optionalCount,
    grouped_unread_notifications: v.optional(v.fallback(v.nullable(v.record(v.string(), v.unknown())), null)),
    unseen_reviewable_count: optionalCount,
    notification_channel_position: v.optional(boundedWhole),
    do_not_disturb_channel_position: v.optional(boundedWhole),
    do_not_disturb_until: v.optional(v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(60))), null)),
  }),
})

/** What a forum answers when it has done what it was asked to: marked as read, or revoked (protocol.md 1.7 and 5.4). */
export const doneSchema = v.object({ success: v.literal('OK') })

/** `/site/basic-info.json`, no key (protocol.md 5.5). */
export const basicInfoSchema = v.object({
  title: v.optional(boundedText(100)),
  header_primary_color: v.optional(boundedText(20)),
  header_background_color: v.optional(boundedText(20)),
  apple_touch_icon_url: v.optional(boundedAddress),
  favicon_url: v.optional(boundedAddress),
  logo_small_url: v.optional(boundedAddress),
})

/** What is inside an encrypted payload (protocol.md 1.5). */
export const payloadSchema = v.object({
  key: v.pipe(v.string(), v.regex(/^[0-9a-zA-Z_-]{16,256}$/)),
  nonce: v.pipe(v.string(), v.maxLength(256)),
  api: v.optional(v.unknown()),
  expires_at: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(60)))),
})

/** Reads an answer of the site `base` as JSON of a known shape. Failures: those of `unreadable`. */
export const readJson = <Schema extends v.GenericSchema>(
  schema: Schema,
  answer: HttpAnswer,
  base: string,
): Result<v.InferOutput<Schema>> => {
  const parsed = v.safeParse(schema, parseBoundedJson(answer.text))
  return parsed.success ? ok(parsed.output) : { ok: false, failure: unreadable(answer, base) }
}
