import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem, NotificationKind } from '../../common/contract/notification.ts'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import { shownHost } from './address.ts'
import { boundedAddress, boundedWhole } from './bounded-values.ts'
import { decodeServerHtml, decodeServerText, emojiOf } from './decode-server-text.ts'
import { dataNumber, dataText, firstText, type NotificationData, wholeNumber } from './notification-data.ts'
import { notificationLink } from './notification-link.ts'
import { kindOfItem, type NotificationType, typeOfKind } from './notification-types.ts'

/** The answer of `/notifications.json`, as far as it could be read. */
export interface NotificationList {
  /** In the server's order. */
  readonly items: readonly NotificationItem[]
  /** Everything up to this id has been seen; null where the answer does not say. */
  readonly seenNotificationId: number | null
  /** Entries that are not notifications, and those after the most that are read. */
  readonly skipped: number
}

const neededWhole = v.pipe(boundedWhole, v.number())

/** Later times are errors, and would be no valid dates once something is added to them. */
const latestTime = Date.UTC(2100)
const optionalText = v.fallback(v.nullable(v.string()), null)

const listSchema = v.object({ notifications: v.array(v.unknown()), seen_notification_id: v.optional(boundedWhole) })

/** The most rows that are read of a list. We ask for 50; forums that ignore that send 60 (protocol.md 5.3). */
const mostRows = 100

/** The most characters of a row's data; Discourse's own column takes 1000 (`notifications.data` of its schema). */
const longestData = 20_000

const parseDataText = (data: string): unknown => (data.length <= longestData ? parseBoundedJson(data) : undefined)

/** An object, or an object as JSON text: some plugins encode it twice. */
const dataSchema = v.pipe(
  v.unknown(),
  v.transform((data) => (typeof data === 'string' ? parseDataText(data) : data)),
  v.record(v.string(), v.unknown()),
)

/**
 * One item (protocol.md 5.3). Only what no version omits is required; the rest is empty when it is missing or invalid.
 */
const itemSchema = v.object({
  id: v.pipe(neededWhole, v.minValue(1)),
  notification_type: neededWhole,
  created_at: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
    v.finite(),
    v.transform((time) => Math.min(latestTime, Math.max(0, time))),
  ),
  read: v.optional(v.fallback(v.boolean(), false), false),
  high_priority: v.optional(v.fallback(v.nullable(v.boolean()), null), null),
  topic_id: v.optional(boundedWhole),
  post_number: v.optional(boundedWhole),
  slug: v.optional(optionalText),
  fancy_title: v.optional(optionalText),
  is_warning: v.optional(v.fallback(v.boolean(), false), false),
  acting_user_name: v.optional(optionalText),
  acting_user_avatar_template: v.optional(boundedAddress),
  data: v.optional(v.fallback(dataSchema, {}), {}),
})

/**
 * Reads the list of notifications (protocol.md 5.3). An unreadable entry is left out and counted, so that one bad
 * notification never hides the others.
 * @param json the parsed answer
 * @param base the site's origin plus optional folder
 * @param username the account's user name
 * @returns `answer_unreadable` when there is no list at all
 */
export const readNotifications = (json: unknown, base: string, username: string): Result<NotificationList> => {
  const list = v.safeParse(listSchema, json)
  if (!list.success) return fail('answer_unreadable', { host: shownHost(base) })
  const items = list.output.notifications.slice(0, mostRows).flatMap((entry) => {
    const item = v.safeParse(itemSchema, entry)
    return item.success ? [decodeItem(item.output, base, username)] : []
  })
  return ok({
    items,
    seenNotificationId: list.output.seen_notification_id ?? null,
    skipped: list.output.notifications.length - items.length,
  })
}

/** High priority by type, if the item itself does not say (before 2.8; protocol.md 6). */
const highPriorityKinds: ReadonlySet<NotificationKind> = new Set(['private_message', 'bookmark_reminder'])

const decodeItem = (item: v.InferOutput<typeof itemSchema>, base: string, me: string): NotificationItem => {
  const { data } = item
  const kind = kindOfItem(item.notification_type, data)
  const type = typeOfKind(kind)
  const topic = item.topic_id ?? null
  const postNumber = item.post_number ?? null
  const shape = type.shape?.({ data, postNumber, isWarning: item.is_warning })
  const group = shape === 'topic_to_group' || shape === 'post_to_group' ? shownText(data, 'display_username') : null
  const mentioned = kind === 'chat_mention' ? shownText(data, 'identifier') : null
  const emoji = kind === 'reaction' ? emojiOf(dataText(data, 'reaction_icon') ?? '') : undefined
  const who = type.byNobody || group !== null ? noActors : actors(kind, data, item.acting_user_name ?? null)
  const avatarTemplate = who.actor === null ? null : (item.acting_user_avatar_template ?? null)
  return {
    id: item.id,
    kind,
    ...(shape === undefined ? {} : { shape }),
    read: item.read,
    highPriority: item.high_priority ?? highPriorityKinds.has(kind),
    createdAt: item.created_at,
    ...who,
    ...(avatarTemplate === null ? {} : { avatarTemplate }),
    count: dataNumber(data, type.count ?? 'count') ?? repliesTogether(data),
    ...(mentioned === null ? {} : { mentioned }),
    ...(emoji === undefined ? {} : { emoji }),
    title: titleOf(type, data, shape === 'review_note' ? null : item.fancy_title),
    place: group ?? (shape === 'in_personal_chat' ? null : shownText(data, type.place)),
    topic,
    excerpt: type.link === 'plugin' ? pluginText(data, type.note) : shownText(data, type.note),
    url: notificationLink(type.link, { base, me, topic, postNumber, slug: item.slug ?? null, data }),
  }
}

/** The topic's title, unless the item has a name of its own; for several upcoming changes, the name of the first. */
const titleOf = (
  type: Omit<NotificationType, 'number'>,
  data: NotificationData,
  fancyTitle: string | null | undefined,
): string | null =>
  shownText(data, type.ownTitle) ??
  decodeServerHtml(fancyTitle ?? '') ??
  (type.ownTitle === undefined ? shownText(data, 'topic_title') : null) ??
  (type.link === 'plugin' ? pluginText(data, type.title) : shownText(data, type.title)) ??
  decodeServerText(firstText(data, 'upcoming_change_humanized_names') ?? '')

const shownText = (data: NotificationData, key: string | undefined): string | null =>
  key === undefined ? null : decodeServerText(dataText(data, key) ?? '')

/** The same for plugins, which may send the key of a translation that only the forum's own page can look up. */
const pluginText = (data: NotificationData, key: string | undefined): string | null => {
  const text = shownText(data, key)
  return text === null || isTranslationKey(text) ? null : text
}

/**
 * `kite_shop.notification.title`, `votes_released`; or, where the page lacks the translation too,
 * `[en.kite_shop.title]`.
 */
const isTranslationKey = (text: string): boolean => /^\[?[a-z0-9-]+(?:[._][a-z0-9-]+)+\]?$/.test(text)

type Actors = Pick<NotificationItem, 'actor' | 'secondActor' | 'actorName' | 'secondActorName'>

const noActors: Actors = { actor: null, secondActor: null }

/**
 * Who did it. Full names are used if the forum sends the acting user's with the item, as it does if its own menu shows
 * full names; those in `data` are always present, but are not always the actor's.
 */
const actors = (kind: NotificationKind, data: NotificationData, fullName: string | null): Actors => {
  const first = actorName(data)
  const other = shownText(data, 'username2')
  // In a thread the second name is the newest one.
  const [actor, second] = kind === 'chat_watched_thread' && other !== null ? [other, first] : [first, other]
  const name = fullName === null ? null : decodeServerText(fullName, longestName)
  const secondName = name === null ? null : decodeServerText(dataText(data, 'name2') ?? '', longestName)
  const secondActor = actor === null || second === actor ? null : second
  return {
    actor,
    secondActor,
    ...(name === null ? {} : { actorName: name }),
    ...(secondName === null || secondActor === null ? {} : { secondActorName: secondName }),
  }
}

/** Full names may have 255 characters on the forum, more than fit in a line. */
const longestName = 60

/**
 * In the server's own order (protocol.md 6). If several replies are combined, one of the keys is a sentence.
 */
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
