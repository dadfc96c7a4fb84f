import { describe, expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import { emptyCache } from '../storage/account-cache.ts'
import { createHiddenNews } from './hidden-news.ts'

const site = { base: 'https://meta.example', host: 'meta.example', title: 'Meta', color: null }
const account: Account = {
  ...{ id: 'a', site, username: 'eve', userId: 7, clientId: 'c', scopes: [], apiVersion: 4, approvedAt: 0 },
  ...{ expiresAt: null, refused: false, revoking: false, state: { kind: 'fresh' }, isLive: true },
  cache: emptyCache(),
}

const item = (id: number): NotificationItem => ({
  ...{ id, kind: 'mentioned', read: false, highPriority: false, createdAt: id * 1000, actor: 'alice' },
  ...{ secondActor: null, count: null, title: `Topic ${id}`, place: null, topic: id, excerpt: null },
  url: `https://meta.example/t/t/${id}`,
})

describe('news that alerts may not tell the content of', () => {
  it('is counted once a row, with what forums only count, until it is read or the user is back', () => {
    const read = new Set<number>()
    const hidden = createHiddenNews((_, { id }) => !read.has(id))
    hidden.add(account, [item(1), item(2)])
    expect(hidden.add(account, [item(2), item(3)])).toEqual({ count: 3, isAtLeast: false })
    read.add(1)
    expect(hidden.addCounted(account, 4)).toEqual({ count: 6, isAtLeast: false })
    hidden.clear()
    expect(hidden.add(account, [item(4)])).toEqual({ count: 1, isAtLeast: false })
  })

  it('is kept for the newest 500 rows where nobody ever unlocks, and said to be at least so many', () => {
    let asked = 0
    const hidden = createHiddenNews(() => {
      asked += 1
      return true
    })
    for (let id = 1; id < 500; id += 1) hidden.add(account, [item(id)])
    expect(hidden.add(account, [item(500)])).toEqual({ count: 500, isAtLeast: true })
    for (let id = 501; id <= 600; id += 1) hidden.add(account, [item(id)])
    asked = 0
    expect(hidden.add(account, [item(601)])).toEqual({ count: 500, isAtLeast: true })
    expect(asked).toBe(501)
  })
})
