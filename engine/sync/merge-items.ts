import { isDeepStrictEqual } from 'node:util'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { OlderRows } from '../account.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { BusNotification } from '../discourse/bus-notification.ts'
import { isLike } from '../discourse/notification-types.ts'

/** How many rows of an account are asked for and kept; forums give no more than 60, old ones 50 (protocol.md 5.3). */
export const mostItems = 50

/** How many older ones the user can have loaded besides; whoever looks for still older ones looks on the forum. */
export const mostOlder = 500

type Items = readonly NotificationItem[]

/** What the live channel has said since a list was asked for: the row, or null for one that is gone. */
export type RowChanges = ReadonlyMap<number, NotificationItem | null>

/** A list as the forum gave it, but for what is known better by now. */
export const withChanges = (listed: Items, changes: RowChanges): Items =>
  listed.flatMap((item) => {
    const change = changes.get(item.id)
    return change === undefined ? [item] : change === null ? [] : [change]
  })

/**
 * The rows of an account after its forum has given the list: those of the list, and what came since it was asked for. A row
 * that it does not hold is gone, read or unread: forums destroy rows (protocol.md 14.1).
 */
export const mergeList = (before: Items, listed: Items, changes: RowChanges): Items => {
  const ids = new Set(listed.map(({ id }) => id))
  const newer = [...changes.values()].filter((item) => item !== null && !ids.has(item.id)) as NotificationItem[]
  return settled(before, [...withChanges(listed, changes), ...newer])
}

/** What a message of the live channel leads to. */
export interface BusMerge {
  readonly items: Items
  /** What the message changes, by id. */
  readonly changes: RowChanges
  /** Whether only the list can tell what else has changed. */
  readonly isListNeeded: boolean
}

/** What was known when a message of the live channel came. */
export interface BusMergeContext {
  /** What the forum last said of each row, read or not; the rows may be ahead of it, where the user marks them here. */
  readonly isReadAt: ReadonlyMap<number, boolean>
  /** Rows that the channel names and the list does not: their topics are out of the user's sight. */
  readonly unlisted: ReadonlySet<number>
}

/**
 * The rows after a message of the live channel. Its pairs of ids and read flags are the newest unread rows of high priority,
 * then the newest of the others, up to twenty of each (protocol.md 5.6); so they also show which rows are gone.
 */
export const mergeBus = (before: Items, { last, recent }: BusNotification, context: BusMergeContext): BusMerge => {
  const { isReadAt, unlisted } = context
  const changes = new Map<number, NotificationItem | null>()
  const rows = new Map(before.map((item) => [item.id, item]))
  let isListNeeded = false
  const known = last === null ? undefined : rows.get(last.id)
  if (last !== null && !isSame(last, known)) changes.set(last.id, withExactTime(last, known))
  for (const [id, isRead] of recent ?? []) {
    const row = changes.get(id) ?? rows.get(id)
    if (row === undefined || row === null) {
      if (!unlisted.has(id)) isListNeeded = true
    } else if (isReadAt.get(id) !== isRead || changes.has(id)) {
      changes.set(id, row.read === isRead ? row : { ...row, read: isRead })
      // What has become unread again has other content as a rule.
      if (!isRead && isReadAt.get(id) === true && id !== last?.id) isListNeeded = true
    }
  }
  const missing = recent === undefined ? { gone: [], isDoubtful: false } : missingRows(before, recent, isReadAt)
  for (const id of missing.gone) if (id !== last?.id) changes.set(id, null)
  const kept = before.filter(({ id }) => !changes.has(id))
  const changed = [...changes.values()].filter((item): item is NotificationItem => item !== null)
  return {
    items: changes.size === 0 ? before : settled(before, [...changed, ...kept]),
    changes,
    isListNeeded: isListNeeded || missing.isDoubtful,
  }
}

/** So many pairs of each kind are given at most. */
const mostPairs = 20

/** Which rows are gone, since the pairs do not name them; and whether some may be gone or read. */
const missingRows = (
  items: Items,
  recent: NonNullable<BusNotification['recent']>,
  isReadAt: BusMergeContext['isReadAt'],
) => {
  const named = new Set(recent.map(([id]) => id))
  const areAllNamed = recent.length < mostPairs
  const areUnreadNamed = recent.filter(([, isRead]) => !isRead).length < mostPairs
  const lowest = recent.at(-1)?.[0] ?? 0
  const gone: number[] = []
  let isDoubtful = false
  for (const { id, highPriority } of items) {
    if (named.has(id)) continue
    if (areAllNamed || (areUnreadNamed && id > lowest)) gone.push(id)
    else if (areUnreadNamed ? highPriority && isReadAt.get(id) === false : id > lowest && isReadAt.get(id) === true)
      isDoubtful = true
  }
  return { gone, isDoubtful }
}

/** Whether the channel says the same of a row as is known, as far as it can: its times are whole seconds. */
const isSame = (told: NotificationItem, known: NotificationItem | undefined): boolean => {
  if (known === undefined) return false
  const { createdAt, excerpt, read } = known
  return isDeepStrictEqual({ ...withFace(withExactTime(told, known), known), excerpt, read }, { ...known, createdAt })
}

const withExactTime = (told: NotificationItem, known: NotificationItem | undefined): NotificationItem =>
  known !== undefined && secondOf(known) === secondOf(told) ? { ...told, createdAt: known.createdAt } : told

/** Only the list has pictures (protocol.md 5.3); the one that is known stays until it gives another. */
const withFace = (item: NotificationItem, { actor, avatarTemplate }: NotificationItem): NotificationItem =>
  avatarTemplate === undefined || item.avatarTemplate !== undefined || item.actor !== actor
    ? item
    : { ...item, avatarTemplate }

const secondOf = ({ createdAt }: NotificationItem): number => Math.floor(createdAt / 1000)

/** The row that a post's or chat message's words belong to, if it is known and has none yet. */
export const rowOfAlert = (items: Items, alert: BusAlert): NotificationItem | undefined => {
  const place = placeOf(alert.url)
  return items.find(
    (item) =>
      item.kind === alert.kind &&
      item.topic === alert.topic &&
      item.excerpt === null &&
      // A row for several posts leads to the first of them, and the words are those of the last (protocol.md 14.1).
      (item.actor === null ? item.topic !== null : item.actor === alert.actor && placeOf(item.url) === place),
  )
}

/** The numbers in an address: topic and post, or channel, thread and message. The rest of it is titles. */
const placeOf = (url: string): string =>
  new URL(url).pathname
    .split('/')
    .filter((part) => /^\d+$/.test(part))
    .join('/')

/** The rows after one has been given its words. */
export const withRow = (items: Items, row: NotificationItem): Items =>
  items.map((item) => (item.id === row.id ? row : item))

/** One row read here before its forum has confirmed it, or all of them. */
export const markItems = (items: Items, which: number | 'all', read: boolean): Items =>
  items.map((item) => ((which === 'all' || item.id === which) && item.read !== read ? { ...item, read } : item))

/**
 * The older rows after a list has come: what it holds is no longer among them, and what it should hold and does not is gone.
 * @param listed in the forum's order
 * @param isUnreadFirst whether all unread rows come before the others; then an older one that it leaves out has been read
 */
export const withoutListed = (older: OlderRows, listed: Items, isUnreadFirst: boolean): OlderRows => {
  const ids = new Set(listed.map(({ id }) => id))
  const newest = listed.filter(({ read }) => read).map(({ createdAt }) => createdAt)
  const since = newest.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...newest)
  const areUnreadListed = isUnreadFirst && newest.length > 0
  const items = older.items
    .filter(({ id, createdAt }) => !ids.has(id) && createdAt <= since)
    .map((item) => (areUnreadListed && !item.read && !isLike(item.kind) ? { ...item, read: true } : item))
  return { ...older, items }
}

/** The newest first, no more than are kept, each the object it was when nothing about it has changed. */
const settled = (before: Items, items: Items): Items => {
  const earlier = new Map(before.map((item) => [item.id, item]))
  const kept = items
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, mostItems)
    .map((item) => {
      const old = earlier.get(item.id)
      if (old === undefined) return item
      // The list has no excerpts; what the live channel told of the same row is not lost to it.
      const isSamePost = item.url === old.url && item.count === old.count && secondOf(item) === secondOf(old)
      const worded = item.excerpt === null && isSamePost ? { ...item, excerpt: old.excerpt } : item
      const whole = withFace(worded, old)
      return isDeepStrictEqual(whole, old) ? old : whole
    })
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept
}
