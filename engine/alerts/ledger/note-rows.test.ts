import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import { type AlertLedger, emptyLedger, withoutPending } from './alert-ledger.ts'
import { noteRows } from './note-rows.ts'

const start = Date.UTC(2026, 5, 1)
const second = 1000

const row = (id: number, changes: Partial<NotificationItem> = {}): NotificationItem => ({
  ...{ id, kind: 'mentioned', read: false, highPriority: false, createdAt: start + id * second, actor: 'alice' },
  ...{ secondActor: null, count: null, title: `Topic ${id}`, place: null, topic: id, excerpt: null },
  url: `https://meta.example/t/topic-${id}/${id}/2`,
  ...changes,
})
const rows = (from: number, to: number, changes: Partial<NotificationItem> = {}) =>
  Array.from({ length: to - from + 1 }, (_, index) => row(to - index, changes))

/** A ledger of an account that was added at `since` seconds, which takes in updates one after the other. */
const ledgerOf = (since: number) => {
  let ledger: AlertLedger = emptyLedger(start + since * second)
  const note = (update: Parameters<typeof noteRows>[1]) => {
    const noted = noteRows(ledger, update)
    const news = noted.news.map(({ id }) => id)
    ledger = withoutPending(noted.ledger, new Set(news))
    return { news, isCut: noted.isCut }
  }
  return {
    list: (items: readonly NotificationItem[], isUnreadFirst = true) =>
      note({ source: 'list', items, isFull: items.length >= 50, isUnreadFirst }).news,
    cut: (items: readonly NotificationItem[]) =>
      note({ source: 'list', items, isFull: items.length >= 50, isUnreadFirst: true }).isCut,
    channel: (items: readonly NotificationItem[], read: readonly number[] = []) =>
      note({ source: 'channel', items, read }).news,
  }
}

describe('news', () => {
  it('is not what was there when the account was added, and is what came before the first list', () => {
    const { list } = ledgerOf(10)
    expect(list([row(12), row(11), row(10), row(9, { read: true })])).toEqual([12, 11])
  })

  it('is told by the channel before there is a list, in whole seconds', () => {
    const { channel, list } = ledgerOf(10.5)
    expect(channel([row(10)])).toEqual([10])
    expect(list([row(10, { createdAt: start + 10_700 })])).toEqual([])
  })

  it('is unread now and was not there, was read, or had other content before, once each', () => {
    const { list } = ledgerOf(0)
    const grown = (count: number, read = false) => row(1, { kind: 'liked_consolidated', topic: null, count, read })
    expect(list([grown(4)])).toEqual([1])
    expect(list([grown(4)])).toEqual([])
    expect(list([grown(6)])).toEqual([1])
    expect(list([grown(6, true)])).toEqual([])
    expect(list([grown(6)])).toEqual([1])
    expect(list([grown(6)])).toEqual([])
  })

  it('is a watched chat thread that has become unread again (case c03)', () => {
    const { list } = ledgerOf(0)
    const thread = (message: number, read: boolean, count: number | null = null) =>
      row(101, {
        ...{ kind: 'chat_watched_thread', topic: null, read, count },
        url: `https://meta.example/chat/c/-/4/t/12/${message}`,
      })
    expect(list([thread(9, false)])).toEqual([101])
    expect(list([thread(9, true)])).toEqual([])
    expect(list([thread(31, false, 2)])).toEqual([101])
    expect(list([thread(32, false, 2)])).toEqual([101])
  })

  it('is what comes after a restore that has put ids back', () => {
    const { list } = ledgerOf(0)
    expect(list(rows(1, 20))).toHaveLength(20)
    expect(list(rows(1, 10))).toEqual([])
    const after = row(11, { createdAt: start + 100 * second, topic: 99 })
    expect(list([after, ...rows(1, 10)])).toEqual([11])
    expect(list([after, ...rows(1, 10)])).toEqual([])
  })

  it('is not a row whose topic or author was renamed, or whose post was moved', () => {
    const { list } = ledgerOf(0)
    list([row(1)])
    const moved = row(1, { title: 'Renamed', actor: 'alina', topic: 7, url: 'https://meta.example/t/renamed/7/3' })
    expect(list([moved])).toEqual([])
  })

  it('is not what the list left out for a while', () => {
    const { list } = ledgerOf(0)
    expect(list(rows(1, 3))).toHaveLength(3)
    expect(list([])).toEqual([])
    expect(list(rows(1, 3))).toEqual([])
  })
})

describe('a list of fifty', () => {
  it('makes no news of an older unread row that slides in because a newer one was read', () => {
    const { list } = ledgerOf(1000)
    list(rows(51, 100))
    const after = [...rows(50, 99), row(100, { read: true })].slice(0, 50)
    expect(list(after)).toEqual([])
  })

  it('does so in the order of old versions as well, where only high priority comes first', () => {
    const { list } = ledgerOf(1000)
    list(rows(51, 100), false)
    expect(list(rows(50, 99), false)).toEqual([])
    // The newest one was destroyed, and brought back in an older row.
    expect(list([row(120), ...rows(51, 99)], false)).toEqual([120])
  })

  it('shows an old row that has grown, for unread rows come first', () => {
    const { list } = ledgerOf(1000)
    list(rows(51, 100, { read: true }))
    expect(list([row(7), ...rows(52, 100, { read: true })])).toEqual([7])
  })

  it('does not take an unread like for new that has been below it, for likes come last', () => {
    const { list } = ledgerOf(1000)
    list(rows(51, 100, { read: true }))
    expect(list([...rows(52, 100, { read: true }), row(50, { kind: 'liked' })])).toEqual([])
  })

  it('says that it ended before the news did', () => {
    const first = ledgerOf(0)
    expect(first.cut(rows(51, 100))).toBe(true)
    const second = ledgerOf(0)
    second.list(rows(1, 20))
    expect(second.cut([...rows(50, 90), ...rows(1, 20)].slice(0, 50))).toBe(false)
  })
})

describe('the channel', () => {
  it('tells each row once, whatever the list says of it afterwards', () => {
    const { list, channel } = ledgerOf(0)
    list([])
    expect(channel([row(1)])).toEqual([1])
    expect(channel([row(1)])).toEqual([])
    expect(list([row(1, { createdAt: start + 1400 })])).toEqual([])
  })

  it('says what is read, and what becomes unread after that is news', () => {
    const { list, channel } = ledgerOf(0)
    list([row(1)])
    channel([], [1])
    expect(list([row(1)])).toEqual([1])
  })
})
