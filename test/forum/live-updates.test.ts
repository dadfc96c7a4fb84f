import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import type { ProfileName } from './profiles.ts'
import { type ForumOptions, startForum } from './start-forum.ts'

const DAY = 24 * 60 * 60 * 1000
const EVE = '/notification/1'
const ALERTS = '/notification-alert/1'
const QUEUE = '/reviewable_counts/1'
const REST = '/do-not-disturb/1'

type Data = Readonly<Record<string, unknown>>

let forum: Forum
let clock: FakeClock
let key: string
afterEach(() => forum.stop())

const start = async (profile: ProfileName = '3.4', options: Partial<ForumOptions> = {}): Promise<void> => {
  clock = createFakeClock(Date.UTC(2026, 0, 1))
  const settings = { alertDelays: [0] }
  forum = await startForum({ profile, clock, users: [{ username: 'eve', staff: true }], settings, ...options })
  key = forum.grantKey({ user: 'eve', scopes: ['write'] }).key
}
const ask = (path: string, method = 'GET', headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${forum.url}${path}`, { method, headers: { 'user-api-key': key, ...headers } })
/** The data of everything on a channel. */
const published = async (channel: string): Promise<readonly Data[]> => {
  const answer = await fetch(`${forum.url}/message-bus/test/poll?dlp=t`, {
    method: 'POST',
    headers: { 'user-api-key': key },
    body: new URLSearchParams({ [channel]: '0' }),
  })
  const messages: readonly { readonly data: Data }[] = JSON.parse(await answer.text())
  return messages.map(({ data }) => data)
}
const last = async (channel: string): Promise<Data | undefined> => (await published(channel)).at(-1)
const current = async (): Promise<Data> => JSON.parse(await (await ask('/session/current.json')).text())['current_user']
const list = async (): Promise<readonly Data[]> =>
  JSON.parse(await (await ask('/notifications.json?recent=true&silent=true')).text())['notifications']

describe('a new notification', () => {
  it('publishes the counts, the item as the list has it, and what of the newest ones is read', async () => {
    await start()
    forum.notify({ user: 'eve', type: 'liked', from: 'bob' })
    forum.notify({ user: 'eve', type: 'private_message', from: 'alice', topicTitle: 'Cats & dogs' })
    const [item] = await list()
    expect(await last(EVE)).toEqual({
      unread_notifications: 1,
      unread_high_priority_notifications: 1,
      all_unread_notifications_count: 2,
      new_personal_messages_notifications_count: 1,
      grouped_unread_notifications: { 5: 1, 6: 1 },
      read_first_notification: false,
      last_notification: { notification: { ...item, created_at: '2026-01-01 00:00:00 UTC' } },
      recent: [
        [2, false],
        [1, false],
      ],
      seen_notification_id: 0,
    })
    expect(item).toMatchObject({ id: 2, fancy_title: 'Cats &amp; dogs' })
  })

  it('publishes what the version sends', async () => {
    await start('2.9')
    forum.notify({ user: 'eve', type: 'mentioned' })
    const fields = Object.keys((await last(EVE)) ?? {})
    expect(fields).toContain('unread_private_messages')
    expect(fields).not.toContain('all_unread_notifications_count')
  })

  it('has at most forty recent ones, twenty of them unread and urgent, and none that nobody may see', async () => {
    await start()
    for (let sent = 0; sent < 30; sent += 1) {
      forum.notify({ user: 'eve', type: 'bookmark_reminder', topicTitle: 'Bookmarks' })
      forum.notify({ user: 'eve', type: 'liked', topicTitle: 'Likes', from: `member${sent}` })
    }
    const { recent } = (await last(EVE)) ?? {}
    expect(recent).toHaveLength(40)
    expect(recent).toContainEqual([59, false])
    expect(recent).not.toContainEqual([19, false])
    forum.setTopicVisible(10, false)
    forum.notify({ user: 'eve', type: 'bookmark_reminder', topicTitle: 'Bookmarks' })
    expect(await last(EVE)).toMatchObject({ last_notification: { notification: { id: 60 } } })
    expect((await last(EVE))?.['recent']).toHaveLength(20)
  })

  it('of a post has the words of the post', async () => {
    await start('3.4', { path: '/forum' })
    forum.notify({
      user: 'eve',
      type: 'group_mentioned',
      from: 'alice',
      topicTitle: 'Which cat food?',
      excerpt: 'x'.repeat(500),
      postNumber: 7,
    })
    expect(await last(ALERTS)).toEqual({
      notification_type: 15,
      topic_title: 'Which cat food?',
      topic_id: 10,
      post_number: 7,
      excerpt: 'x'.repeat(400),
      username: 'alice',
      post_url: '/forum/t/which-cat-food/10/7',
      group_name: 'helpers',
    })
    forum.notify({ user: 'eve', type: 'replied', from: 'alice' })
    expect(await last(ALERTS)).not.toHaveProperty('group_name')
    expect(await last(ALERTS)).toMatchObject({ excerpt: expect.stringMatching(/./) })
  })

  it('of another kind is only counted', async () => {
    await start()
    for (const type of ['liked', 'edited', 'granted_badge', 'bookmark_reminder'] as const) {
      forum.notify({ user: 'eve', type })
    }
    expect([(await published(EVE)).length, (await published(ALERTS)).length]).toEqual([4, 0])
  })
})

describe('reading and seeing', () => {
  it('publishes what is left', async () => {
    await start()
    for (let sent = 0; sent < 3; sent += 1) forum.notify({ user: 'eve', type: 'private_message' })
    forum.markRead('eve', 2)
    expect(await last(EVE)).toMatchObject({ unread_high_priority_notifications: 2, seen_notification_id: 0 })
    forum.see('eve')
    expect(await last(EVE)).toMatchObject({ unread_high_priority_notifications: 2, seen_notification_id: 3 })
    forum.markRead('eve', 'all')
    expect(await last(EVE)).toMatchObject({ unread_high_priority_notifications: 0, read_first_notification: true })
    expect(await published(EVE)).toHaveLength(6)
  })

  it('is published once for each request that does it, and not when nothing new was seen', async () => {
    await start()
    forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'A topic', postNumber: 2 })
    forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'A topic', postNumber: 3 })
    const counts: number[] = []
    for (const [method, path] of [
      ['GET', '/notifications.json?recent=true&silent=true'],
      ['GET', '/notifications.json?recent=true'],
      ['GET', '/notifications.json?recent=true'],
      ['PUT', '/notifications/mark-read.json?id=1'],
      ['GET', '/t/a-topic/10/2'],
      ['GET', '/t/a-topic/10/3'],
      ['PUT', '/notifications/mark-read.json'],
    ] as const) {
      expect((await ask(path, method)).status).toBe(200)
      counts.push((await published(EVE)).length)
    }
    expect(counts).toEqual([2, 3, 3, 4, 4, 5, 6])
  })
})

describe('somebody who was not here for 30 days', () => {
  it('hears nothing of notifications until they come back; a key is no sign of life', async () => {
    await start()
    clock.advance(30 * DAY)
    forum.notify({ user: 'eve', type: 'mentioned' })
    expect(await published(EVE)).toHaveLength(1)
    clock.advance(1)
    await ask('/notifications/totals.json')
    forum.notify({ user: 'eve', type: 'mentioned' })
    expect([(await published(EVE)).length, (await published(ALERTS)).length]).toEqual([1, 1])
    await ask('/notifications/totals.json', 'GET', { 'discourse-present': 'true' })
    forum.notify({ user: 'eve', type: 'mentioned' })
    expect([(await published(EVE)).length, (await published(ALERTS)).length]).toEqual([2, 2])
  })

  it('can be made of anybody, and comes back with a browser', async () => {
    await start()
    forum.updateUser('eve', { lastSeenAt: null })
    forum.notify({ user: 'eve', type: 'mentioned' })
    expect(await published(EVE)).toEqual([])
    forum.see('eve')
    expect(await published(EVE)).toHaveLength(1)
  })
})

describe('the other channels of a user', () => {
  it('tell of the review queue when its counts change', async () => {
    await start()
    forum.setReviewables('eve', 3)
    forum.setReviewables('eve', 3)
    forum.setReviewables('eve', 3, 1)
    forum.updateUser('eve', { trustLevel: 2 })
    expect(await published(QUEUE)).toEqual([
      { reviewable_count: 3, unseen_reviewable_count: 3 },
      { reviewable_count: 3, unseen_reviewable_count: 1 },
    ])
    expect(await current()).toMatchObject({ reviewable_count: 3, unseen_reviewable_count: 1 })
  })

  it('tell of do-not-disturb, which the session has as well', async () => {
    await start()
    const until = clock.now() + 60_000
    forum.setDoNotDisturb('eve', until)
    expect(await last(REST)).toEqual({ ends_at: 'Thu, 01 Jan 2026 00:01:00 GMT' })
    expect(await current()).toMatchObject({ do_not_disturb_until: '2026-01-01T00:01:00.000Z' })
    forum.setDoNotDisturb('eve', null)
    expect(await last(REST)).toEqual({ ends_at: null })
    expect(await current()).toMatchObject({ do_not_disturb_until: null })
  })

  it('have no position of the notifications in the session, but one of do-not-disturb', async () => {
    await start()
    forum.notify({ user: 'eve', type: 'liked' })
    forum.setDoNotDisturb('eve', clock.now() + 1)
    forum.setDoNotDisturb('eve', null)
    expect(await current()).toMatchObject({ notification_channel_position: null, do_not_disturb_channel_position: 2 })
  })
})
