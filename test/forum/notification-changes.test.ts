import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../rig/fake-clock.ts'
import type { Forum, NewNotification } from './forum.ts'
import { type ForumOptions, startForum } from './start-forum.ts'

// Rows that are destroyed, consolidated and changed in their place (protocol.md 14.1 and 14.2).

interface Row {
  readonly id: number
  readonly notification_type: number
  readonly read: boolean
  readonly created_at: string
  readonly post_number: number | null
  readonly topic_id: number | null
  readonly data: Readonly<Record<string, unknown>>
}

let forum: Forum
let clock: FakeClock
let key: string
afterEach(() => forum.stop())

const start = async (options: Partial<ForumOptions> = {}): Promise<void> => {
  clock = createFakeClock(Date.UTC(2026, 0, 1))
  const users = [{ username: 'eve' }, { username: 'alice' }, { username: 'bob' }]
  forum = await startForum({ profile: '3.4', clock, users, settings: { chatEnabled: true }, ...options })
  key = forum.grantKey({ user: 'eve' }).key
}
const happen = (type: NewNotification['type'], from: string, topicTitle = 'Cats'): number =>
  forum.notify({ user: 'eve', type, from, topicTitle }).id
const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
  const answer = await fetch(`${forum.url}${path}`, { headers: { 'user-api-key': key }, ...init })
  return JSON.parse(await answer.text())
}
const rows = async (): Promise<readonly Row[]> => {
  const list = (await ask('/notifications.json?recent=true&silent=true&limit=50')) as { notifications: Row[] }
  return list.notifications
}
const busMessages = async (channel: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const body = new URLSearchParams({ [channel]: '0' })
  const messages = (await ask('/message-bus/test/poll?dlp=t', { method: 'POST', body })) as readonly {
    readonly data: Readonly<Record<string, unknown>>
  }[]
  return messages.map(({ data }) => data)
}
const chatCount = async (): Promise<unknown> => {
  const totals = (await ask('/notifications/totals.json')) as Readonly<Record<string, unknown>>
  return totals['chat_notifications']
}

describe('a second reply, post or message in a topic', () => {
  it.each(['replied', 'posted', 'private_message'] as const)('destroys the earlier rows (%s)', async (type) => {
    await start()
    const first = happen('replied', 'alice')
    forum.markRead('eve', first)
    const second = happen('posted', 'bob')
    const third = happen(type, 'alice')
    expect((await rows()).map(({ id }) => id)).toEqual([third])
    expect([second, third]).toEqual([first + 1, first + 2])
  })

  it('says how many posts wait, and leads to the first of them', async () => {
    await start()
    happen('replied', 'alice')
    happen('replied', 'bob')
    const id = happen('posted', 'alice')
    expect(await rows()).toMatchObject([
      { id, post_number: 2, data: { display_username: '3 replies', original_username: 'alice' } },
    ])
    forum.markRead('eve', id)
    happen('replied', 'bob')
    expect(await rows()).toMatchObject([{ post_number: 5, data: { display_username: 'bob' } }])
  })

  it('leaves mentions, likes and other topics alone', async () => {
    await start()
    const others = [happen('mentioned', 'alice'), happen('liked', 'bob'), happen('replied', 'bob', 'Dogs')]
    happen('replied', 'alice')
    const last = happen('replied', 'bob')
    expect((await rows()).map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([...others, last])
  })

  it('is told of live: each row that goes, the one that comes, and then the words of the new post', async () => {
    await start()
    const first = happen('replied', 'alice')
    const second = happen('replied', 'bob')
    expect((await busMessages('/notification/1')).map(({ recent }) => recent)).toEqual([
      [[first, false]],
      [],
      [[second, false]],
    ])
    clock.advance(500)
    expect(await busMessages('/notification-alert/1')).toMatchObject([
      { post_number: 2, username: 'alice' },
      { post_number: 3, username: 'bob' },
    ])
  })
})

describe('likes', () => {
  it('by one person become one row with the fourth, which then counts up under its id and is unread again', async () => {
    await start()
    for (let like = 0; like < 3; like += 1) happen('liked', 'alice', `Topic ${like}`)
    expect(await rows()).toHaveLength(3)
    clock.advance(60_000)
    const id = happen('liked', 'alice', 'Topic 3')
    const consolidated = { id, notification_type: 19, topic_id: null, created_at: '2026-01-01T00:00:00.000Z' }
    expect(await rows()).toMatchObject([{ ...consolidated, data: { count: 4, username: 'alice' } }])
    forum.markRead('eve', id)
    const others = [happen('liked', 'bob'), happen('liked', 'alice', 'Topic 4'), happen('liked', 'alice', 'Topic 5')]
    expect(others).toEqual([id + 1, id, id])
    expect(await rows()).toMatchObject([
      { id: id + 1, data: { display_username: 'bob' } },
      { ...consolidated, read: false, data: { count: 6, topic_title: 'Topic 5' } },
    ])
  })

  it('stay single when the earlier ones were read, or are more than two hours old', async () => {
    await start()
    for (let like = 0; like < 3; like += 1) happen('liked', 'alice', `Topic ${like}`)
    forum.markRead('eve', 'all')
    for (let like = 3; like < 6; like += 1) happen('liked', 'alice', `Topic ${like}`)
    clock.advance(121 * 60_000)
    happen('liked', 'alice', 'Topic 7')
    expect(await rows()).toHaveLength(7)
  })
})

describe('chat', () => {
  const alerts = (): Promise<readonly Readonly<Record<string, unknown>>[]> => busMessages('/chat/notification-alert/1')

  it('has direct messages in the chat count and on its own channel, and nowhere else', async () => {
    await start()
    const { id } = forum.chatMessage({ user: 'eve', from: 'alice', text: 'Are you there?' })
    expect([await chatCount(), await rows(), await busMessages('/notification/1')]).toEqual([1, [], []])
    expect(await alerts()).toMatchObject([
      {
        username: 'alice',
        notification_type: 30,
        post_url: `/chat/c/-/3/${id}`,
        excerpt: 'Are you there?',
        translated_title: 'New chat message from alice',
        is_direct_message_channel: true,
      },
    ])
  })

  it.each([
    ['eve', {}],
    ['here', { identifier: 'here' }],
    ['all', { identifier: 'all' }],
    ['helpers', { identifier: 'helpers', is_group_mention: true }],
  ])('has a mention of %s as a row and in the count', async (mention, data) => {
    await start()
    forum.chatMessage({ user: 'eve', from: 'alice', channel: 'General', mention })
    expect(await chatCount()).toBe(1)
    const [row, ...others] = await rows()
    expect(row).toMatchObject({ notification_type: 29, high_priority: true, topic_id: null })
    expect(row?.data).toEqual({
      chat_channel_id: 4,
      chat_channel_slug: 'general',
      chat_channel_title: 'General',
      chat_message_id: 1,
      is_direct_message_channel: false,
      mentioned_by_username: 'alice',
      ...data,
    })
    expect(others).toEqual([])
    expect(await alerts()).toMatchObject([{ notification_type: 29, is_direct_message_channel: false }])
  })

  it('of other people is nothing to the user', async () => {
    await start()
    forum.chatMessage({ user: 'eve', from: 'alice', channel: 'General' })
    expect([await chatCount(), await rows(), await alerts()]).toEqual([0, [], []])
  })

  it('that is read in the browser loses its count without a bus message', async () => {
    await start()
    forum.chatMessage({ user: 'eve', from: 'alice' })
    forum.chatMessage({ user: 'eve', from: 'alice', channel: 'General', mention: 'eve' })
    const before = await busMessages('/notification/1')
    forum.readChat('eve')
    expect(await chatCount()).toBe(0)
    expect(await rows()).toMatchObject([{ read: true }])
    expect(await busMessages('/notification/1')).toEqual(before)
  })

  it('has one row for a watched thread, which changes and becomes unread again', async () => {
    await start()
    const thread = { user: 'eve', channel: 'General', watchedThread: 12 }
    forum.chatMessage({ ...thread, from: 'alice' })
    const [first] = await rows()
    forum.markRead('eve', 'all')
    forum.chatMessage({ ...thread, from: 'bob' })
    expect(await rows()).toMatchObject([
      {
        id: first?.id,
        read: false,
        data: { username: 'bob', username2: 'alice', chat_thread_id: 12, chat_message_id: 2, count: 2 },
      },
    ])
  })

  it('is no part of a forum that does not have it', async () => {
    await start({ settings: {} })
    expect(() => forum.chatMessage({ user: 'eve', from: 'alice' })).toThrow('no chat')
  })
})

describe('rows', () => {
  it('of a deleted topic go with it, without a bus message', async () => {
    await start()
    const { topicId } = forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'Cats' })
    const kept = happen('mentioned', 'alice', 'Dogs')
    const before = await busMessages('/notification/1')
    forum.deleteTopic(topicId ?? 0)
    expect((await rows()).map(({ id }) => id)).toEqual([kept])
    expect(await busMessages('/notification/1')).toEqual(before)
    expect(await ask('/notifications/totals.json')).toMatchObject({ unread_notifications: 1 })
  })

  it('are destroyed and rewritten by plugins, which is told of live', async () => {
    await start()
    const id = happen('mentioned', 'alice')
    const other = happen('mentioned', 'bob')
    forum.markRead('eve', 'all')
    forum.changeNotification('eve', id, { data: { title: 'Rewritten' }, read: false })
    forum.destroyNotifications('eve', [other])
    expect(await rows()).toMatchObject([{ id, read: false, data: { title: 'Rewritten' } }])
    expect((await busMessages('/notification/1')).at(-1)).toMatchObject({ recent: [[id, false]] })
    expect(() => forum.changeNotification('eve', other, { read: true })).toThrow('no notification')
  })

  it('have the ids of before after a restore of the database, and the bus goes on', async () => {
    await start()
    const kept = happen('mentioned', 'alice', 'One')
    forum.takeBackup()
    const lost = happen('mentioned', 'alice', 'Two')
    forum.see('eve')
    forum.restoreBackup()
    expect((await rows()).map(({ id }) => id)).toEqual([kept])
    expect(await ask('/session/current.json')).toMatchObject({ current_user: { seen_notification_id: 0 } })
    expect(happen('mentioned', 'alice', 'Three')).toBe(lost)
    expect(await busMessages('/notification/1')).toHaveLength(4)
  })

  it('are added one for each event where nothing is consolidated', async () => {
    await start({ settings: { consolidates: false } })
    happen('replied', 'alice')
    happen('replied', 'bob')
    expect(await rows()).toHaveLength(2)
  })
})

describe('the words of a post', () => {
  it('come up to half a second after the counts', async () => {
    await start()
    for (const [delay, title] of [
      [16, 'One'],
      [84, 'Two'],
      [55, 'Three'],
      [413, 'Four'],
      [16, 'Five'],
    ] as const) {
      const before = (await busMessages('/notification-alert/1')).length
      happen('mentioned', 'alice', title)
      clock.advance(delay - 1)
      expect(await busMessages('/notification-alert/1')).toHaveLength(before)
      clock.advance(1)
      expect((await busMessages('/notification-alert/1')).at(-1)).toMatchObject({ topic_title: title })
    }
  })
})

describe('a key', () => {
  it('is good again when its revocation is undone, or the suspension of its owner lifted', async () => {
    await start()
    const statuses: number[] = []
    const look = async (): Promise<void> => {
      const answer = await fetch(`${forum.url}/notifications/totals.json`, { headers: { 'user-api-key': key } })
      statuses.push(answer.status)
    }
    const id = forum.keys('eve')[0]?.id ?? 0
    forum.revokeKey(id)
    await look()
    forum.undoRevokeKey(id)
    await look()
    forum.updateUser('eve', { suspended: true })
    await look()
    forum.updateUser('eve', { suspended: false })
    await look()
    expect(statuses).toEqual([403, 200, 403, 200])
  })
})

describe('a proxy', () => {
  it('may hold a chunked answer back until it is over', async () => {
    await start()
    forum.fault({ kind: 'buffer', path: '/message-bus/' })
    const body = new URLSearchParams({ '/notification/1': '0' })
    const poll = fetch(`${forum.url}/message-bus/a/poll`, { method: 'POST', headers: { 'user-api-key': key }, body })
    let isOver = false
    void poll.then(() => {
      isOver = true
    })
    await expect.poll(() => forum.heldPolls()).toBe(1)
    happen('mentioned', 'alice')
    await fetch(`${forum.url}/srv/status`)
    expect(isOver).toBe(false)
    clock.advance(25_000)
    const chunks = (await (await poll).text()).split('\r\n|\r\n')
    expect(chunks.map((chunk) => chunk.slice(0, 2))).toEqual(['[]', '[{', '[]', ''])
  })

  it('may say when to come back, in seconds or as a date', async () => {
    await start()
    const date = 'Thu, 01 Jan 2026 00:02:00 GMT'
    for (const retryAfter of [120, date]) {
      forum.fault({ kind: 'error-page', status: 503, retryAfter, times: 1 })
      const { status, headers } = await fetch(`${forum.url}/srv/status`)
      expect([status, headers.get('retry-after')]).toEqual([503, String(retryAfter)])
    }
  })
})
