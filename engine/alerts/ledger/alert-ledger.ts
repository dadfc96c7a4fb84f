import * as v from 'valibot'
import type { Immutable } from '../../../common/contract/immutable.ts'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import { type Counts, countsSchema } from '../../../common/contract/snapshot.ts'
import { timeSchema } from '../../../common/contract/time-schema.ts'
import { storedRowSchema } from '../../storage/stored-row.ts'

// What the user of one account has been alerted to. Pure functions on an immutable value: `note-rows.ts` has the rule for what is
// news, `alert-ledgers.ts` keeps the values.

const known = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  /** The row's content; null while it is not known, then the first that is seen counts as the one from before. */
  content: v.nullable(v.string()),
  isRead: v.boolean(),
})

/** A file with more entries than this was not written by this program. */
const mostRead = 1000

/** Which rows would have been known already, had they been unread before. */
const coverageSchema = v.object({
  /** Every row made later than this is known. Milliseconds since 1970. */
  since: timeSchema,
  /** Which unread rows are known besides, however old they are. */
  unread: v.picklist(['all', 'allButLikes', 'highPriority', 'none']),
})

export const alertLedgerSchema = v.object({
  version: v.literal(1),
  /** Rows as the forum last described them, including those it no longer has; the longest unmentioned first. */
  known: v.pipe(v.array(known), v.maxLength(mostRead)),
  coverage: coverageSchema,
  /**
   * News that has yet to be shown, oldest first. Each is taken out just before that, so that a crash loses at most one alert.
   * Chat messages have no row; they get negative ids of our own.
   */
  pending: v.pipe(v.array(storedRowSchema), v.maxLength(mostRead)),
  /** Rows that the user has snoozed, and when each is news again, in milliseconds since 1970. */
  snoozed: v.optional(
    v.pipe(v.array(v.object({ item: storedRowSchema, until: timeSchema })), v.maxLength(mostRead)),
    [],
  ),
  /** News from a quiet time, to be summed up after it. */
  deferred: v.pipe(v.array(storedRowSchema), v.maxLength(mostRead)),
  /** Whether there is more deferred news than `deferred` holds. */
  hasMoreDeferred: v.boolean(),
  /** Chat and the review queue have only counts: how high these were when the user was last alerted to them. */
  counts: v.nullable(countsSchema),
  /** Whether a rise of these counts is to be summed up after a quiet time. */
  isRiseDeferred: v.boolean(),
  /** What was shown lately, and when: another account of the same site may be notified of the same post. */
  shown: v.pipe(v.array(v.object({ place: v.string(), at: timeSchema })), v.maxLength(mostRead)),
})

export type AlertLedger = Immutable<v.InferOutput<typeof alertLedgerSchema>>
export type Coverage = AlertLedger['coverage']

/** More pending or deferred news than two lists would only be counted anyway. */
export const mostPending = 100
/** For how long another account of the site is not alerted to the same post, in milliseconds, and how many such posts are kept. */
const shownLifetime = 24 * 60 * 60_000
const mostShown = 200

/** @param since when the account was added, in milliseconds since 1970: what was there by then is not news */
export const emptyLedger = (since: number): AlertLedger => ({
  version: 1,
  known: [],
  coverage: { since, unread: 'none' },
  pending: [],
  snoozed: [],
  deferred: [],
  hasMoreDeferred: false,
  counts: null,
  isRiseDeferred: false,
  shown: [],
})

/** A mention in chat has a row and raises the count for chat as well: it is news once (protocol.md 14.4). */
export const withChatNews = (
  counts: AlertLedger['counts'],
  news: readonly NotificationItem[],
): AlertLedger['counts'] => {
  const inChat = news.filter(({ kind }) => kind.startsWith('chat_')).length
  return counts === null || inChat === 0 ? counts : { ...counts, chat: counts.chat + inChat }
}

/**
 * Takes in a chat message from the live channel.
 * @param item has a negative id that no other has
 * @param isCounted whether the forum counts it as unread chat
 */
export const noteChatMessage = (ledger: AlertLedger, item: NotificationItem, isCounted: boolean): AlertLedger => ({
  ...ledger,
  counts: isCounted ? withChatNews(ledger.counts, [item]) : ledger.counts,
  pending: [...ledger.pending, item].slice(-mostPending),
})

/** How much chat and the review queue have risen beyond what the user was alerted to; null when nothing has. */
export const riseOf = ({ counts }: AlertLedger, now: Counts): Counts | null => {
  if (counts === null) return null
  const chat = Math.max(0, now.chat - counts.chat)
  const reviewables = Math.max(0, now.reviewables - counts.reviewables)
  return chat + reviewables === 0
    ? null
    : { notifications: 0, messages: 0, chat, reviewables, total: chat + reviewables }
}

/**
 * Lowers the counts that the user was alerted to where there is less now, so that what comes next is new again.
 * @param isChatSure false where the answer may be older than the last chat message
 */
export const noteFallenCounts = (ledger: AlertLedger, now: Counts, isChatSure: boolean): AlertLedger => {
  const { counts } = ledger
  if (counts === null) return { ...ledger, counts: now }
  const chat = isChatSure ? Math.min(counts.chat, now.chat) : counts.chat
  const reviewables = Math.min(counts.reviewables, now.reviewables)
  const isSame = chat === counts.chat && reviewables === counts.reviewables
  return isSame ? ledger : { ...ledger, counts: { ...counts, chat, reviewables } }
}

/** Notes that the user has been alerted to these counts, or wants no alert for them. */
export const withCounts = (ledger: AlertLedger, counts: Counts): AlertLedger => ({
  ...ledger,
  counts,
  isRiseDeferred: false,
})

/** Removes pending news that is about to be shown, or that nobody wants. */
export const withoutPending = (ledger: AlertLedger, taken: ReadonlySet<number>): AlertLedger => ({
  ...ledger,
  pending: ledger.pending.filter(({ id }) => !taken.has(id)),
})

/**
 * Moves pending news to what is summed up after the quiet time.
 * @param hasMore whether there is more of it than the list held
 */
export const withDeferred = (ledger: AlertLedger, taken: ReadonlySet<number>, hasMore: boolean): AlertLedger => {
  const rows = ledger.pending.filter(({ id }) => taken.has(id) && id > 0)
  const deferred = [...new Map([...ledger.deferred, ...rows].map((item) => [item.id, item])).values()]
  // Chat messages are summed up by the forum's count, which knows what was read meanwhile.
  const messages = taken.size - rows.length
  const { counts } = ledger
  return {
    ...withoutPending(ledger, taken),
    counts: counts && { ...counts, chat: Math.max(0, counts.chat - messages) },
    isRiseDeferred: ledger.isRiseDeferred || messages > 0,
    deferred: deferred.slice(-mostPending),
    hasMoreDeferred: ledger.hasMoreDeferred || hasMore || deferred.length > mostPending,
  }
}

/** The quiet time is over: nothing is deferred any more. */
export const withoutDeferred = (ledger: AlertLedger, counts: Counts | null): AlertLedger => ({
  ...ledger,
  ...{ deferred: [], hasMoreDeferred: false, isRiseDeferred: false },
  counts: counts ?? ledger.counts,
})

/** Who did something where: two accounts of one person would be alerted to the same. */
const placeOf = ({ url, actor }: NotificationItem): string => JSON.stringify([url, actor])

/** Whether the user was alerted to this lately. What is not about a topic is news for each account by itself. */
export const wasShown = ({ shown }: AlertLedger, item: NotificationItem, now: number): boolean =>
  item.topic !== null && shown.some(({ place, at }) => place === placeOf(item) && now - at < shownLifetime)

export const withShown = (ledger: AlertLedger, items: readonly NotificationItem[], now: number): AlertLedger => {
  const added = items.map((item) => ({ place: placeOf(item), at: now }))
  const recent = ledger.shown.filter(({ at }) => now - at < shownLifetime)
  return { ...ledger, shown: [...recent, ...added].slice(-mostShown) }
}
