import * as v from 'valibot'
import { ok, type Result } from '../../common/contract/failure.ts'
import { parseJson } from '../parsing/parse-json.ts'
import type { HttpAnswer } from './http.ts'
import { unreadable } from './http-error.ts'

// The parts of Discourse's JSON that are used. Every field that some version leaves out is optional (protocol.md 10).

const count = v.pipe(
  v.number(),
  v.transform((value) => Math.max(0, Math.trunc(value))),
)
const optionalCount = v.optional(v.nullable(count))

/** `/notifications/totals.json`, 3.3 and newer (protocol.md 5.2). */
export const totalsSchema = v.object({
  username: v.optional(v.string()),
  unread_notifications: count,
  unread_personal_messages: optionalCount,
  unseen_reviewables: optionalCount,
  chat_notifications: optionalCount,
})

/** `/session/current.json`, every version (protocol.md 5.1). */
export const sessionSchema = v.object({
  current_user: v.object({
    id: v.number(),
    username: v.string(),
    avatar_template: v.optional(v.nullable(v.string())),
    unread_notifications: optionalCount,
    unread_high_priority_notifications: optionalCount,
    all_unread_notifications_count: optionalCount,
    new_personal_messages_notifications_count: optionalCount,
    unread_private_messages: optionalCount,
    unseen_reviewable_count: optionalCount,
    notification_channel_position: v.optional(v.nullable(v.number())),
    do_not_disturb_channel_position: v.optional(v.nullable(v.number())),
    do_not_disturb_until: v.optional(v.nullable(v.string())),
  }),
})

/** What a forum answers when it has done what it was asked to: marked as read, or revoked (protocol.md 1.7 and 5.4). */
export const doneSchema = v.object({ success: v.literal('OK') })

/** `/site/basic-info.json`, no key (protocol.md 5.5). */
export const basicInfoSchema = v.object({
  title: v.optional(v.nullable(v.string())),
  header_primary_color: v.optional(v.nullable(v.string())),
  header_background_color: v.optional(v.nullable(v.string())),
  apple_touch_icon_url: v.optional(v.nullable(v.string())),
  favicon_url: v.optional(v.nullable(v.string())),
  logo_small_url: v.optional(v.nullable(v.string())),
})

/** What is inside an encrypted payload (protocol.md 1.5). */
export const payloadSchema = v.object({
  key: v.pipe(v.string(), v.regex(/^[0-9a-zA-Z_-]{16,256}$/)),
  nonce: v.string(),
  api: v.optional(v.number()),
  expires_at: v.optional(v.nullable(v.string())),
})

/** Reads an answer's text as JSON of a known shape. `host` is for the sentence. Failures: those of `unreadable`. */
export const readJson = <Schema extends v.GenericSchema>(
  schema: Schema,
  answer: HttpAnswer,
  host: string,
): Result<v.InferOutput<Schema>> => {
  const parsed = v.safeParse(schema, parseJson(answer.text))
  return parsed.success ? ok(parsed.output) : { ok: false, failure: unreadable(answer, host) }
}
