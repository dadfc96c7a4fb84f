import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import { account, counts, notification, now, rust } from '../../common/testing/samples.ts'
import { arrivedSince, homeContent, refreshed } from './home-content.ts'

const { failure } = fail('timed_out', { host: 'meta.example', seconds: 10 })
const busy = (some: Parameters<typeof account>[0] = {}) =>
  account({
    counts: counts({ notifications: 2 }),
    items: [notification({ id: 2 }), notification({ id: 1, topic: 8 })],
    ...some,
  })
const quiet = account({ id: 'quiet', site: rust, items: [notification({ read: true })] })

describe('the content of the home', () => {
  it('has trouble, then news, then the quiet', () => {
    const offline = account({ id: 'offline', state: { kind: 'offline', since: now, failure } })
    const refused = account({ id: 'refused', state: { kind: 'needsSignIn', failure } })
    const content = homeContent([quiet, offline, busy(), refused])
    expect(content.attention.map(({ id }) => id)).toEqual(['offline', 'refused'])
    expect(content.news.map(({ account: { id } }) => id)).toEqual(['account-1'])
    expect(content.quiet.map(({ id }) => id)).toEqual(['quiet'])
  })

  it('has one group for each topic and kind, newest first', () => {
    const items = [
      notification({ id: 5, kind: 'liked', actor: 'ines' }),
      notification({ id: 4, kind: 'liked', actor: 'tomas' }),
      notification({ id: 3 }),
      notification({ id: 2, topic: null, kind: 'granted_badge' }),
      notification({ id: 1, topic: null, kind: 'granted_badge' }),
      notification({ id: 0, read: true }),
    ]
    const [forum] = homeContent([busy({ items, counts: counts({ notifications: 5 }) })]).news
    expect(forum?.groups.map((group) => group.items.map(({ id }) => id))).toEqual([[5, 4], [3], [2], [1]])
  })

  it('counts what has no list, and lists nothing that the forum does not count', () => {
    expect(homeContent([busy({ counts: counts({ chat: 2 }) })]).news[0]?.groups).toEqual([])
    expect(homeContent([busy({ counts: counts() })]).news).toEqual([])
  })

  it('reports what has arrived since, even in a group that was there', () => {
    const before = homeContent([busy()])
    expect(arrivedSince(before, homeContent([busy()]))).toBe(0)
    const items = [notification({ id: 9 }), ...(busy().items ?? [])]
    expect(arrivedSince(before, homeContent([busy({ items })]))).toBe(1)
  })

  it('keeps its places, with what was read or is gone as read', () => {
    const before = homeContent([busy(), quiet])
    const after = refreshed(before, [busy({ counts: counts(), items: [notification({ id: 2, read: true })] })])
    expect(after.news[0]?.groups.map(({ newest }) => [newest.id, newest.read])).toEqual([
      [2, true],
      [1, true],
    ])
    expect(after.quiet).toEqual([quiet])
  })

  it('stays the same object, while it is held, for each account that has not changed', () => {
    const [one, other] = [busy(), busy({ id: 'other', site: rust })]
    const before = homeContent([one, other])
    const newer = busy({ items: [notification({ id: 3 })] })
    const after = refreshed(before, [newer, other])
    expect(after.news[1]).toBe(before.news[1])
    expect(refreshed(before, [newer, busy({ id: 'other', site: rust })]).news[0]).toBe(after.news[0])
  })
})
