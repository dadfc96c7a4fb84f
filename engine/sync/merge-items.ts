import { isDeepStrictEqual } from 'node:util'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { OlderRows } from '../account.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { BusNotification } from '../discourse/bus-notification.ts'
import { isLike } from '../discourse/notification-types.ts'

/** How many rows of an account are requested and kept; forums send at most 60, old ones 50 (protocol.md 5.3). */
export const mostItems = 50

/** How many older rows the user can load in addition; anything older can be found on the forum. */
export const mostOlder = 500

type Items = readonly NotificationItem[]

/** Changes since a list was requested, by id: the new row, or null if it is gone. */
export type RowChanges = ReadonlyMap<number, NotificationItem | null>

/** A list from the forum with newer changes applied. */
export const withChanges = (listed: Items, changes: RowChanges): Items =>
  listed.flatMap((item) => {
    const change = changes.get(item.id)
    return change === undefined ? [item] : change === null ? [] : [change]
  })

/**
 * The rows of an account after its forum has sent the list: those in the list, and those that arrived since it was
 * requested. Other rows are gone, whether read or unread: forums delete rows (protocol.md 14.1).
 */
export const mergeList = (before: Items, listed: Items, changes: RowChanges): Items => {
  const ids = new Set(listed.map(({ id }) => id))
  const newer = [...changes.values()].filter((item) => item !== null && !ids.has(item.id)) as NotificationItem[]
  return settled(before, [...withChanges(listed, changes), ...newer])
}

/** The result of merging a bus message. */
export interface BusMerge {
  readonly items: Items
  /** What the bus message changes, by id. */
  readonly changes: RowChanges
  /** Whether the list has to be fetched to find out what else has changed. */
  readonly isListNeeded: boolean
}

/** What was known before the bus message. */
export interface BusMergeContext {
  /** Each row's read flag as the forum last reported it; the rows themselves may include optimistic updates. */
  readonly isReadAt: ReadonlyMap<number, boolean>
  /** Rows that the channel names and the list does not: the user cannot see their topics. */
  readonly unlisted: ReadonlySet<number>
}

/**
 * The rows after a bus message. Its pairs of id and read flag are the newest unread rows of high priority, then the
 * newest of the others, up to twenty of each (protocol.md 5.6); so they also show which rows are gone.
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
      // A row that is unread again usually has new content.
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

/** The most pairs of each kind in a bus message. */
const mostPairs = 20

/** Which rows are gone because the pairs do not name them; and whether others may be gone or read. */
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

/**
 * Whether the channel's row equals the known one, apart from what the channel lacks; its times are in whole seconds.
 */
const isSame = (told: NotificationItem, known: NotificationItem | undefined): boolean => {
  if (known === undefined) return false
  const { createdAt, excerpt, read } = known
  return isDeepStrictEqual({ ...withFace(withExactTime(told, known), known), excerpt, read }, { ...known, createdAt })
}

const withExactTime = (told: NotificationItem, known: NotificationItem | undefined): NotificationItem =>
  known !== undefined && secondOf(known) === secondOf(told) ? { ...told, createdAt: known.createdAt } : told

/** Only the list has avatars (protocol.md 5.3); a known one is kept until the list has another. */
const withFace = (item: NotificationItem, { actor, avatarTemplate }: NotificationItem): NotificationItem =>
  avatarTemplate === undefined || item.avatarTemplate !== undefined || item.actor !== actor
    ? item
    : { ...item, avatarTemplate }

const secondOf = ({ createdAt }: NotificationItem): number => Math.floor(createdAt / 1000)

/** The row that an alert's excerpt belongs to, if it is known and has no excerpt yet. */
export const rowOfAlert = (items: Items, alert: BusAlert): NotificationItem | undefined => {
  const place = placeOf(alert.url)
  return items.find(
    (item) =>
      item.kind === alert.kind &&
      item.topic === alert.topic &&
      item.excerpt === null &&
      // A row for several posts links to the first of them, but the excerpt is from the last (protocol.md 14.1).
      (item.actor === null ? item.topic !== null : item.actor === alert.actor && placeOf(item.url) === place),
  )
}

/** The ids in a link: topic and post, or channel, thread and chat message. The rest of the path is titles. */
const placeOf = (url: string): string =>
  new URL(url).pathname
    .split('/')
    .filter((part) => /^\d+$/.test(part))
    .join('/')

/** The rows with one of them replaced. */
export const withRow = (items: Items, row: NotificationItem): Items =>
  items.map((item) => (item.id === row.id ? row : item))

/** Optimistic update: one row, or all of them, marked as read or unread. */
export const markItems = (items: Items, which: number | 'all', read: boolean): Items =>
  items.map((item) => ((which === 'all' || item.id === which) && item.read !== read ? { ...item, read } : item))

/**
 * The older rows after a list has arrived: without the rows that it contains, and without those that it should contain
 * but does not.
 * @param listed in the forum's order
 * @param isUnreadFirst whether all unread rows come first; then an older row that is missing from the list has been
 *   read
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

/** Newest first, limited to `mostItems`, with structural sharing: an unchanged row stays the same object. */
const settled = (before: Items, items: Items): Items => {
  const earlier = new Map(before.map((item) => [item.id, item]))
  const kept = items
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, mostItems)
    .map((item) => {
      const old = earlier.get(item.id)
      if (old === undefined) return item
      // The list has no excerpts, so those from the live channel are kept.
      const isSamePost = item.url === old.url && item.count === old.count && secondOf(item) === secondOf(old)
      const worded = item.excerpt === null && isSamePost ? { ...item, excerpt: old.excerpt } : item
      const whole = withFace(worded, old)
      return isDeepStrictEqual(whole, old) ? old : whole
    })
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept
}
