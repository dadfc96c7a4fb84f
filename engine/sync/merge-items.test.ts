import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { BusAlert } from '../discourse/bus-alert.ts'
import { markItems, mergeBus, mergeExcerpt, mergeList, mostItems } from './merge-items.ts'

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

const ids = (items: readonly NotificationItem[]) => items.map(({ id }) => id)
const bus = (last: NotificationItem | null, read: [number, boolean][]) => ({ last, read: new Map(read) })

describe('a list', () => {
  it('is kept newest first, each row the object it was while nothing about it has changed', () => {
    const known = mergeList([], [item(1), item(2), item(3)])
    expect(ids(known)).toEqual([3, 2, 1])
    const merged = mergeList(known, [item(4), item(3), item(2, { read: true }), item(1)])
    expect(ids(merged)).toEqual([4, 3, 2, 1])
    expect([merged[1], merged[3]]).toEqual([known[0], known[2]])
    expect(merged[1]).toBe(known[0])
    expect(merged[2]).not.toBe(known[1])
    expect(mergeList(merged, [item(2, { read: true }), item(1), item(4), item(3)])).toBe(merged)
  })

  it('recognises a row that the forum has used again for something new', () => {
    const known = [item(1, { kind: 'liked', count: 1 })]
    expect(mergeList(known, [item(1, { kind: 'liked', count: 3 })])).toMatchObject([{ id: 1, count: 3 }])
  })

  it('loses what is unread and not listed any more, and keeps what is read', () => {
    const known = [item(2), item(1, { read: true })]
    expect(ids(mergeList(known, [item(3)]))).toEqual([3, 1])
  })

  it('that is full says nothing about what it leaves out, and no more are kept than it has', () => {
    const listed = Array.from({ length: mostItems }, (_, index) => item(index + 10))
    const merged = mergeList([item(1000), item(1)], listed)
    expect(merged).toHaveLength(mostItems)
    expect(merged[0]?.id).toBe(1000)
  })

  it('does not take away what the live channel told of a post', () => {
    const known = [item(1, { excerpt: 'Look' })]
    expect(mergeList(known, [item(1)])).toBe(known)
  })
})

describe('a message of the live channel', () => {
  it('adds the newest and says what was read', () => {
    const merged = mergeBus(
      [item(2), item(1)],
      bus(item(3), [
        [3, false],
        [2, true],
        [1, false],
      ]),
      2,
    )
    expect(merged.isComplete).toBe(true)
    expect(merged.items).toMatchObject([
      { id: 3, read: false },
      { id: 2, read: true },
      { id: 1, read: false },
    ])
  })

  it('that names a newer one without telling it is not enough; an older one does not matter', () => {
    expect(
      mergeBus(
        [item(5)],
        bus(item(7), [
          [7, false],
          [6, false],
        ]),
        5,
      ).isComplete,
    ).toBe(false)
    expect(
      mergeBus(
        [item(5)],
        bus(item(7), [
          [7, false],
          [5, false],
          [2, true],
        ]),
        5,
      ).isComplete,
    ).toBe(true)
  })

  it('gives a post its words, once and to the right row', () => {
    const alert: BusAlert = {
      ...{ kind: 'mentioned', actor: 'alice', title: 'Topic 2', place: null, topic: 2, postNumber: 1 },
      ...{ excerpt: 'Look at this', url: 'https://meta.example/t/topic/2' },
    }
    const known = [item(2), item(1)]
    const merged = mergeExcerpt(known, alert)
    expect(merged).toMatchObject([{ excerpt: 'Look at this' }, { excerpt: null }])
    expect(mergeExcerpt(merged, { ...alert, excerpt: 'Another' })).toBe(merged)
  })
})

describe('marking', () => {
  it('touches the one that is meant, or all that need it', () => {
    const known = [item(2), item(1, { read: true })]
    expect(markItems(known, 2, true)).toMatchObject([{ read: true }, { read: true }])
    expect(markItems(known, 'all', true)[1]).toBe(known[1])
    expect(markItems(known, 9, true)).toEqual(known)
  })
})
