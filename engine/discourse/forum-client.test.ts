import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { createForumClient } from './forum-client.ts'
import type { Http } from './http.ts'

/** An `Http` whose every answer is this. */
const answering = (status: number, type: string, text: string): Http => ({
  send: async () => ok({ status, headers: new Map([['content-type', type]]), bytes: Buffer.from(text), text }),
  close: async () => undefined,
})

const changes = {
  'marking one as read': (http: Http) => createForumClient(http, 'https://forum.example', 'k').markRead(7),
  'marking all as read': (http: Http) => createForumClient(http, 'https://forum.example', 'k').markAllRead(),
  revoking: (http: Http) => createForumClient(http, 'https://forum.example', 'k').revoke(),
} as const

describe.each(Object.entries(changes))('%s', (_, change) => {
  it.each([200, 203])('is confirmed by the forum’s own JSON, with status %d', async (status) => {
    expect(await change(answering(status, 'application/json', '{"success":"OK"}'))).toEqual({ ok: true, value: null })
  })

  it.each([
    ['a login page', 'text/html', '<html>Hotel login</html>'],
    ['nothing', 'application/json', ''],
    ['null', 'application/json', 'null'],
    ['a failure', 'application/json', '{"failed":"FAILED"}'],
    ['other words', 'application/json', '{"success":"no"}'],
    ['a list', 'application/json', '["success"]'],
  ])('is not confirmed by %s with status 200', async (__, type, text) => {
    expect(await change(answering(200, type, text))).toMatchObject({
      ok: false,
      failure: { code: 'change_not_confirmed' },
    })
  })

  it('is not confirmed by other statuses, whatever the body', async () => {
    for (const status of [201, 204, 206, 302, 304]) {
      expect(await change(answering(status, 'application/json', '{"success":"OK"}'))).toMatchObject({ ok: false })
    }
  })
})

describe('counts', () => {
  const countsOf = async (path: 'totals' | 'session', json: object) => {
    const client = createForumClient(
      answering(200, 'application/json', JSON.stringify(json)),
      'https://forum.example',
      'k',
    )
    const read = await client[path]()
    return read.ok ? read.value.counts : read.failure
  }
  const user = (some: object) => ({ current_user: { id: 2, username: 'eve', ...some } })

  it('of 3.5 have topics and the inboxes of groups beside them, outside the total (recorded)', async () => {
    expect(
      await countsOf('totals', {
        username: 'eve',
        unread_notifications: 3,
        unread_personal_messages: 0,
        topic_tracking: { new: 10, unread: 1 },
        group_inboxes: [{ group_id: 41, group_name: 'cat\u202epeople', count: 2 }, { group_id: 'x' }, null],
        chat_notifications: 3,
      }),
    ).toEqual({
      ...{ notifications: 3, messages: 0, chat: 3, reviewables: 0, total: 6 },
      topics: { new: 10, unread: 1 },
      groupInboxes: [{ id: 41, name: 'catpeople', count: 2 }],
    })
  })

  it('have only new topics if the user has both in one view', async () => {
    const counts = await countsOf('totals', { unread_notifications: 0, topic_tracking: { new: 4 } })
    expect(counts).toMatchObject({ topics: { new: 4, unread: 0 }, total: 0 })
  })

  it('say when the forum stops counting', async () => {
    expect(await countsOf('totals', { unread_notifications: 97, unread_personal_messages: 2 })).toMatchObject({
      isCapped: true,
    })
    expect(await countsOf('totals', { unread_notifications: 96, unread_personal_messages: 2 })).not.toHaveProperty(
      'isCapped',
    )
    expect(await countsOf('session', user({ all_unread_notifications_count: 99 }))).toMatchObject({ isCapped: true })
    expect(
      await countsOf('session', user({ unread_notifications: 99, unread_high_priority_notifications: 4 })),
    ).toMatchObject({
      notifications: 103,
      isCapped: true,
    })
  })

  it('of 2.9 do not take a reminder for a message, though the forum does not separate them (recorded)', async () => {
    const counts = await countsOf(
      'session',
      user({ unread_notifications: 2, unread_high_priority_notifications: 3, unread_private_messages: 3 }),
    )
    expect(counts).toEqual({ notifications: 5, messages: 0, chat: 0, reviewables: 0, total: 5, undivided: 3 })
  })

  it('of 3.x take messages from the counts by type if there is no separate count', async () => {
    const some = {
      all_unread_notifications_count: 5,
      unread_high_priority_notifications: 3,
      grouped_unread_notifications: { 6: 2 },
    }
    expect(await countsOf('session', user(some))).toEqual({
      notifications: 3,
      messages: 2,
      chat: 0,
      reviewables: 0,
      total: 5,
    })
  })

  it('out of range are capped; those that are not numbers are missing', async () => {
    expect(
      await countsOf('totals', { unread_notifications: 5e9, chat_notifications: 'x', unseen_reviewables: -4 }),
    ).toMatchObject({
      notifications: 1_000_000,
      chat: 0,
      reviewables: 0,
    })
  })
})
