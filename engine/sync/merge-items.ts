import { isDeepStrictEqual } from 'node:util'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { BusNotification } from '../discourse/bus-notification.ts'

/** How many notifications of an account are kept, and asked for; forums give no more than 60, old ones 50 (protocol.md 5.3). */
export const mostItems = 50

type Items = readonly NotificationItem[]

/**
 * The notifications known of an account after its forum has given the list. What the list says counts; a row that has not
 * changed stays the same object. What it leaves out stays while it is read, for the list begins with what is unread;
 * unread, it is gone: its topic has been deleted or hidden, or another list would have it.
 * @param changed what has changed since the list was asked for; of that, what is known counts
 */
export const mergeList = (known: Items, listed: Items, changed: ReadonlySet<number> = new Set()): Items => {
  const ids = new Set(listed.map(({ id }) => id))
  const newer = new Map(known.filter(({ id }) => changed.has(id)).map((item) => [item.id, item]))
  const left = known.filter(({ id, read }) => !ids.has(id) && (read || listed.length >= mostItems || newer.has(id)))
  return settled(known, [...listed.map((item) => newer.get(item.id) ?? item), ...left])
}

/** What a message of the live channel leads to. */
interface BusMerge {
  readonly items: Items
  /** Whether nothing that is new can be missing now. */
  readonly isComplete: boolean
  /** Which notifications it was about. */
  readonly about: readonly number[]
}

/**
 * The same after a message of the live channel.
 * @param completeUpTo up to which notification all are known
 */
export const mergeBus = (known: Items, { last, read }: BusNotification, completeUpTo: number): BusMerge => {
  const ids = new Set(known.map(({ id }) => id))
  if (last !== null) ids.add(last.id)
  const isComplete = [...read.keys()].every((id) => ids.has(id) || id <= completeUpTo)
  const asRead = (item: NotificationItem): NotificationItem => {
    const isRead = read.get(item.id)
    return isRead === undefined || isRead === item.read ? item : { ...item, read: isRead }
  }
  const told = known.map(asRead)
  return {
    items: settled(known, last === null ? told : [asRead(last), ...told.filter(({ id }) => id !== last.id)]),
    isComplete,
    about: [...read.keys(), ...(last === null ? [] : [last.id])],
  }
}

/** The same after the live channel has told what was written in a post. */
export const mergeExcerpt = (known: Items, alert: BusAlert): Items =>
  settled(
    known,
    known.map((item) => (isAbout(item, alert) && item.excerpt === null ? { ...item, excerpt: alert.excerpt } : item)),
  )

const isAbout = (item: NotificationItem, alert: BusAlert): boolean =>
  item.kind === alert.kind && item.topic === alert.topic && item.actor === alert.actor

/** One notification read here before its forum has confirmed it, or all of them. */
export const markItems = (known: Items, which: number | 'all', read: boolean): Items =>
  known.map((item) => ((which === 'all' || item.id === which) && item.read !== read ? { ...item, read } : item))

/** The newest first, no more than are kept, each the object it was when nothing about it has changed. */
const settled = (known: Items, items: Items): Items => {
  const before = new Map(known.map((item) => [item.id, item]))
  const kept = items
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, mostItems)
    .map((item) => {
      const old = before.get(item.id)
      if (old === undefined) return item
      // The list has no excerpts; what the live channel told of the same row is not lost to it.
      const whole = item.excerpt === null && old.excerpt !== null ? { ...item, excerpt: old.excerpt } : item
      return isDeepStrictEqual(whole, old) ? old : whole
    })
  return kept.length === known.length && kept.every((item, index) => item === known[index]) ? known : kept
}
