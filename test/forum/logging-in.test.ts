import { afterEach, describe, expect, it } from 'vitest'
import type { Forum } from './forum.ts'
import { profileNames } from './profiles.ts'
import { type ForumOptions, startForum } from './start-forum.ts'
import { REDIRECT, testApplication } from './test-application.ts'
import { logIn } from './test-browser.ts'

const application = testApplication()
let forum: Forum
afterEach(() => forum.stop())

const start = async (options: Partial<ForumOptions>): Promise<void> => {
  forum = await startForum({ profile: 'latest', users: [{ username: 'eve' }, { username: 'alice' }], ...options })
}
const open = (path: string, cookie = ''): Promise<Response> =>
  fetch(`${forum.url}${path}`, { redirect: 'manual', headers: { cookie } })
const whoIs = async (cookies: readonly string[]): Promise<unknown> => {
  const cookie = cookies.map((line) => line.split(';')[0]).join('; ')
  const answer = await open('/session/current.json', cookie)
  return answer.status === 200 ? JSON.parse(await answer.text()).current_user.username : null
}

describe.each(profileNames)('an identity provider of %s', (profile) => {
  it('stands between the request and the page, and leads back', async () => {
    await start({ profile, path: '/forum', settings: { discourseConnect: true } })
    expect((await open('/login')).headers.get('location')).toBe('/forum/session/sso')
    const sent = await open(application.authorizeUrl(forum.url).slice(forum.url.length))
    expect(sent.headers.get('location')).toBe('/forum/session/sso')
    const { payload } = await forum.authorize({ authorizeUrl: application.authorizeUrl(forum.url), user: 'eve' })
    expect(payload).toMatch(/./)
  })

  it('takes no forged, no used and no suspended name', async () => {
    await start({ profile, settings: { discourseConnect: true } })
    const toProvider = (await open('/session/sso')).headers.get('location') ?? ''
    expect((await open(toProvider.replace('sso=', 'sso=A'))).status).toBe(403)
    const login = (name: string): Promise<Response> =>
      fetch(`${forum.url}${toProvider}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ login: name, password: 'password' }),
      })
    expect((await login('nobody')).status).toBe(403)
    const back = (await login('eve')).headers.get('location') ?? ''
    expect(await whoIs((await open(back)).headers.getSetCookie())).toBe('eve')
    expect((await open(back)).status).toBe(403)
    forum.updateUser('alice', { suspended: true })
    expect((await open((await login('alice')).headers.get('location') ?? '')).status).toBe(403)
  })

  it('is not there unless switched on', async () => {
    await start({ profile })
    expect((await open('/session/sso')).status).toBe(404)
  })
})

describe.each(profileNames)('one-time passwords of %s', (profile) => {
  it('come with the key when their scope was asked for, and log in once', async () => {
    await start({ profile })
    const authorizeUrl = application.authorizeUrl(forum.url, { scopes: 'read,one_time_password' })
    const { redirect = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
    const encrypted = new URL(redirect).searchParams.get('oneTimePassword') ?? ''
    expect(encrypted).toMatch(/^([A-Za-z0-9+/]{60}\n){5}[A-Za-z0-9+/=]{44}\n$/)
    const password = application.decryptText(encrypted)

    const eve = await logIn(forum.url, 'eve')
    expect((await eve.get(`/session/otp/${password}`)).headers.get('location')).toBe('/')
    expect(await (await open(`/session/otp/${password}`)).text()).toContain('<button>Log in</button>')
    const { csrf }: { csrf: string } = JSON.parse(await (await open('/session/csrf.json')).text())
    const press = (token: string): Promise<Response> =>
      fetch(`${forum.url}/session/otp/${password}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ authenticity_token: token }),
      })
    expect((await press('guess')).status).toBe(403)
    const used = await press(csrf)
    expect(await whoIs(used.headers.getSetCookie())).toBe('eve')
    expect(await (await open(`/session/otp/${password}`)).text()).toContain('Missing, invalid or expired token')
  })

  it('are added to the redirect by plain concatenation', async () => {
    await start({ profile, settings: { allowedRedirects: ['https://app.example/cb?x=1'] } })
    const eve = await logIn(forum.url, 'eve')
    const { application_name, public_key } = application.params()
    const form = { application_name: application_name ?? '', public_key: public_key ?? '' }
    const answer = await eve.post('/user-api-key/otp', { ...form, auth_redirect: 'https://app.example/cb?x=1' })
    expect(answer.headers.get('location')).toMatch(/^https:\/\/app\.example\/cb\?x=1\?oneTimePassword=/)
  })

  it('need a browser that is logged in, not a key with narrow scopes', async () => {
    await start({ profile })
    const query = new URLSearchParams(application.params())
    expect((await open(`/user-api-key/otp?${query}`)).headers.get('location')).toBe('/login')
    const { key } = forum.grantKey({ user: 'eve', scopes: ['one_time_password', 'notifications'] })
    const keyed = await fetch(`${forum.url}/user-api-key/otp?${query}`, { headers: { 'user-api-key': key } })
    expect(keyed.status).toBe(403)
    const page = await (await (await logIn(forum.url, 'eve')).get(`/user-api-key/otp?${query}`)).text()
    expect(page).toContain('Notifier under test')
  })

  it('are fetched first by an application that opens a page as a stranger', async () => {
    await start({ profile, settings: { loginRequired: true } })
    const hop = (changes: Record<string, string>): Promise<Response> =>
      open(
        `/?${new URLSearchParams({ user_api_public_key: application.publicKeyPem, auth_redirect: REDIRECT, ...changes })}`,
      )
    expect((await hop({})).headers.get('location')).toBe(`${REDIRECT}?otp=true`)
    expect(await (await hop({ user_api_public_key: 'x' })).text()).toContain('not valid')
    expect(await (await hop({ auth_redirect: 'https://evil.example/' })).text()).toContain('not allowed')
    forum.configure({ allowedScopes: ['read'] })
    expect((await hop({})).headers.get('location')).toBe('/login')
  })
})

describe('a suspended member', () => {
  it('is out of the forum in the browser that was logged in, too', async () => {
    await start({})
    const eve = await logIn(forum.url, 'eve')
    forum.updateUser('eve', { suspended: true })
    expect((await eve.get('/u/eve/preferences/apps')).headers.get('location')).toBe('/login')
    await expect(logIn(forum.url, 'eve')).rejects.toThrow('403')
  })
})
