import type { NotificationItem } from '../../../common/contract/notification.ts'
import { isLike } from '../../discourse/notification-types.ts'
import { type AlertLedger, type Coverage, mostPending, withChatNews } from './alert-ledger.ts'

// The one rule for what is news. News is a difference in what the forum says (ARCHITECTURE.md, decision 13): a notification row
// that is unread now and was not there, was read, or had other content before. Ids do not help: forums destroy rows, change
// them under their id, and give lower ids after a restore (protocol.md 14.1, 14.2).

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

/** The result of an update. */
export interface Noted {
  readonly ledger: AlertLedger
  /** What is new in it, and pending from now on. */
  readonly news: readonly NotificationItem[]
  /** Whether there is more news than is listed or can be kept. */
  readonly isCut: boolean
}

/** How many rows are remembered: those of six lists. A row that is forgotten is older than the start of the coverage. */
const mostKnown = 300
/**
 * What makes two states of a row different news: how many events it stands for, and which private messages it points to. Titles
 * and names do not count, because topics and people are renamed; nor does the place of a post, because posts are moved. Times
 * count to the second, which is all the live channel gives (protocol.md 14).
 */
const contentOf = ({ kind, createdAt, count, secondActor, topic, url }: NotificationItem): string => {
  const places = topic === null ? new URL(url).pathname.split('/').filter((part) => /^\d+$/.test(part)) : []
  return [kind, Math.floor(createdAt / 1000), count ?? '', secondActor === null ? '' : '+', ...places].join(' ')
}

/** Whether the row would already be known if it had been unread before. */
const isCovered = (coverage: Coverage, item: NotificationItem, source: RowsUpdate['source']): boolean => {
  if (coverage.unread === 'all') return true
  if (coverage.unread === 'allButLikes' && !isLike(item.kind)) return true
  if (coverage.unread === 'highPriority' && item.highPriority) return true
  // The channel gives whole seconds, and names old rows only if the list has named them before.
  const since = source === 'channel' ? Math.floor(coverage.since / 1000) * 1000 - 1 : coverage.since
  return item.createdAt > since
}

/** What a list covers. It begins with unread rows, however old; the others follow by date, newest first. */
const coverageOf = (update: RowsUpdate & { source: 'list' }, before: Coverage): Coverage => {
  const { items, isFull, isUnreadFirst } = update
  // Newer forums fill the list first and then leave out what the user may not see (protocol.md 5.3), so a list may be full
  // although it holds fewer rows. One that does not reach the rows that were read is complete only if it is short.
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

/** Applies what the forum says about rows. */
export const noteRows = (ledger: AlertLedger, update: RowsUpdate): Noted => {
  const entries = new Map(ledger.known.map((entry) => [entry.id, entry]))
  const news: NotificationItem[] = []
  let hasChanged = update.source === 'list'
  const put = (entry: AlertLedger['known'][number]): void => {
    const before = entries.get(entry.id)
    hasChanged ||= before?.content !== entry.content || before.isRead !== entry.isRead
    // Moved to the end, so that what has not been mentioned for longest is forgotten first.
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
  // A bus message that says nothing new is not worth a write.
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

/** Pending news as the forum describes it now. Excerpts that only the live channel has are kept. */
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
