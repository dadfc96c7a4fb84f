import * as v from 'valibot'
import type { Immutable } from '../../common/contract/immutable.ts'
import { type NotificationItem, notificationSchema } from '../../common/contract/notification.ts'
import { type Counts, countsSchema } from '../../common/contract/snapshot.ts'
import { isLike } from '../discourse/notification-types.ts'

// What the user of one account has been alerted to, and the one rule for what is news. Pure functions on an immutable value;
// `alert-ledgers.ts` keeps the values.
//
// News is a difference in what the forum says (ARCHITECTURE.md, decision 13): a notification row that is unread now and was
// not there, was read, or had other content before. Ids do not help: forums destroy rows, change them under their id, and
// give lower ids after a restore (protocol.md 14.1, 14.2).

const known = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  /** The row's content; null while it is not known, then the first that is seen counts as the one from before. */
  content: v.nullable(v.string()),
  isRead: v.boolean(),
})

/** More of anything than is ever written was not written by this program. */
const mostRead = 1000

/** Which rows would have been known already, had they been unread before. */
const coverageSchema = v.object({
  /** Every row made later than this is known. Milliseconds since 1970. */
  since: v.pipe(v.number(), v.finite()),
  /** Which unread rows are known besides, however old they are. */
  unread: v.picklist(['all', 'allButLikes', 'highPriority', 'none']),
})

export const alertLedgerSchema = v.object({
  version: v.literal(1),
  /** Rows as the forum last described them, those it no longer has among them, the longest unmentioned first. */
  known: v.pipe(v.array(known), v.maxLength(mostRead)),
  coverage: coverageSchema,
  /**
   * News that has to be shown yet, the oldest first: it is taken out just before that, so that a crash loses one alert.
   * Chat messages have no row, and negative ids of our own.
   */
  pending: v.pipe(v.array(notificationSchema), v.maxLength(mostRead)),
  /** Rows that the user has put off, and when each is news again, in milliseconds since 1970. */
  snoozed: v.optional(
    v.pipe(
      v.array(v.object({ item: notificationSchema, until: v.pipe(v.number(), v.finite()) })),
      v.maxLength(mostRead),
    ),
    [],
  ),
  /** News from a quiet time, to be summed up after it. */
  deferred: v.pipe(v.array(notificationSchema), v.maxLength(mostRead)),
  /** Whether there is more deferred news than `deferred` holds. */
  hasMoreDeferred: v.boolean(),
  /** Chat and the review queue have only counts: how high these were when the user was last alerted to them. */
  counts: v.nullable(countsSchema),
  /** Whether a rise of these counts is to be summed up after a quiet time. */
  isRiseDeferred: v.boolean(),
  /** What was shown lately, and when: another account of the same site may be notified of the same post. */
  shown: v.pipe(v.array(v.object({ place: v.string(), at: v.pipe(v.number(), v.finite()) })), v.maxLength(mostRead)),
})

export type AlertLedger = Immutable<v.InferOutput<typeof alertLedgerSchema>>
export type Coverage = AlertLedger['coverage']

/** What a forum has said about rows: a whole list, or single rows on its live channel. */
export type RowsUpdate =
  | {
      readonly source: 'list'
      /** In the forum's own order. */
      readonly items: readonly NotificationItem[]
      /** Whether there may be more rows than it holds. */
      readonly isFull: boolean
      /** Whether all unread rows come before the others: 3.0 and newer; before that only those of high priority do. */
      readonly isUnreadFirst: boolean
    }
  | {
      readonly source: 'channel'
      readonly items: readonly NotificationItem[]
      /** Of these the channel says that they are read, and nothing else. */
      readonly read: readonly number[]
    }

/** What follows from an update. */
export interface Noted {
  readonly ledger: AlertLedger
  /** What is new in it; it is pending from now on. */
  readonly news: readonly NotificationItem[]
  /** Whether there is more news than is listed or can be kept. */
  readonly isCut: boolean
}

/** Rows that are remembered: those of six lists. A row that is forgotten is older than what the coverage begins with. */
const mostKnown = 300
/** More pending or deferred news than two lists is only counted anyway. */
const mostPending = 100
/** How long another account of the site is not alerted to the same, in milliseconds, and how many such are kept. */
const shownLifetime = 24 * 60 * 60_000
const mostShown = 200

/** @param since when the account was added: what was there then is no news */
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

/**
 * What makes two states of a row different news: how many it stands for, and which messages it points to. Titles and names are
 * not part of it, for topics and people are renamed; nor is the place of a post, for posts are moved. Times only to the
 * second: the live channel gives no more (protocol.md 14).
 */
const contentOf = ({ kind, createdAt, count, secondActor, topic, url }: NotificationItem): string => {
  const places = topic === null ? new URL(url).pathname.split('/').filter((part) => /^\d+$/.test(part)) : []
  return [kind, Math.floor(createdAt / 1000), count ?? '', secondActor === null ? '' : '+', ...places].join(' ')
}

/** Whether the row would be known, had it been unread before. */
const isCovered = (coverage: Coverage, item: NotificationItem, source: RowsUpdate['source']): boolean => {
  if (coverage.unread === 'all') return true
  if (coverage.unread === 'allButLikes' && !isLike(item.kind)) return true
  if (coverage.unread === 'highPriority' && item.highPriority) return true
  // The channel gives whole seconds, and it names old rows only where the list has named them before.
  const since = source === 'channel' ? Math.floor(coverage.since / 1000) * 1000 - 1 : coverage.since
  return item.createdAt > since
}

/** What a list covers. It begins with unread rows, however old; after them come the others by date, the newest first. */
const coverageOf = (update: RowsUpdate & { source: 'list' }, before: Coverage): Coverage => {
  const { items, isFull, isUnreadFirst } = update
  // Newer forums fill the list first and then leave out what the user may not see (protocol.md 5.3), so that a list may be
  // full although it holds fewer rows. Where it does not reach the rows that were read, only a short one is whole.
  const isByDate = (item: NotificationItem): boolean =>
    item.read || (isUnreadFirst ? isLike(item.kind) : !item.highPriority)
  const byDate = items.filter(isByDate)
  const unreadByDate = items.filter(({ highPriority }) => !highPriority)
  const last = [byDate, unreadByDate, items].find((rows) => rows.length > 0)
  const since = last === undefined ? before.since : Math.min(...last.map(({ createdAt }) => createdAt))
  const isShort = isUnreadFirst ? items.length <= shortList : !isFull
  if (isShort) return { since, unread: 'all' }
  if (byDate.length === 0) return { since, unread: 'none' }
  return { since, unread: isUnreadFirst ? 'allButLikes' : 'highPriority' }
}

/** A list of at most so many rows holds all there are. */
const shortList = 25

/** Takes in what the forum says about rows. */
export const noteRows = (ledger: AlertLedger, update: RowsUpdate): Noted => {
  const entries = new Map(ledger.known.map((entry) => [entry.id, entry]))
  const news: NotificationItem[] = []
  let hasChanged = update.source === 'list'
  const put = (entry: AlertLedger['known'][number]): void => {
    const before = entries.get(entry.id)
    hasChanged ||= before?.content !== entry.content || before.isRead !== entry.isRead
    // Last in order, so that what has not been mentioned for longest is forgotten first.
    entries.delete(entry.id)
    entries.set(entry.id, entry)
  }
  for (const item of update.items) {
    const before = entries.get(item.id)
    const content = contentOf(item)
    const isOther = before !== undefined && before.content !== null && before.content !== content
    const wasKnown =
      before !== undefined ? !before.isRead && !isOther : !isCovered(ledger.coverage, item, update.source)
    if (!item.read && !wasKnown) news.push(item)
    put({ id: item.id, content, isRead: item.read })
  }
  for (const id of update.source === 'channel' ? update.read : []) {
    const before = entries.get(id)
    if (before !== undefined) put({ ...before, isRead: true })
  }
  const isList = update.source === 'list'
  const pending = withNews(withLatest(ledger.pending, update.items), news)
  const endsInNews = isList && update.isFull && update.items.at(-1) === news.at(-1) && news.length > 0
  // Nothing is written for a message that says what is known.
  if (!hasChanged && pending === ledger.pending) return { ledger, news, isCut: false }
  return {
    ledger: {
      ...ledger,
      known: [...entries.values()].slice(-mostKnown),
      coverage: isList ? coverageOf(update, ledger.coverage) : ledger.coverage,
      pending: pending.slice(-mostPending),
      counts: withChatNews(ledger.counts, news),
    },
    news,
    isCut: endsInNews || pending.length > mostPending,
  }
}

/** Pending news as the forum describes it by now; words that only the live channel has stay. */
const withLatest = (pending: AlertLedger['pending'], items: readonly NotificationItem[]): AlertLedger['pending'] => {
  if (pending.length === 0) return pending
  const latest = new Map(items.map((item) => [item.id, item]))
  return pending.map((news) => {
    const item = latest.get(news.id)
    if (item === undefined) return news
    return { ...item, excerpt: item.excerpt ?? (contentOf(item) === contentOf(news) ? news.excerpt : null) }
  })
}

const withNews = (pending: AlertLedger['pending'], items: readonly NotificationItem[]): AlertLedger['pending'] => {
  if (items.length === 0) return pending
  const ids = new Set(pending.map(({ id }) => id))
  const added = items.filter(({ id }) => !ids.has(id)).toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id)
  return [...pending, ...added]
}

/** A mention in chat has a row and raises the count for chat as well: it is news once (protocol.md 14.4). */
const withChatNews = (counts: AlertLedger['counts'], news: readonly NotificationItem[]): AlertLedger['counts'] => {
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
 * Lowers what the user was alerted to where less is there now: what comes next is new again.
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

/** The user has been alerted to these counts, or wants no alert for them. */
export const withCounts = (ledger: AlertLedger, counts: Counts): AlertLedger => ({
  ...ledger,
  counts,
  isRiseDeferred: false,
})

/** Takes pending news out: it is being shown, or nobody wants it. */
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

/** Whose doing it is and where, by which two accounts of one person would be alerted to the same. */
const placeOf = ({ url, actor }: NotificationItem): string => JSON.stringify([url, actor])

/** Whether the user was alerted to this lately. What concerns no topic concerns each account by itself. */
export const wasShown = ({ shown }: AlertLedger, item: NotificationItem, now: number): boolean =>
  item.topic !== null && shown.some(({ place, at }) => place === placeOf(item) && now - at < shownLifetime)

export const withShown = (ledger: AlertLedger, items: readonly NotificationItem[], now: number): AlertLedger => {
  const added = items.map((item) => ({ place: placeOf(item), at: now }))
  const recent = ledger.shown.filter(({ at }) => now - at < shownLifetime)
  return { ...ledger, shown: [...recent, ...added].slice(-mostShown) }
}
