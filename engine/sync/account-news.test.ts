import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import { emptyCache } from '../storage/account-cache.ts'
import { createAccountNews } from './account-news.ts'

const item = (id: number, read = false): NotificationItem => ({
  ...{ id, kind: 'mentioned', read, highPriority: false, createdAt: id, actor: 'alice', secondActor: null },
  ...{
    count: null,
    title: `Topic ${id}`,
    place: null,
    topic: id,
    excerpt: null,
    url: `https://meta.example/t/t/${id}`,
  },
})

/** A message of the channel about the newest, with what it says of recent ones. */
const told = (last: number, recent: readonly (readonly [id: number, read: boolean])[]) => {
  const notification = {
    ...{ id: last, notification_type: 1, read: false, created_at: new Date(last).toISOString(), data: {} },
    ...{ topic_id: last, post_number: 1, slug: 't', fancy_title: `Topic ${last}` },
  }
  return { channel: '/notification/7', id: 1, data: { last_notification: { notification }, recent } }
}

const list = (items: readonly NotificationItem[]) => ({ items, seenNotificationId: null, skipped: 0 })

/** News of an account that has been told everything up to 103. */
const newsOf = () => {
  const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
  let account: Account = {
    ...{ id: 'a', site, username: 'eve', userId: 7, clientId: 'c', scopes: [], apiVersion: 4, approvedAt: 0 },
    ...{ expiresAt: null, refused: false, revoking: false, state: { kind: 'fresh' }, isLive: true },
    cache: { ...emptyCache(), items: [item(103, true)], toldUpTo: 103 },
  }
  const passed: number[] = []
  const model: Pick<Model, 'account' | 'changeAccount'> = {
    account: () => account,
    changeAccount: (_, change) => {
      account = change(account)
    },
  }
  const news = createAccountNews({
    id: 'a',
    model,
    rowEvents: { onNews: (_, items) => void passed.push(...items.map(({ id }) => id)) },
  })
  news.onListRequested()
  news.onList(list([item(103, true)]))
  return { news, passed, rows: () => account.cache.items?.map(({ id, read }) => [id, read]) }
}

describe('what an account is notified of', () => {
  it('is passed on once each, also one that the channel left out and the list has', () => {
    const { news, passed } = newsOf()
    news.onBusMessages([
      told(105, [
        [105, false],
        [104, false],
      ]),
    ])
    expect([passed, news.needsList(false)]).toEqual([[105], true])
    news.onListRequested()
    news.onList(list([item(105), item(104)]))
    news.onBusMessages([
      told(105, [
        [105, false],
        [104, false],
      ]),
    ])
    expect(passed).toEqual([105, 104])
    expect(news.needsList(false)).toBe(false)
  })

  it('is not undone by a list that was asked for before', () => {
    const { news, passed, rows } = newsOf()
    news.onListRequested()
    news.onBusMessages([told(104, [[104, false]])])
    news.onList(list([item(103, true)]))
    expect([passed, rows()]).toEqual([
      [104],
      [
        [104, false],
        [103, true],
      ],
    ])
    news.onListRequested()
    news.onBusMessages([told(104, [[104, true]])])
    news.onList(list([item(104), item(103, true)]))
    expect(rows()).toEqual([
      [104, true],
      [103, true],
    ])
  })

  it('is asked for again when the list did not come', () => {
    const { news } = newsOf()
    expect(news.needsList(true)).toBe(true)
    news.onListRequested()
    expect(news.needsList(false)).toBe(false)
    news.onList(null)
    expect(news.needsList(false)).toBe(true)
  })

  it('is asked for once in every run', () => {
    const { news } = newsOf()
    expect(news.needsList(false)).toBe(false)
  })
})
