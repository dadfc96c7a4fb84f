import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { profileNames } from './profiles.ts'
import { startForum } from './start-forum.ts'
import { logIn } from './test-browser.ts'

describe.each(profileNames)('keyed requests to %s', (profile) => {
  let forum: Forum
  let id: number
  let key: string
  const clock = createFakeClock(1_000_000_000_000)
  const send = (
    path: string,
    options: { method?: string; as?: string; body?: Record<string, string>; headers?: Record<string, string> } = {},
  ) =>
    fetch(`${forum.url}${path}`, {
      method: options.method ?? 'GET',
      redirect: 'manual',
      headers: { 'user-api-key': options.as ?? key, ...options.headers },
      ...(options.body === undefined ? {} : { body: new URLSearchParams(options.body) }),
    })

  beforeAll(async () => {
    forum = await startForum({
      profile,
      users: [{ username: 'eve' }, { username: 'alice' }],
      clock,
      limits: { keyPerMinute: 3, keyPerDay: 5 },
    })
  })
  beforeEach(() => {
    ;({ id, key } = forum.grantKey({ user: 'eve' }))
  })
  afterAll(() => forum.stop())

  it('[71] notifications and session_info permit their own actions and nothing else', async () => {
    expect((await send('/notifications.json')).status).toBe(200)
    expect((await send('/session/current.json')).status).toBe(200)
    expect((await send('/about.json')).status).toBe(403)
    clock.advance(60_000)
    expect((await send('/site/basic-info.json')).status).toBe(403)
    expect((await send('/notifications/read.json', { method: 'PUT', body: { id: '1' } })).status).toBe(200)
  })

  it('[71] [65] any key may revoke itself', async () => {
    const weak = forum.grantKey({ user: 'eve', scopes: ['push'] })
    const answer = await send('/user-api-key/revoke', { method: 'POST', as: weak.key })
    expect(await answer.json()).toEqual({ success: 'OK' })
    expect(forum.keys('eve').find((one) => one.id === weak.id)?.revokedAt).toBe(clock.now())
    const again = await send('/user-api-key/revoke.json', { method: 'POST', as: weak.key })
    expect(again.status).toBe(403)
    expect(await again.json()).toMatchObject({ error_type: 'invalid_access' })
  })

  it('[66] [67] a key may name itself, but no other key', async () => {
    const other = forum.grantKey({ user: 'alice' })
    const foreign = await send('/user-api-key/revoke', { method: 'POST', body: { id: String(other.id) } })
    expect(foreign.status).toBe(403)
    expect((await send('/user-api-key/revoke', { method: 'POST', body: { id: String(id) } })).status).toBe(200)
    expect(forum.keys('alice').find((one) => one.id === other.id)?.revokedAt).toBeNull()
  })

  it('[72] [73] write permits everything, read permits GET', async () => {
    const write = forum.grantKey({ user: 'eve', scopes: ['write'] }).key
    const read = forum.grantKey({ user: 'eve', scopes: ['read'] }).key
    expect((await send('/notifications/mark-read', { method: 'PUT', as: write, body: { id: '1' } })).status).toBe(200)
    expect((await send('/about.json', { as: read })).status).toBe(200)
    expect((await send('/notifications/mark-read', { method: 'PUT', as: read, body: { id: '1' } })).status).toBe(403)
  })

  it('does not match HEAD', async () => {
    expect((await send('/notifications.json', { method: 'HEAD' })).status).toBe(403)
  })

  it('[74] using a key updates when it was last used', async () => {
    clock.advance(5000)
    await send('/session/current.json')
    expect(forum.keys('eve').find((one) => one.id === id)?.lastUsedAt).toBe(clock.now())
  })

  it('names user and route in the answer', async () => {
    const answer = await send('/session/current.json')
    expect(answer.headers.get('x-discourse-username')).toBe('eve')
    expect(answer.headers.get('x-discourse-route')).toBe('session/current')
  })

  it('[75] does not take the key from the query', async () => {
    const answer = await fetch(`${forum.url}/notifications.json?user_api_key=${key}`)
    expect(answer.status).toBe(403)
  })

  it('refuses unknown, revoked, expired keys and suspended users alike, in JSON or plain text', async () => {
    const expired = forum.grantKey({ user: 'eve' })
    const suspended = forum.grantKey({ user: 'alice' }).key
    forum.revokeKey(id)
    forum.expireKey(expired.id)
    forum.updateUser('alice', { suspended: true })
    for (const as of ['f'.repeat(32), key, expired.key, suspended]) {
      const json = await send('/notifications.json', { as })
      expect(json.status).toBe(403)
      expect(await json.json()).toMatchObject({ errors: [expect.any(String)], error_type: 'invalid_access' })
      const text = await send('/notifications', { as })
      expect(text.status).toBe(403)
      expect(text.headers.get('content-type')).toMatch(/^text\/plain/)
      expect((await send('/notifications', { as, headers: { accept: 'application/json' } })).status).toBe(403)
    }
    forum.updateUser('alice', { suspended: false })
  })

  it('[76] limits each key by the minute, with the documented answer', async () => {
    for (const status of [200, 200, 200, 429, 429]) expect((await send('/session/current.json')).status).toBe(status)
    clock.advance(18_000)
    const answer = await send('/session/current.json')
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('42')
    expect(answer.headers.get('discourse-rate-limit-error-code')).toBe('user_api_key_limiter_60_secs')
    expect(await answer.json()).toEqual({
      errors: ["You've performed this action too many times. Please wait 42 seconds before trying again."],
      error_type: 'rate_limit',
      extras: { wait_seconds: 42, ...(profile === '2.9' ? {} : { time_left: '42 seconds' }) },
    })
    clock.advance(42_000)
    expect((await send('/session/current.json')).status).toBe(200)
  })

  it('[76] limits each key by the day, which has already spent the minute', async () => {
    for (let sent = 0; sent < 5; sent += 1) {
      expect((await send('/session/current.json')).status).toBe(200)
      clock.advance(60_000)
    }
    const codes: (string | null)[] = []
    for (let sent = 0; sent < 4; sent += 1) {
      codes.push((await send('/session/current.json')).headers.get('discourse-rate-limit-error-code'))
    }
    expect(codes).toEqual([...Array(3).fill('user_api_key_limiter_1_day'), 'user_api_key_limiter_60_secs'])
    const answer = await send('/session/current.json', { as: forum.grantKey({ user: 'eve' }).key })
    expect(answer.status).toBe(200)
  })

  it('counts a request out of scope, but none with an unusable key', async () => {
    for (const status of [403, 403, 403, 429]) expect((await send('/about.json')).status).toBe(status)
    expect(forum.keys('eve').find((one) => one.id === id)?.requests).toEqual({ accepted: 0, limited: 1, refused: 3 })
    forum.revokeKey(id)
    expect((await send('/about.json')).status).toBe(403)
  })

  it('answers a missing key as not logged in, and session/current with an empty 404', async () => {
    forum.fault({ kind: 'strip-key', times: 2 })
    const list = await send('/notifications.json')
    expect(list.status).toBe(403)
    expect(await list.json()).toMatchObject({ error_type: 'not_logged_in' })
    const session = await send('/session/current.json')
    expect(session.status).toBe(404)
    expect(await session.text()).toBe('')
    expect((await send('/session/current.json')).status).toBe(200)
  })

  it('in read-only mode reads with a header, changes nothing, and keeps the key', async () => {
    forum.setReadOnly(true)
    const read = await send('/session/current.json')
    const write = await send('/notifications/mark-read.json', { method: 'PUT', body: { id: '1' } })
    const revoke = await send('/user-api-key/revoke', { method: 'POST' })
    forum.setReadOnly(false)
    expect([read.status, read.headers.get('discourse-readonly')]).toEqual([200, 'true'])
    expect([write.status, revoke.status]).toEqual([503, 503])
    expect(await revoke.json()).toMatchObject({ error_type: 'read_only' })
    expect(forum.keys('eve').find((one) => one.id === id)?.revokedAt).toBeNull()
  })

  it('renames the key to another client id, and fails where that id is taken', async () => {
    const headers = { 'user-api-client-id': `new-${id}` }
    expect((await send('/session/current.json', { headers })).status).toBe(200)
    expect(forum.keys('eve').find((one) => one.id === id)?.clientId).toBe(`new-${id}`)
    forum.grantKey({ user: 'alice', clientId: `alice-${id}` })
    const taken = await send('/session/current.json', { headers: { 'user-api-client-id': `alice-${id}` } })
    expect(taken.status).toBe(500)
  })

  it('[68] the Apps page shows what is granted and takes back only the own', async () => {
    const foreign = forum.grantKey({ user: 'alice' }).id
    const eve = await logIn(forum.url, 'eve')
    const page = await (await eve.get('/u/eve/preferences/apps')).text()
    for (const text of ['Granted by the test', 'Read and clear notifications', 'Last used:', '>Revoke<']) {
      expect(page).toContain(text)
    }
    expect((await eve.post('/user-api-key/revoke', { id: String(foreign) })).status).toBe(403)
    expect(forum.keys('alice').find((one) => one.id === foreign)?.revokedAt).toBeNull()
    const revoked = await eve.post('/user-api-key/revoke', { id: String(id) })
    expect(revoked.headers.get('location')).toBe('/u/eve/preferences/apps')
    expect((await send('/session/current.json')).status).toBe(403)
    await eve.post('/user-api-key/undo-revoke', { id: String(id) })
    expect((await send('/session/current.json')).status).toBe(200)
    expect((await eve.post('/user-api-key/revoke.json', {})).status).toBe(404)
    expect((await fetch(`${forum.url}/user-api-key/revoke.json`, { method: 'POST' })).status).toBe(403)
    expect((await eve.get('/u/alice/preferences/apps')).status).toBe(404)
  })

  it('logs what was sent, without the key', async () => {
    forum.clearRequests()
    await send('/notifications/mark-read.json', {
      method: 'PUT',
      body: { id: '7' },
      headers: { 'user-agent': 'Test/1' },
    })
    await fetch(`${forum.url}/srv/status?x=1`)
    expect(forum.requests).toMatchObject([
      { method: 'PUT', path: '/notifications/mark-read.json', status: 200, keyed: true, keyId: id, body: { id: '7' } },
      { method: 'GET', path: '/srv/status', query: '?x=1', status: 200, keyed: false, keyId: null, body: null },
    ])
    expect(forum.requests[0]?.headers['user-agent']).toBe('Test/1')
    expect(JSON.stringify(forum.requests)).not.toContain(key)
  })
})
