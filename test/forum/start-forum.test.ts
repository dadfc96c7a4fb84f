import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { profileNames, profiles } from './profiles.ts'
import { startForum } from './start-forum.ts'
import { testApplication } from './test-application.ts'
import { logIn } from './test-browser.ts'

let forum: Forum
afterEach(() => forum.stop())

describe.each(profileNames)('a %s forum below a folder', (profile) => {
  it('serves everything there and nothing beside it', async () => {
    forum = await startForum({ profile, path: '/forum', users: [{ username: 'eve' }] })
    expect(forum.url).toBe(`${forum.origin}/forum`)
    expect((await fetch(`${forum.url}/srv/status`)).status).toBe(200)
    expect((await fetch(`${forum.origin}/srv/status`)).status).toBe(404)
    expect((await fetch(`${forum.origin}/forums/srv/status`)).status).toBe(404)
    expect((await fetch(`${forum.url}/user-api-key/new`, { method: 'HEAD' })).headers.get('auth-api-version')).toBe('4')
  })

  it('keeps its cookies and its links below the folder', async () => {
    forum = await startForum({ profile, path: '/forum', users: [{ username: 'eve' }] })
    const application = testApplication()
    const sentToLogin = await fetch(application.authorizeUrl(forum.url), { redirect: 'manual' })
    expect(sentToLogin.headers.get('location')).toBe('/forum/login')
    expect(sentToLogin.headers.getSetCookie()[0]).toMatch(/^destination_url=.*Path=\/forum/)
    const { redirect = '' } = await forum.authorize({ authorizeUrl: application.authorizeUrl(forum.url), user: 'eve' })
    const { key } = application.decrypt(new URL(redirect).searchParams.get('payload') ?? '')
    const answer = await fetch(`${forum.url}/notifications.json`, { headers: { 'user-api-key': String(key) } })
    expect(await answer.json()).toMatchObject({
      load_more_notifications: expect.stringMatching(/^\/forum\/notifications\?/),
    })
    const home = await (await (await logIn(forum.url, 'eve')).get('/')).text()
    expect(home).not.toMatch(/(href|action)="\/(?!forum\/)/)
  })
})

describe.each(profileNames)('the public face of %s', (profile) => {
  it('gives basic info and status without login, even where login is required', async () => {
    forum = await startForum({ profile, title: 'Cats', color: 'abcdef', settings: { loginRequired: true } })
    const info: Record<string, unknown> = JSON.parse(await (await fetch(`${forum.url}/site/basic-info.json`)).text())
    expect(info).toMatchObject({ title: 'Cats', header_background_color: 'abcdef', login_required: true })
    expect(Object.hasOwn(info, 'locale')).toBe(profile !== '2.9')
    const icon = await fetch(String(info['favicon_url']))
    expect(icon.headers.get('content-type')).toBe('image/png')
    expect(await (await fetch(`${forum.url}/srv/status`)).text()).toBe('ok')
    const about = await fetch(`${forum.url}/about.json`)
    expect([about.status, await about.json()]).toMatchObject([403, { error_type: 'not_logged_in' }])
    const page = await fetch(`${forum.url}/about`, { redirect: 'manual' })
    expect(page.headers.get('location')).toBe('/login')
    forum.configure({ loginRequired: false })
    expect(await (await fetch(`${forum.url}/about.json`)).json()).toMatchObject({
      about: { version: profiles[profile].version },
    })
  })

  it('says on every page that it is simulated', async () => {
    forum = await startForum({ profile, users: [{ username: 'eve' }] })
    forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'Cats', from: 'alice', excerpt: 'Hello Eve' })
    const eve = await logIn(forum.url, 'eve')
    for (const path of ['/', '/u/eve/notifications', '/u/eve/preferences/apps', '/t/cats/10/2', '/nowhere']) {
      expect(await (await eve.get(path)).text()).toContain(`Simulated Discourse ${profile}`)
    }
    // Visiting the post marked it as read.
    expect(await (await eve.get('/u/eve/notifications')).text()).not.toContain('class="unread"')
  })

  it('has no routes of later versions', async () => {
    forum = await startForum({ profile })
    const statuses: number[] = []
    for (const path of ['/user-api-key/device.json', '/user-api-key-client.json']) {
      statuses.push((await fetch(`${forum.url}${path}`, { method: 'POST' })).status)
    }
    expect(statuses).toEqual({ '2.9': [404, 404], '3.4': [404, 400], '3.5': [404, 400], latest: [403, 400] }[profile])
  })
})

describe('faults', () => {
  const start = async (): Promise<void> => {
    forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }] })
  }
  const status = (path = '/srv/status'): Promise<Response> => fetch(`${forum.url}${path}`, { redirect: 'manual' })

  it('hit only their path and only so often', async () => {
    await start()
    forum.fault({ kind: 'error-page', status: 502, path: '/srv', times: 1 })
    expect((await status('/site/basic-info.json')).status).toBe(200)
    const broken = await status()
    expect([broken.status, broken.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect((await status()).status).toBe(200)
  })

  it('can be cleared', async () => {
    await start()
    forum.fault({ kind: 'html' })
    expect(await (await status('/site/basic-info.json')).text()).toContain('<html>')
    forum.clearFaults()
    expect((await status('/site/basic-info.json')).headers.get('content-type')).toContain('json')
  })

  it('drop connections', async () => {
    await start()
    forum.fault({ kind: 'drop', times: 1 })
    await expect(status()).rejects.toThrow('fetch failed')
    expect(forum.requests.at(-1)).toMatchObject({ path: '/srv/status', status: null })
    expect((await status()).status).toBe(200)
  })

  it('answer late', async () => {
    await start()
    forum.fault({ kind: 'latency', ms: 50, times: 1 })
    const before = performance.now()
    expect((await status()).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThanOrEqual(45)
  })

  it('flood with valid JSON of the size asked for', async () => {
    await start()
    forum.fault({ kind: 'flood', bytes: 1_000_000 })
    const text = await (await status()).text()
    expect(text.length).toBeGreaterThan(1_000_000)
    expect(JSON.parse(text)).toHaveProperty('notifications')
  })

  it('flood without end until the client lets go', async () => {
    await start()
    forum.fault({ kind: 'flood' })
    const reader = (await status()).body?.getReader()
    let read = 0
    while (read < 5_000_000) read += (await reader?.read())?.value?.length ?? 5_000_000
    await reader?.cancel()
    forum.clearFaults()
    expect((await status()).status).toBe(200)
  })

  it('lose an answer after the forum has done what was asked', async () => {
    await start()
    const { id, key } = forum.grantKey({ user: 'eve' })
    forum.fault({ kind: 'drop-answer', path: '/user-api-key', times: 1 })
    const revoke = fetch(`${forum.url}/user-api-key/revoke`, { method: 'POST', headers: { 'user-api-key': key } })
    await expect(revoke).rejects.toThrow('fetch failed')
    expect(forum.keys('eve').find((one) => one.id === id)?.revokedAt).not.toBeNull()
    expect(forum.requests.at(-1)).toMatchObject({ path: '/user-api-key/revoke', status: 200 })
  })

  it('limit for hours, and forbid', async () => {
    await start()
    forum.fault({ kind: 'limited', retryAfter: 7200, times: 1 })
    const limited = await status('/notifications.json')
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7200'])
    expect(await limited.json()).toMatchObject({ error_type: 'rate_limit', extras: { time_left: '2 hours' } })
    forum.fault({ kind: 'forbidden', path: '/notifications/totals' })
    const forbidden = await status('/notifications/totals.json')
    expect([forbidden.status, await forbidden.json()]).toEqual([
      403,
      { errors: [expect.any(String)], error_type: 'invalid_access' },
    ])
  })

  it('move the whole site', async () => {
    forum = await startForum({ profile: '3.4', path: '/forum' })
    forum.fault({ kind: 'redirect', to: 'https://new.example/community/' })
    const moved = await status('/session/current.json?x=1')
    expect(moved.status).toBe(301)
    expect(moved.headers.get('location')).toBe('https://new.example/community/session/current.json?x=1')
  })
})

describe('the server', () => {
  it('limits addresses when told to, in plain text', async () => {
    const clock = createFakeClock(1_000_000_000_000)
    forum = await startForum({ profile: '3.4', clock, limits: { ip: { per10Seconds: 2, perMinute: 3 } } })
    const codes: (string | null)[] = []
    for (const pause of [0, 0, 10_000, 0, 0]) {
      codes.push((await fetch(`${forum.url}/srv/status`)).headers.get('discourse-rate-limit-error-code'))
      clock.advance(pause)
    }
    expect(codes).toEqual([null, null, 'ip_10_secs_limit', null, 'ip_60_secs_limit'])
    const refused = await fetch(`${forum.url}/srv/status`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    expect(refused.headers.get('content-type')).toMatch(/^text\/plain/)
  })

  it('stops at once, idle connections included', async () => {
    forum = await startForum({ profile: '3.4' })
    const socket = connect(Number(new URL(forum.url).port), '127.0.0.1')
    await once(socket, 'connect')
    const closed = once(socket, 'close')
    await forum.stop()
    await closed
    await expect(fetch(forum.url)).rejects.toThrow('fetch failed')
  })

  it('plays a changed profile', async () => {
    forum = await startForum({
      profile: { ...profiles['2.9'], highPriorityInItems: false },
      users: [{ username: 'eve' }],
    })
    forum.notify({ user: 'eve', type: 'private_message' })
    const { key } = forum.grantKey({ user: 'eve' })
    const text = await (await fetch(`${forum.url}/notifications.json`, { headers: { 'user-api-key': key } })).text()
    expect(text).not.toContain('high_priority')
  })

  it('refuses a folder that is none', async () => {
    forum = await startForum({ profile: '3.4' })
    await expect(startForum({ profile: '3.4', path: 'forum/' })).rejects.toThrow('must look like /forum')
  })
})
