import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { profileNames } from './profiles.ts'
import { startForum } from './start-forum.ts'

interface Item {
  readonly id: number
  readonly read: boolean
}

describe.each(profileNames)('notifications of %s', (profile) => {
  let forum: Forum
  let key: string
  const clock = createFakeClock(1_000_000_000_000)

  const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${forum.url}${path}`, { headers: { 'user-api-key': key, accept: 'application/json' } })
    const body: Record<string, unknown> = JSON.parse(await answer.text())
    return { status: answer.status, body }
  }
  const ids = async (query: string): Promise<number[]> => {
    const answer = await fetch(`${forum.url}/notifications.json?${query}`, { headers: { 'user-api-key': key } })
    const { notifications }: { notifications: Item[] } = JSON.parse(await answer.text())
    return notifications.map(({ id }) => id)
  }
  const user = async (): Promise<unknown> => (await get('/session/current.json')).body['current_user']
  const put = (path: string, body?: string, type = 'application/x-www-form-urlencoded'): Promise<Response> =>
    fetch(`${forum.url}${path}`, {
      method: 'PUT',
      headers: { 'user-api-key': key, 'content-type': type },
      ...(body === undefined ? {} : { body }),
    })
  const notifyMany = (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      clock.advance(1000)
      forum.notify({ user: 'eve', type: 'posted', topicTitle: `Topic ${index}`, from: 'alice' })
    }
  }

  beforeEach(async () => {
    forum = await startForum({
      profile,
      users: [{ username: 'eve' }, { username: 'alice' }, { username: 'mod', staff: true, unseenReviewables: 2 }],
      clock,
      limits: { keyPerMinute: 1000 },
    })
    key = forum.grantKey({ user: 'eve' }).key
  })
  afterEach(() => forum.stop())

  it('[77] has totals from 3.3 on, and 404 before', async () => {
    const { status, body } = await get('/notifications/totals.json')
    if (profile === '2.9') {
      expect([status, body['error_type']]).toEqual([404, 'not_found'])
      return
    }
    expect(status).toBe(200)
    expect(body).toEqual({
      unread_notifications: 0,
      unread_personal_messages: 0,
      topic_tracking: { new: 0, unread: 0 },
      group_inboxes: [],
      username: 'eve',
    })
  })

  it('[89] refuses strangers', async () => {
    for (const path of ['/notifications.json', '/notifications/totals.json']) {
      const answer = await fetch(`${forum.url}${path}`)
      expect(answer.status).toBe(profile === '2.9' && path.includes('totals') ? 404 : 403)
    }
  })

  it('counts unseen, and high priority until it is read', async () => {
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice' })
    forum.notify({ user: 'eve', type: 'private_message', from: 'alice' })
    expect(await user()).toMatchObject({
      unread_notifications: 1,
      unread_high_priority_notifications: 1,
      ...(profile === '2.9'
        ? { unread_private_messages: 1 }
        : {
            all_unread_notifications_count: 2,
            new_personal_messages_notifications_count: 1,
            grouped_unread_notifications: { 1: 1, 6: 1 },
          }),
    })
    forum.see('eve')
    expect(await user()).toMatchObject({
      seen_notification_id: 2,
      unread_notifications: 0,
      unread_high_priority_notifications: 1,
      ...(profile === '2.9' ? {} : { all_unread_notifications_count: 0, grouped_unread_notifications: { 1: 1, 6: 1 } }),
    })
    expect(Object.hasOwn(Object(await user()), 'all_unread_notifications_count')).toBe(profile !== '2.9')
  })

  const hasTotals = profile !== '2.9'
  if (hasTotals)
    it('[77] totals leave personal messages out and cap at 99', async () => {
      notifyMany(120)
      forum.notify({ user: 'eve', type: 'private_message' })
      forum.notify({ user: 'eve', type: 'group_message_summary', data: { inbox_count: 4 } })
      forum.configure({ chatEnabled: true })
      forum.updateUser('eve', { chatNotifications: 3, tracking: { new: 5, unread: 6 } })
      expect((await get('/notifications/totals.json')).body).toEqual({
        unread_notifications: 98,
        unread_personal_messages: 1,
        topic_tracking: { new: 5, unread: 6 },
        group_inboxes: [{ group_id: 41, group_name: 'helpers', count: 4 }],
        chat_notifications: 3,
        username: 'eve',
      })
      forum.updateUser('eve', { canMessage: false, mergedNewView: true })
      const { body } = await get('/notifications/totals.json')
      expect(body).not.toHaveProperty('unread_personal_messages')
      expect(body['topic_tracking']).toEqual({ new: 5 })
    })

  it('[83] shows reviewables to staff only', async () => {
    expect((await get('/notifications.json?recent=true&silent=true')).body).not.toHaveProperty('pending_reviewables')
    key = forum.grantKey({ user: 'mod' }).key
    const { body } = await get('/notifications.json?recent=true&silent=true')
    expect(Object.hasOwn(body, 'pending_reviewables')).toBe(profile !== '2.9')
    const filtered = await get('/notifications.json?recent=true&silent=true&filter_by_types=mentioned')
    expect(filtered.body).not.toHaveProperty('pending_reviewables')
    if (profile !== '2.9') expect((await get('/notifications/totals.json')).body['unseen_reviewables']).toBe(2)
  })

  it('[78] the recent list marks as seen, unless silent or read-only', async () => {
    forum.notify({ user: 'eve', type: 'mentioned' })
    expect((await get('/notifications.json?recent=true&silent=true')).body['seen_notification_id']).toBe(0)
    expect((await get('/notifications.json?recent=true&silent')).body['seen_notification_id']).toBe(0)
    expect((await get('/notifications.json')).body['seen_notification_id']).toBe(0)
    forum.setReadOnly(true)
    expect((await get('/notifications.json?recent=true')).body['seen_notification_id']).toBe(0)
    forum.setReadOnly(false)
    expect((await get('/notifications.json?recent=true')).body['seen_notification_id']).toBe(1)
  })

  it('[79] refuses or clamps a bad limit', async () => {
    for (const limit of ['61', '-1', 'many']) {
      for (const mode of ['recent=true&silent=true', 'offset=0']) {
        const { status, body } = await get(`/notifications.json?${mode}&limit=${limit}`)
        const is500 = limit === '-1' && mode.startsWith('recent')
        expect(status).toBe(profile !== '2.9' ? 400 : is500 ? 500 : 200)
        if (profile !== '2.9') expect(body['error_type']).toBe('invalid_parameters')
      }
    }
    notifyMany(61)
    expect(await ids('recent=true&silent=true')).toHaveLength(15)
    if (profile === '2.9') expect(await ids('recent=true&silent=true&limit=61')).toHaveLength(50)
    else expect(await ids('recent=true&silent=true&limit=60')).toHaveLength(60)
  })

  it('[80] pages through the history', async () => {
    notifyMany(70)
    const limit = profile === '2.9' ? 60 : 2
    const { body } = await get('/notifications.json?limit=2')
    expect(body['notifications']).toHaveLength(limit)
    expect(body['total_rows_notifications']).toBe(70)
    const more = String(body['load_more_notifications'])
    expect(more).toMatch(profile === '2.9' ? /^\/notifications\?offset=60/ : /^\/notifications\?limit=2&offset=2/)
    expect((await ids(more.split('?')[1] ?? ''))[0]).toBe(70 - limit)
  })

  it('[81] filters the history', async () => {
    notifyMany(3)
    forum.markRead('eve', 2)
    expect(await ids('filter=all')).toEqual([3, 2, 1])
    expect(await ids('filter=read')).toEqual([2])
    expect(await ids('filter=unread')).toEqual([3, 1])
  })

  it('[82] has unread first, high priority before all, likes lowered in newer versions', async () => {
    for (const type of ['private_message', 'mentioned', 'mentioned', 'liked'] as const) {
      clock.advance(1000)
      forum.notify({ user: 'eve', type })
    }
    forum.markRead('eve', 3)
    expect(await ids('recent=true&silent=true')).toEqual(profile === '2.9' ? [1, 4, 3, 2] : [1, 2, 4, 3])
  })

  it('[84] filters by type where the version can', async () => {
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.notify({ user: 'eve', type: 'liked' })
    const found = await ids('recent=true&silent=true&filter_by_types=liked,reaction')
    expect(found).toEqual(profile === '2.9' ? [2, 1] : [2])
  })

  it('[85] knows no list of others', async () => {
    expect((await get('/notifications.json?username=nobody')).status).toBe(404)
    expect((await get('/notifications.json?username=alice')).status).toBe(403)
    expect((await get('/notifications.json?username=eve')).status).toBe(200)
  })

  it('[86] leaves out topics that cannot be seen any more, in both modes', async () => {
    notifyMany(3)
    const { topicId } = forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'Secret' })
    forum.setTopicVisible(topicId ?? 0, false)
    expect(await ids('recent=true&silent=true')).not.toContain(4)
    expect(await ids('')).not.toContain(4)
    // After the limit in newer versions: fewer than asked for come back.
    expect(await ids('recent=true&silent=true&limit=1')).toHaveLength(profile === '2.9' ? 1 : 0)
  })

  it('gives items as the version does', async () => {
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: 'Cats & <dogs>', postNumber: 7 })
    forum.notify({ user: 'eve', type: 'granted_badge', topicTitle: 'Welcome' })
    const { body } = await get('/notifications.json')
    expect(body['notifications']).toMatchObject([
      { id: 2, notification_type: 12, topic_id: null, post_number: null, data: { badge_name: 'Welcome' } },
      {
        id: 1,
        user_id: 1,
        notification_type: 1,
        read: false,
        high_priority: false,
        created_at: new Date(clock.now()).toISOString(),
        post_number: 7,
        fancy_title: 'Cats &amp; &lt;dogs&gt;',
        slug: 'cats-dogs',
        data: { display_username: 'alice', topic_title: 'Cats & <dogs>' },
      },
    ])
  })

  it('knows the types of its time', () => {
    const assign = (): unknown => forum.notify({ user: 'eve', type: 'assigned' })
    if (profile === '2.9') expect(assign).toThrow('has no notifications of type assigned')
    else expect(assign()).toMatchObject({ type: 34 })
    expect(forum.notify({ user: 'eve', type: 'following' })).toMatchObject({ type: 800 })
  })

  it('[87] marks one as read, never a foreign one', async () => {
    notifyMany(2)
    forum.notify({ user: 'alice', type: 'mentioned' })
    for (const [path, body, type] of [
      ['/notifications/mark-read.json', 'id=1', undefined],
      ['/notifications/read', '{"id":2}', 'application/json'],
      ['/notifications/mark-read', 'id=3', undefined],
      ['/notifications/mark-read', 'id=999', undefined],
    ] as const) {
      const answer = await put(path, body, type)
      expect(await answer.json()).toEqual({ success: 'OK' })
    }
    expect(await ids('filter=unread')).toEqual([])
    key = forum.grantKey({ user: 'alice' }).key
    expect(await ids('filter=unread')).toEqual([3])
  })

  it('marks everything without a parameter, and with a null id', async () => {
    for (const body of [undefined, '{"id":null}']) {
      notifyMany(2)
      expect((await put('/notifications/mark-read.json', body, 'application/json')).status).toBe(200)
      expect(await ids('filter=unread')).toEqual([])
    }
    expect(await user()).toMatchObject({ seen_notification_id: 4 })
  })

  it('[88] dismisses types where the version can', async () => {
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.notify({ user: 'eve', type: 'liked' })
    expect((await put('/notifications/mark-read', 'dismiss_types=mentioned')).status).toBe(200)
    expect(await ids('filter=unread')).toEqual(profile === '2.9' ? [] : [2])
    const unknown = await put('/notifications/mark-read', 'dismiss_types=nonsense')
    expect(unknown.status).toBe(profile === '2.9' ? 200 : 400)
  })

  it('gives a GET that asks for no JSON the page of the application', async () => {
    const answer = await fetch(`${forum.url}/notifications`, { headers: { 'user-api-key': key } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
  })
})
