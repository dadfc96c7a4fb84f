import { afterEach, describe, expect, it } from 'vitest'
import type { Forum } from './forum.ts'
import { type ForumOptions, startForum } from './start-forum.ts'

let forum: Forum
afterEach(() => forum.stop())

const start = async (options: Partial<ForumOptions> = {}): Promise<string> => {
  forum = await startForum({
    profile: '3.4',
    users: [{ username: 'eve' }],
    ...options,
    settings: { longPollingSeconds: 0.05, ...options.settings },
  })
  return forum.grantKey({ user: 'eve' }).key
}
const poll = (key: string | null, positions: Record<string, string>, query = ''): Promise<Response> =>
  fetch(`${forum.url}/message-bus/abc/poll${query}`, {
    method: 'POST',
    headers: key === null ? {} : { 'user-api-key': key },
    body: new URLSearchParams(positions),
  })

describe('the message bus', () => {
  it('tells positions at once, and nothing else after the polling interval', async () => {
    const key = await start()
    expect(
      await (await poll(key, { '/notification/1': '-1', '/notification-alert/1': '7', __seq: '1' })).json(),
    ).toEqual([
      {
        global_id: -1,
        message_id: -1,
        channel: '/__status',
        data: { '/notification/1': 0, '/notification-alert/1': 0 },
      },
    ])
    const before = performance.now()
    expect(await (await poll(key, { '/notification/1': '0' })).json()).toEqual([])
    expect(performance.now() - before).toBeGreaterThanOrEqual(45)
  })

  it('does not hold a poll that asks not to be held', async () => {
    const key = await start({ settings: { longPollingSeconds: 60 } })
    expect(await (await poll(key, { '/notification/1': '0' }, '?dlp=t')).json()).toEqual([])
  })

  it('lets go of held polls when the forum stops', async () => {
    const key = await start({ settings: { longPollingSeconds: 60 } })
    const held = poll(key, { '/notification/1': '0' })
    await expect.poll(() => forum.requests.length).toBe(1)
    await forum.stop()
    await expect(held).rejects.toThrow('fetch failed')
  })

  it('counts against the limits of the key, and goes on as anonymous when they are spent', async () => {
    const key = await start({ limits: { keyPerMinute: 1 } })
    for (let sent = 0; sent < 3; sent += 1) {
      const answer = await poll(key, { '/x': '-1' })
      expect([answer.status, answer.headers.has('retry-after')]).toEqual([200, false])
    }
    expect(forum.keys('eve')[0]?.requests).toEqual({ accepted: 1, limited: 2, refused: 0 })
    forum.configure({ loginRequired: true })
    const refused = await poll(key, { '/x': '-1' })
    expect([refused.status, await refused.text()]).toEqual([403, 'Invalid Access'])
  })

  it('does not match the scopes below a folder, all but write', async () => {
    const key = await start({ path: '/forum', settings: { loginRequired: true } })
    expect((await poll(key, { '/x': '-1' })).status).toBe(403)
    const write = forum.grantKey({ user: 'eve', scopes: ['write'] }).key
    expect((await poll(write, { '/x': '-1' })).status).toBe(200)
  })
})
