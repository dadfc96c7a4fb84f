import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem, NotificationKind } from '../../common/contract/notification.ts'
import { shownHost } from './address.ts'
import { decodeServerHtml, decodeServerText } from './decode-server-text.ts'
import { dataNumber, dataText, type NotificationData, wholeNumber } from './notification-data.ts'
import { notificationLink } from './notification-link.ts'
import { kindOfNumber, typeOfKind } from './notification-types.ts'

/** The answer of `/notifications.json`, as far as it could be read. */
export interface NotificationList {
  /** In the server's order. */
  readonly items: readonly NotificationItem[]
  /** Everything up to this id has been seen; null where the answer does not say. */
  readonly seenNotificationId: number | null
  /** Entries that were no notifications. */
  readonly skipped: number
}

const whole = v.pipe(v.unknown(), v.transform(wholeNumber))
const neededWhole = v.pipe(whole, v.number())
const optionalText = v.fallback(v.nullable(v.string()), null)

const listSchema = v.object({ notifications: v.array(v.unknown()), seen_notification_id: v.optional(whole) })

/** One item (protocol.md 5.3). Only what no version leaves out is needed; the rest is empty when it is missing or odd. */
const itemSchema = v.object({
  id: neededWhole,
  notification_type: neededWhole,
  created_at: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
    v.finite(),
  ),
  read: v.optional(v.fallback(v.boolean(), false), false),
  high_priority: v.optional(v.fallback(v.nullable(v.boolean()), null), null),
  topic_id: v.optional(whole),
  post_number: v.optional(whole),
  slug: v.optional(optionalText),
  fancy_title: v.optional(optionalText),
  data: v.optional(v.fallback(v.record(v.string(), v.unknown()), {}), {}),
})

/**
 * Reads the list of notifications (protocol.md 5.3). An entry that cannot be read is left out and counted, so that one
 * odd notification never hides the others.
 * @param json the parsed answer
 * @param base the site's origin plus optional folder
 * @param username the account's user name
 * @returns `answer_unreadable` when there is no list at all
 */
export const readNotifications = (json: unknown, base: string, username: string): Result<NotificationList> => {
  const list = v.safeParse(listSchema, json)
  if (!list.success) return fail('answer_unreadable', { host: shownHost(base) })
  const items = list.output.notifications.flatMap((entry) => {
    const item = v.safeParse(itemSchema, entry)
    return item.success ? [decodeItem(item.output, base, username)] : []
  })
  return ok({
    items,
    seenNotificationId: list.output.seen_notification_id ?? null,
    skipped: list.output.notifications.length - items.length,
  })
}

/** High priority by type, where the item itself does not say (before 2.8; protocol.md 6). */
const highPriorityKinds: ReadonlySet<NotificationKind> = new Set(['private_message', 'bookmark_reminder'])

const decodeItem = (item: v.InferOutput<typeof itemSchema>, base: string, me: string): NotificationItem => {
  const kind = kindOfNumber(item.notification_type)
  const { data } = item
  const type = typeOfKind(kind)
  const topic = item.topic_id ?? null
  const place = { base, me, topic, postNumber: item.post_number ?? null, slug: item.slug ?? null }
  const group = kind === 'assigned' ? assignedGroup(data) : null
  const actor = type.byNobody || group !== null ? null : actorName(data)
  const second = shownText(data, 'username2')
  return {
    id: item.id,
    kind,
    read: item.read,
    highPriority: item.high_priority ?? highPriorityKinds.has(kind),
    createdAt: item.created_at,
    actor,
    secondActor: actor === null || second === actor ? null : second,
    count: dataNumber(data, type.count ?? 'count') ?? repliesTogether(data),
    title: decodeServerHtml(item.fancy_title ?? '') ?? shownText(data, 'topic_title') ?? shownText(data, type.title),
    place: group ?? shownText(data, type.place),
    topic,
    excerpt: shownText(data, type.note),
    url: notificationLink(type.link, { ...place, data }),
  }
}

const shownText = (data: NotificationData, key: string | undefined): string | null =>
  key === undefined ? null : decodeServerText(dataText(data, key) ?? '')

/** In the server's own order (protocol.md 6). Where several replies were put together, one of the keys is a sentence. */
const actorName = (data: NotificationData): string | null => {
  for (const key of [
    'username',
    'display_username',
    'mentioned_by_username',
    'invited_by_username',
    'original_username',
  ]) {
    const name = dataText(data, key)?.trim()
    if (name !== undefined && !/\s/.test(name)) return decodeServerText(name)
  }
  return null
}

/** How many replies one notification stands for: a number at HEAD, before that “3 replies” in the place of a name. */
const repliesTogether = (data: NotificationData): number | null => {
  const sentence = dataText(data, 'display_username')?.trim() ?? ''
  const [, digits] = /\s/.test(sentence) ? (/^\D*(\d{1,6})\D*$/.exec(sentence) ?? []) : []
  return dataNumber(data, 'consolidated_count') ?? wholeNumber(digits)
}

/** Assigned to a group, the plugin gives the group's name where else the assigning user's is. */
const assignedGroup = (data: NotificationData): string | null =>
  dataText(data, 'message') === 'discourse_assign.assign_group_notification'
    ? shownText(data, 'display_username')
    : null
