import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Forum } from './forum.ts'
import { startForum } from './start-forum.ts'
import { testApplication } from './test-application.ts'

describe('the control interface', () => {
  let forum: Forum
  const control = async (operation: string, input: unknown = {}): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${forum.controlUrl}/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const body: unknown = JSON.parse(await answer.text())
    return { status: answer.status, body }
  }

  beforeAll(async () => {
    forum = await startForum({ profile: '3.4', path: '/forum', control: true })
  })
  afterAll(() => forum.stop())

  it('lists its operations at the root of the origin', async () => {
    expect(forum.controlUrl).toBe(`${forum.origin}/__control`)
    expect(await (await fetch(`${forum.controlUrl}`)).json()).toMatchObject({ operations: { 'create-user': /./ } })
  })

  it('does from elsewhere what the library does', async () => {
    expect(await control('create-user', { username: 'eve' })).toMatchObject({ body: { result: { id: 1 } } })
    expect(await control('notify', { user: 'eve', type: 'mentioned', from: 'alice' })).toMatchObject({
      body: { result: { id: 1, type: 1, actingUsername: 'alice' } },
    })
    const authorizeUrl = testApplication().authorizeUrl(forum.url)
    expect(await control('authorize', { authorizeUrl, user: 'eve' })).toMatchObject({
      body: { result: { redirect: expect.stringMatching(/^discourse:/) } },
    })
    const keys = await control('keys', { user: 'eve' })
    expect(keys).toMatchObject({ body: { result: [{ id: 1, applicationName: 'Notifier under test' }] } })
    expect(JSON.stringify(keys)).not.toContain('sha256')
    await control('revoke-key', { id: 1 })
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    expect(await control('set-read-only', { readOnly: true })).toEqual({ status: 200, body: { result: null } })
    await control('fault', { kind: 'error-page', status: 503, times: 1 })
    expect((await fetch(`${forum.url}/srv/status`)).status).toBe(503)
    expect(await control('requests')).toMatchObject({ body: { result: expect.arrayContaining([]) } })
  })

  it('drives the device flow, the clock, the limits, the settings and the daily jobs', async () => {
    const latest = await startForum({ profile: 'latest', users: [{ username: 'eve' }], control: true })
    const drive = async (operation: string, input: unknown): Promise<number> =>
      (
        await fetch(`${latest.controlUrl}/${operation}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
        })
      ).status
    const asked = await fetch(`${latest.url}/user-api-key/device.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(testApplication().params({ auth_redirect: undefined })),
    })
    const { verification_uri: verificationUrl, user_code: userCode }: Record<string, string> = JSON.parse(
      await asked.text(),
    )
    const approval = { verificationUrl, userCode, user: 'eve', decision: 'authorize' }
    expect(await drive('approve-device', { ...approval, decision: 'perhaps' })).toBe(400)
    expect(await drive('approve-device', approval)).toBe(200)
    expect(latest.keys('eve')).toHaveLength(1)

    const statuses = [
      await drive('set-limits', { keyPerMinute: 1, ip: null }),
      await drive('configure', { revokeUnusedDays: 1, allowedGroups: [14] }),
      await drive('advance-clock', { ms: 2 * 24 * 60 * 60 * 1000 }),
      await drive('run-clean-up', {}),
      await drive('reset-settings', {}),
      await drive('advance-clock', { ms: -1 }),
    ]
    expect(statuses).toEqual([200, 200, 200, 200, 200, 400])
    expect(latest.keys('eve')[0]?.revokedAt).toBeGreaterThan(Date.now())
    await latest.stop()
  })

  it('drives the message bus and tells of the traffic', async () => {
    const until = Date.now() + 60_000
    const user = 'bob'
    await control('create-user', { username: user })
    const before = await control('traffic')
    expect(await control('set-reviewables', { user, count: 2 })).toMatchObject({ body: { result: { reviewables: 2 } } })
    expect(await control('set-do-not-disturb', { user, until })).toMatchObject({
      body: { result: { doNotDisturbUntil: until } },
    })
    const statuses = [
      await control('update-user', { user, changes: { lastSeenAt: null } }),
      await control('skip-bus', { count: 5 }),
      await control('reset-bus'),
      await control('configure', { longPolling: false, busBacklog: 3 }),
      await control('fault', { kind: 'cut', afterMs: 5000, path: '/message-bus/', times: 1 }),
      await control('fault', { kind: 'queue', retryAfter: 60, path: '/message-bus/', times: 1 }),
      await control('when-quiet'),
      await control('skip-bus', { count: 0 }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 400])
    expect(await control('open-requests')).toMatchObject({ body: { result: 0 } })
    expect(await control('waiting-requests')).toMatchObject({ body: { result: 0 } })
    expect(await control('held-polls')).toMatchObject({ body: { result: 0 } })
    expect(await control('traffic')).toEqual(before)
  })

  it.each([
    ['notify', { user: 'eve', type: 'nonsense' }, 'type: This is no type of notification'],
    ['notify', { user: 'nobody', type: 'liked' }, 'There is no user nobody.'],
    ['see', { user: 'eve', more: 1 }, 'more: '],
    ['revoke-key', { id: 77 }, 'There is no key with id 77.'],
  ])('explains what is wrong with %s %j', async (operation, input, sentence) => {
    expect(await control(operation, input)).toEqual({ status: 400, body: { error: expect.stringContaining(sentence) } })
  })

  it('refuses what other web pages can send', async () => {
    const answer = await fetch(`${forum.controlUrl}/clear-faults`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(400)
    expect((await control('nonsense')).status).toBe(404)
  })

  it('is not there unless asked for', async () => {
    const closed = await startForum({ profile: '3.4' })
    expect(closed.controlUrl).toBeNull()
    expect((await fetch(`${closed.origin}/__control`)).status).toBe(404)
    await closed.stop()
  })
})
