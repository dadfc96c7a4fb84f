import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import type { BusNotification } from '../discourse/bus-notification.ts'
import { markItems, mergeBus, mergeList, mostItems, rowOfAlert } from './merge-items.ts'

const item = (id: number, changes: Partial<NotificationItem> = {}): NotificationItem => ({
  id,
  kind: 'mentioned',
  read: false,
  highPriority: false,
  createdAt: id * 1000,
  actor: 'alice',
  secondActor: null,
  count: null,
  title: `Topic ${id}`,
  place: null,
  topic: id,
  excerpt: null,
  url: `https://meta.example/t/topic/${id}`,
  ...changes,
})

type Items = readonly NotificationItem[]
const ids = (items: Items) => items.map(({ id }) => id)
const noChanges = new Map()
const upTo = (last: number, from = 1, changes: Partial<NotificationItem> = {}): Items =>
  Array.from({ length: last - from + 1 }, (_, index) => item(last - index, changes))

/** What the channel leads to: rows by id and whether they are read, and whether the list is needed. */
const bus = (
  rows: Items,
  last: NotificationItem | null,
  recent: BusNotification['recent'],
  unlisted: number[] = [],
) => {
  const isReadAt = new Map(rows.map(({ id, read }) => [id, read]))
  const merged = mergeBus(rows, { last, recent, seenId: null }, { isReadAt, unlisted: new Set(unlisted) })
  return { ...merged, rows: merged.items.map(({ id, read }) => [id, read]) }
}

describe('a list', () => {
  it('is kept newest first, and unchanged rows stay the same objects', () => {
    const known = mergeList([], [item(1), item(2), item(3)], noChanges)
    expect(ids(known)).toEqual([3, 2, 1])
    const merged = mergeList(known, [item(4), item(3), item(2, { read: true }), item(1)], noChanges)
    expect(ids(merged)).toEqual([4, 3, 2, 1])
    expect([merged[1], merged[3]]).toEqual([known[0], known[2]])
    expect(merged[1]).toBe(known[0])
    expect(merged[2]).not.toBe(known[1])
    expect(mergeList(merged, [item(2, { read: true }), item(1), item(4), item(3)], noChanges)).toBe(merged)
  })

  it('keeps an avatar that the live channel omits, until the row is about somebody else', () => {
    const avatarTemplate = '/letter_avatar/alice/{size}/1.png'
    const known = mergeList([], [item(1, { avatarTemplate })], noChanges)
    expect(mergeList(known, [item(1)], noChanges)).toBe(known)
    expect(bus(known, item(1), [[1, false]]).changes.size).toBe(0)
    expect(mergeList(known, [item(1, { actor: 'bob' })], noChanges)[0]).not.toHaveProperty('avatarTemplate')
  })

  it('recognises a row that the forum has reused for something new', () => {
    const known = [item(1, { kind: 'liked', count: 1, excerpt: 'Nice' })]
    const merged = mergeList(known, [item(1, { kind: 'liked', count: 3 })], noChanges)
    expect(merged).toMatchObject([{ id: 1, count: 3, excerpt: null }])
  })

  it.each([5, mostItems])('of %i rows replaces what was known, read or unread', (length) => {
    const known = [item(1000, { read: true }), item(999), item(2), item(1, { read: true })]
    const listed = upTo(length + 9, 10)
    expect(ids(mergeList(known, listed, noChanges))).toEqual(ids(listed))
  })

  it('does not revert what changed since it was requested', () => {
    const changes = new Map([
      [3, item(3)],
      [2, item(2, { read: true })],
      [1, null],
    ])
    const merged = mergeList([item(3), item(2)], [item(2), item(1)], changes)
    expect(merged).toMatchObject([{ id: 3 }, { id: 2, read: true }])
    expect(merged).toHaveLength(2)
  })

  it('does not remove an excerpt from the live channel', () => {
    const known = [item(1, { excerpt: 'Look' })]
    expect(mergeList(known, [item(1)], noChanges)).toBe(known)
  })
})

describe('a bus message', () => {
  it('adds the newest row and updates read flags', () => {
    const merged = bus([item(2), item(1)], item(3), [
      [3, false],
      [2, true],
      [1, false],
    ])
    expect(merged.isListNeeded).toBe(false)
    expect(merged.rows).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
  })

  it('shows which rows are gone: all those missing from fewer than twenty pairs', () => {
    const merged = bus([item(5), item(4, { read: true }), item(3)], item(6), [
      [6, false],
      [3, false],
    ])
    expect([ids(merged.items), merged.isListNeeded]).toEqual([[6, 3], false])
  })

  it('leaves rows alone that are older than those it names', () => {
    const rows = upTo(45, 1, { read: true })
    const named = ids(rows).slice(0, 20)
    const recent = named.filter((id) => id !== 40).map((id) => [id, true] as const)
    const merged = bus(rows, rows[0] ?? null, [...recent, [25, true]])
    expect(ids(merged.items)).toEqual(ids(rows).filter((id) => id !== 40))
    expect(merged.isListNeeded).toBe(false)
  })

  it('requires the list if a row is unknown, or unread again without its content', () => {
    expect(
      bus([item(5)], item(7), [
        [7, false],
        [6, false],
        [5, false],
      ]).isListNeeded,
    ).toBe(true)
    expect(
      bus([item(5), item(4, { read: true })], item(5), [
        [5, false],
        [4, false],
      ]).isListNeeded,
    ).toBe(true)
  })

  it('does not keep requiring the list for a row that the list leaves out', () => {
    const recent = [
      [7, false],
      [6, false],
      [5, false],
    ] as const
    expect(bus([item(5)], item(7), recent, [6]).isListNeeded).toBe(false)
  })

  it('does not revert an optimistic update', () => {
    const marked = [item(2, { read: true }), item(1)]
    const isReadAt = new Map(marked.map(({ id }) => [id, false]))
    const recent = [
      [2, false],
      [1, false],
    ] as const
    const merged = mergeBus(marked, { last: item(2), recent, seenId: 2 }, { isReadAt, unlisted: new Set() })
    expect(merged.items).toBe(marked)
    expect(merged.changes.size).toBe(0)
  })

  it('keeps a more precise known time', () => {
    const known = [item(1, { createdAt: 1700 })]
    expect(bus(known, item(1, { createdAt: 1000 }), [[1, false]]).items).toBe(known)
  })

  it('adds an excerpt once, to the right row', () => {
    const alert: BusAlert = {
      ...{ kind: 'mentioned', actor: 'alice', title: 'Renamed', place: null, topic: 2, postNumber: 1 },
      ...{ excerpt: 'Look at this', url: 'https://meta.example/t/renamed/2', isDirectMessage: false },
    }
    const rows = [item(2), item(1)]
    expect(rowOfAlert(rows, alert)).toBe(rows[0])
    expect(rowOfAlert([item(2, { excerpt: 'Look' })], alert)).toBeUndefined()
    expect(rowOfAlert(rows, { ...alert, url: 'https://meta.example/t/topic/2/7' })).toBeUndefined()
  })
})

describe('marking', () => {
  it('changes the given row, or all that need it', () => {
    const known = [item(2), item(1, { read: true })]
    expect(markItems(known, 2, true)).toMatchObject([{ read: true }, { read: true }])
    expect(markItems(known, 'all', true)[1]).toBe(known[1])
    expect(markItems(known, 9, true)).toEqual(known)
  })
})
