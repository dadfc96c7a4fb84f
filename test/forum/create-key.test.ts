import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Forum } from './forum.ts'
import { profileNames } from './profiles.ts'
import { defaultSettings } from './settings.ts'
import { startForum } from './start-forum.ts'
import { NONCE, REDIRECT, testApplication } from './test-application.ts'
import { logIn, type TestBrowser } from './test-browser.ts'

const application = testApplication()
const JSON_HEADERS = { accept: 'application/json' }

describe.each(profileNames)('creating a key on %s', (profile) => {
  let forum: Forum
  let eve: TestBrowser
  const create = (changes?: Record<string, string | undefined>, headers = {}): Promise<Response> =>
    eve.post('/user-api-key', application.params(changes), headers)

  beforeAll(async () => {
    forum = await startForum({
      profile,
      users: [{ username: 'eve' }, { username: 'alice' }, { username: 'mod', staff: true, trustLevel: 0 }],
    })
    eve = await logIn(forum.url, 'eve')
  })
  beforeEach(() => forum.configure(defaultSettings))
  afterAll(() => forum.stop())

  it('[15] refuses a stranger', async () => {
    const answer = await fetch(`${forum.url}/user-api-key.json`, {
      method: 'POST',
      body: new URLSearchParams(application.params()),
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toBe('["BAD CSRF"]')
  })

  it('refuses a post without the CSRF token', async () => {
    const answer = await create({ authenticity_token: 'guess' })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toBe('["BAD CSRF"]')
  })

  it.each([
    'discourse-notifier://auth_redirect',
    'http://127.0.0.1:4000/',
    `${REDIRECT}/`,
    `${REDIRECT}?s=1`,
    'myapp:x',
    '',
  ])('[16] refuses the redirect %j, which is not on the list: 403', async (redirect) => {
    expect((await create({ auth_redirect: redirect })).status).toBe(403)
    const json = await create({ auth_redirect: redirect }, JSON_HEADERS)
    expect(json.status).toBe(403)
    expect(await json.json()).toMatchObject({ error_type: 'invalid_access' })
  })

  it('[17] [18] lets staff pass the trust level and nobody else', async () => {
    forum.configure({ minTrustLevel: 2 })
    const moderator = await logIn(forum.url, 'mod')
    const granted = await moderator.post('/user-api-key', application.params({ client_id: 'of-mod' }))
    expect(granted.status).toBe(302)
    expect((await create()).status).toBe(403)
  })

  it('[19] refuses scopes the site does not allow', async () => {
    forum.configure({ allowedScopes: ['read'] })
    expect((await create()).status).toBe(403)
  })

  it('names a missing parameter', async () => {
    expect((await create({ nonce: undefined })).status).toBe(400)
  })

  it('[20] sends the browser to the application with a payload that decrypts to a working key', async () => {
    const answer = await create()
    expect(answer.status).toBe(302)
    const location = answer.headers.get('location') ?? ''
    expect(location).toMatch(/^discourse:\/\/auth_redirect\?payload=[A-Za-z0-9%]+%0A$/)
    const payload = new URL(location).searchParams.get('payload') ?? ''
    expect(payload).toMatch(/^([A-Za-z0-9+/]{60}\n){5}[A-Za-z0-9+/=]{44}\n$/)

    const { key, ...rest } = application.decrypt(payload)
    expect(rest).toEqual({ nonce: NONCE, push: false, api: 4 })
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    const session = await fetch(`${forum.url}/session/current.json`, { headers: { 'user-api-key': String(key) } })
    expect(await session.json()).toMatchObject({ current_user: { username: 'eve' } })
    expect(forum.keys('eve').at(-1)).toMatchObject({
      scopes: ['notifications', 'session_info'],
      requests: { accepted: 1 },
    })
    expect(JSON.stringify(forum.keys('eve'))).not.toContain(key)
  })

  it('[20] answers a JSON post with the redirect in the newest version', async () => {
    const answer = await create({}, JSON_HEADERS)
    expect(answer.status).toBe(profile === 'latest' ? 200 : 302)
    if (profile === 'latest') {
      expect(await answer.json()).toEqual({ redirect_url: expect.stringMatching(/^discourse:.*payload=/) })
    }
  })

  it('[21] [22] says push only for an allowed address', async () => {
    const changes = { auth_redirect: undefined, push_url: 'https://push.example/' }
    const pushOf = async (): Promise<unknown> => {
      const { payload }: { payload: string } = JSON.parse(await (await create(changes, JSON_HEADERS)).text())
      return application.decrypt(payload)['push']
    }
    expect(await pushOf()).toBe(false)
    forum.configure({ allowedPushUrls: ['https://push.example/'] })
    expect(await pushOf()).toBe(true)
  })

  it('[23] gives the payload in JSON when there is no redirect', async () => {
    const answer = await create({ auth_redirect: undefined }, JSON_HEADERS)
    const { payload, instructions }: Record<string, string> = JSON.parse(await answer.text())
    expect(application.decrypt(payload ?? '')).toMatchObject({ nonce: NONCE })
    expect(instructions).toContain('Notifier under test')
  })

  it('[24] shows the payload on a page when there is no redirect', async () => {
    const page = await (await create({ auth_redirect: undefined })).text()
    const name = profile === '3.5' ? '' : 'Notifier under test'
    expect(page).toContain(`We just generated a new user API key for you to use with &quot;${name}&quot;`)
    const code = /<code>([^<]*)<\/code>/.exec(page)?.[1] ?? ''
    expect(application.decrypt(code)).toMatchObject({ nonce: NONCE })
    expect(code).toMatch(/^([A-Za-z0-9+/]{60}\n){5}[A-Za-z0-9+/=]{44}\n$/)
    // Nothing on the page keeps the lines apart: a browser copies spaces.
    expect(page).not.toContain('<pre')
  })

  it('[28] encrypts with OAEP where the version knows it, and ignores the wish elsewhere', async () => {
    const { payload = '' } = await forum.authorize({
      authorizeUrl: application.authorizeUrl(forum.url, { padding: 'oaep', auth_redirect: undefined }),
      user: 'eve',
    })
    expect(application.decrypt(payload, profile === 'latest' ? 'oaep' : 'pkcs1')).toMatchObject({ nonce: NONCE })
  })

  it('encrypts with PKCS#1 although OAEP was asked for, when told to', async () => {
    forum.configure({ ignoresPadding: true })
    const authorizeUrl = application.authorizeUrl(forum.url, { padding: 'oaep' })
    const { payload = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
    expect(application.decrypt(payload, 'pkcs1')).toMatchObject({ nonce: NONCE })
  })

  it('[18] asks for one of the allowed groups where there are such', async () => {
    forum.configure({ allowedGroups: [41] })
    expect((await create()).status).toBe(profile === '2.9' ? 302 : 403)
    forum.updateUser('eve', { groups: [41] })
    expect((await create()).status).toBe(302)
  })

  it('[29] [30] refuses what does not fit the key or is no padding, as its version does', async () => {
    const tooLong = await create({ padding: 'oaep', nonce: 'n'.repeat(250) }, JSON_HEADERS)
    const badPadding = await create({ padding: 'rot13' }, JSON_HEADERS)
    if (profile === 'latest') {
      expect(await tooLong.json()).toMatchObject({ errors: [expect.stringContaining('Payload too large for OAEP')] })
      expect([tooLong.status, badPadding.status]).toEqual([400, 400])
    } else {
      expect([tooLong.status, badPadding.status]).toEqual([500, 302])
    }
  })

  it('[31] [33] follows a wildcard of the list and keeps the query of the redirect', async () => {
    forum.configure({ allowedRedirects: ['https://app.example/*'] })
    const answer = await create({ auth_redirect: 'https://app.example/cb?x=1#f' })
    expect(answer.status).toBe(profile === 'latest' ? 403 : 302)
    const kept = await create({ auth_redirect: 'https://app.example/cb?x=1' })
    expect(kept.headers.get('location')).toMatch(/^https:\/\/app\.example\/cb\?x=1&payload=/)
  })

  it('[32] lets no wildcard leak over the host in the newest version', async () => {
    forum.configure({ allowedRedirects: ['https://*.app.example/cb'] })
    const answer = await create({ auth_redirect: 'https://evil.example/.app.example/cb' })
    expect(answer.status).toBe(profile === 'latest' ? 403 : 302)
  })

  it('replaces the key of the same user and client id', async () => {
    await create({ client_id: 'again' })
    const [first] = forum.keys('eve').filter(({ clientId }) => clientId === 'again')
    await create({ client_id: 'again', application_name: 'Renamed' })
    const now = forum.keys('eve').filter(({ clientId }) => clientId === 'again')
    expect(now).toMatchObject([{ applicationName: 'Renamed' }])
    expect(now[0]?.id).not.toBe(first?.id)
  })

  it('fails for a second user with the same client id only where ids are unique over the site', async () => {
    await create({ client_id: 'shared' })
    const alice = await logIn(forum.url, 'alice')
    const answer = await alice.post('/user-api-key', application.params({ client_id: 'shared' }))
    expect(answer.status).toBe(profile === '2.9' ? 500 : 302)
  })

  it('[25] [26] [27] limits the life of a key where the version knows how', async () => {
    const { payload = '' } = await forum.authorize({
      authorizeUrl: application.authorizeUrl(forum.url, { expires_in_seconds: '86400' }),
      user: 'eve',
    })
    const { expires_at: expiresAt } = application.decrypt(payload)
    const tooLong = await create({ expires_in_seconds: String(366 * 86_400) })
    const absurd = await create({ expires_in_seconds: '99999999999' })
    const expected = profile === 'latest' ? 400 : 302
    expect([tooLong.status, absurd.status]).toEqual([expected, expected])
    if (profile === 'latest') expect(Date.parse(String(expiresAt)) - Date.now()).toBeGreaterThan(86_300_000)
    else expect(expiresAt).toBeUndefined()
  })

  it('tells the caller of authorize() what stood in the way', async () => {
    const request = { authorizeUrl: application.authorizeUrl(forum.url, { scopes: 'nonsense' }), user: 'eve' }
    await expect(forum.authorize(request)).rejects.toThrow(/^No authorize page but 200: We cannot issue/)
  })
})
