import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import { emptyCache } from '../storage/account-cache.ts'
import { createAccountNews } from './account-news.ts'

const item = (id: number, read = false): NotificationItem => ({
  ...{ id, kind: 'mentioned', read, highPriority: false, createdAt: id * 1000, actor: 'alice', secondActor: null },
  ...{ count: null, title: `Topic ${id}`, place: null, topic: id, excerpt: null },
  url: `https://meta.example/t/t/${id}`,
})

/** A message of the channel about the newest, with what it says of recent ones. */
const message = (last: number, recent: readonly (readonly [id: number, read: boolean])[], seenId = 0) => {
  const notification = {
    ...{ id: last, notification_type: 1, read: false, created_at: new Date(last * 1000).toISOString() },
    ...{ topic_id: last, post_number: 1, slug: 't', fancy_title: `Topic ${last}`, data: { display_username: 'alice' } },
  }
  const data = { last_notification: { notification }, recent, seen_notification_id: seenId }
  return { channel: '/notification/7', id: 1, data }
}

const words = (topic: number) => ({
  channel: '/notification-alert/7',
  id: 2,
  data: {
    ...{ notification_type: 1, topic_id: topic, post_number: 1, topic_title: `Topic ${topic}`, username: 'alice' },
    ...{ excerpt: 'Look', post_url: `/t/t/${topic}` },
  },
})

/** The nineteen rows before one, read. */
const recentBefore = (id: number): (readonly [number, boolean])[] =>
  Array.from({ length: 19 }, (_, index) => [id - 1 - index, true] as const).filter(([row]) => row > 101)

const list = (items: readonly NotificationItem[]) => ({ items, seenNotificationId: null, skipped: 0 })
const counts = (notifications: number) => ({
  notifications,
  messages: 0,
  chat: 0,
  reviewables: 0,
  total: notifications,
})

/** Rows of an account that has 103 and 102, both read. */
const newsOf = () => {
  const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
  let account: Account = {
    ...{ id: 'a', site, username: 'eve', userId: 7, clientId: 'c', scopes: [], apiVersion: 4, approvedAt: 0 },
    ...{ expiresAt: null, refused: false, revoking: false, state: { kind: 'fresh' }, isLive: true },
    cache: { ...emptyCache(), counts: counts(0), items: [item(103, true)] },
  }
  const said: (readonly [id: number, words: string | null])[] = []
  const model: Pick<Model, 'account' | 'changeAccount'> = {
    account: () => account,
    changeAccount: (_, change) => {
      account = change(account)
    },
  }
  const rowEvents = {
    onRows: (_: string, { items }: { items: readonly NotificationItem[] }) =>
      void said.push(...items.map(({ id, excerpt }) => [id, excerpt] as const)),
    onChatMessage: () => undefined,
  }
  const news = createAccountNews({ id: 'a', model, rowEvents })
  const readList = (items: readonly NotificationItem[]) => {
    news.needsList(counts(items.filter(({ read }) => !read).length))
    news.onListRequested()
    news.onList(list(items))
  }
  readList([item(103, true), item(102, true)])
  said.length = 0
  return { news, said, readList, rows: () => account.cache.items?.map(({ id, read }) => [id, read]) }
}

describe('the notification rows of an account', () => {
  it('need the list if the channel left something out', () => {
    const { news, said, readList, rows } = newsOf()
    news.onBusMessages([
      message(105, [
        [105, false],
        [104, false],
        [103, true],
        [102, true],
      ]),
    ])
    expect([said, news.needsList(counts(2))]).toEqual([[[105, null]], true])
    readList([item(105), item(104), item(103, true), item(102, true)])
    expect(news.needsList(counts(2))).toBe(false)
    expect(rows()).toHaveLength(4)
  })

  it('are not reverted by a list that was requested earlier', () => {
    const { news, rows } = newsOf()
    news.onListRequested()
    news.onBusMessages([
      message(104, [
        [104, false],
        [103, true],
      ]),
    ])
    news.onList(list([item(103, true), item(102, true)]))
    expect(rows()).toEqual([
      [104, false],
      [103, true],
    ])
    news.onListRequested()
    news.onBusMessages([
      message(104, [
        [104, true],
        [103, true],
      ]),
    ])
    news.onList(list([item(104), item(103, true)]))
    expect(rows()).toEqual([
      [104, true],
      [103, true],
    ])
  })

  it('need the list again if it did not arrive', () => {
    const { news } = newsOf()
    news.wantList()
    expect(news.needsList(counts(0))).toBe(true)
    news.onListRequested()
    expect(news.needsList(counts(0))).toBe(false)
    news.onList(null)
    expect(news.needsList(counts(0))).toBe(true)
  })

  it('need the list when the forum’s unread count differs, once for each difference', () => {
    const { news } = newsOf()
    expect(news.needsList(counts(0))).toBe(false)
    expect(news.needsList(counts(1))).toBe(true)
    // Its topic may be out of the user's sight.
    news.onListRequested()
    news.onList(list([item(103, true), item(102, true)]))
    expect(news.needsList(counts(1))).toBe(false)
    expect(news.needsList(counts(0))).toBe(true)
  })

  it('need the list after many rows without one, so that nothing is remembered of rows long gone', () => {
    const { news } = newsOf()
    const asks: number[] = []
    for (let id = 104; id < 704; id += 1) {
      news.onBusMessages([message(id, [[id, false], ...recentBefore(id)])])
      news.onBusMessages([message(id, [[id, true], ...recentBefore(id)])])
      if (!news.needsList(counts(0))) continue
      asks.push(id)
      // A list that cannot be read changes nothing about that.
      news.onListRequested()
    }
    expect(asks.map((id, index) => id - (asks[index - 1] ?? 103))).toEqual([199, 151, 151])
  })

  it('need the list after a bus message that changes nothing, but not after the bell was opened', () => {
    const { news, readList } = newsOf()
    const recent = [
      [103, true],
      [102, true],
    ] as const
    const same = { ...message(103, recent, 5) }
    news.onBusMessages([same])
    expect(news.needsList(counts(0))).toBe(true)
    readList([item(103, true), item(102, true)])
    news.onBusMessages([message(103, recent, 103)])
    expect(news.needsList(counts(0))).toBe(false)
  })

  it('do not need the list when a row was marked as read here', () => {
    const { news, readList, rows } = newsOf()
    readList([item(103), item(102, true)])
    news.onMarkedRead([103])
    news.onBusMessages([
      message(103, [
        [103, true],
        [102, true],
      ]),
    ])
    expect(news.needsList(counts(0))).toBe(false)
    expect(rows()).toHaveLength(2)
  })

  it('get their excerpt whether it arrives after the row or before it', () => {
    const { news, said } = newsOf()
    const recent = (id: number) =>
      [
        [id, false],
        [103, true],
        [102, true],
      ] as const
    news.onBusMessages([message(104, recent(104)), words(104)])
    news.onBusMessages([words(105), message(105, [[105, false], ...recent(104)])])
    expect(said).toEqual([
      [104, null],
      [104, 'Look'],
      [105, 'Look'],
    ])
  })
})
