import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Forum } from './forum.ts'
import { profileNames } from './profiles.ts'
import { startForum } from './start-forum.ts'
import { testApplication } from './test-application.ts'
import { logIn, type TestBrowser } from './test-browser.ts'

const application = testApplication()
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString()

describe.each(profileNames)('the authorize page of %s', (profile) => {
  let forum: Forum
  let eve: TestBrowser
  const newUrl = (changes?: Record<string, string | undefined>): string => application.authorizeUrl(forum.url, changes)
  const newPath = (changes?: Record<string, string | undefined>): string => newUrl(changes).slice(forum.url.length)
  const anonymously = (url: string): Promise<Response> => fetch(url, { redirect: 'manual' })

  beforeAll(async () => {
    forum = await startForum({
      profile,
      users: [{ username: 'eve' }, { username: 'mod', staff: true, trustLevel: 0 }, { username: 'new', trustLevel: 0 }],
    })
    eve = await logIn(forum.url, 'eve')
  })
  afterAll(() => forum.stop())

  it('[1] answers the probe with version 4, and advertises the device flow where there is one', async () => {
    const probe = await fetch(`${forum.url}/user-api-key/new`, { method: 'HEAD' })
    expect(probe.status).toBe(200)
    expect(probe.headers.get('auth-api-version')).toBe('4')
    expect(probe.headers.get('auth-api-device-code')).toBe(profile === 'latest' ? 'true' : null)
  })

  it('[1] answers the probe on a site that requires login, whatever key comes along', async () => {
    forum.configure({ loginRequired: true })
    const probe = await fetch(`${forum.url}/user-api-key/new`, { method: 'HEAD', headers: { 'user-api-key': 'wrong' } })
    forum.configure({ loginRequired: false })
    expect(probe.status).toBe(200)
  })

  it.each(['nonce', 'scopes', 'client_id', 'public_key', 'application_name'])(
    'names a missing %s in JSON, even to a browser',
    async (name) => {
      for (const value of [undefined, '']) {
        const answer = await eve.get(newPath({ [name]: value }))
        expect(answer.status).toBe(400)
        expect(await answer.json()).toEqual({ errors: [`param is missing or the value is empty: ${name}`] })
      }
    },
  )

  it('shows the generic error with 200 for a scope the site does not allow', async () => {
    const answer = await anonymously(newUrl({ scopes: 'notifications,bookmarks_calendar' }))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('cannot issue a user API key')
  })

  it('[2] [3] meets a key that is not RSA as its version does', async () => {
    const expected = profile === 'latest' ? 200 : 500
    expect((await anonymously(newUrl({ public_key: ecKey }))).status).toBe(expected)
    expect((await eve.get(newPath({ public_key: ecKey }))).status).toBe(expected)
  })

  it('does not parse a PEM whose + became a space', async () => {
    // The place is in the middle of a line, whether there was a `+` or not.
    const broken = `${application.publicKeyPem.slice(0, 100)} ${application.publicKeyPem.slice(101)}`
    expect((await anonymously(newUrl({ public_key: broken }))).status).toBe(profile === 'latest' ? 200 : 500)
  })

  it('[11] checks the redirect here only in the newest version', async () => {
    for (const redirect of ['discourse-notifier://auth_redirect', '']) {
      const answer = await anonymously(newUrl({ auth_redirect: redirect }))
      expect(answer.status).toBe(profile === 'latest' ? 200 : 302)
    }
  })

  it('sends a stranger to log in and brings them back', async () => {
    const answer = await anonymously(newUrl())
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/login')
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('destination_url=')) ?? ''
    expect(cookie.length).toBeLessThan(4096)

    const login = await fetch(`${forum.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookie.split(';')[0] ?? '' },
      body: new URLSearchParams({ login: 'EVE', password: 'password' }),
    })
    expect(login.headers.get('location')).toBe(newPath())
  })

  it('does not let the destination lead off the forum', async () => {
    for (const destination of ['//evil.example/', 'https://evil.example/']) {
      const login = await fetch(`${forum.url}/login`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `destination_url=${encodeURIComponent(destination)}` },
        body: new URLSearchParams({ login: 'eve', password: 'password' }),
      })
      expect(login.headers.get('location')).toBe('/')
    }
  })

  it('refuses a wrong password and shows the form again', async () => {
    const login = await fetch(`${forum.url}/login`, {
      method: 'POST',
      body: new URLSearchParams({ login: 'eve', password: 'guess' }),
    })
    expect(login.status).toBe(403)
    expect(await login.text()).toContain('<label for="password">Password</label>')
  })

  it('[14] names application, user and scopes in words', async () => {
    const answer = await eve.get(newPath())
    expect(answer.status).toBe(200)
    const page = await answer.text()
    for (const text of ['Notifier under test', '<strong>eve</strong>', 'Read and clear notifications', '>Authorize<']) {
      expect(page).toContain(text)
    }
  })

  it('says when the access ends, where its version knows', async () => {
    const page = await (await eve.get(newPath({ expires_in_seconds: '86400' }))).text()
    expect(page.includes('The access ends on')).toBe(profile === 'latest')
  })

  it('escapes the name of the application', async () => {
    const page = await (await eve.get(newPath({ application_name: '<b>"&' }))).text()
    expect(page).toContain('&lt;b&gt;&quot;&amp;')
    expect(page).not.toContain('<b>')
  })

  it('[13] tells a member below the required trust level, and lets staff pass', async () => {
    forum.configure({ minTrustLevel: 1 })
    const newcomer = await (await (await logIn(forum.url, 'new')).get(newPath())).text()
    const moderator = await (await (await logIn(forum.url, 'mod')).get(newPath())).text()
    forum.configure({ minTrustLevel: 0 })
    expect(newcomer).toContain('trust level')
    expect(moderator).toContain('>Authorize<')
  })

  it('[6] [9] warns about write and names the host of the redirect in the newest version only', async () => {
    const page = await (
      await eve.get(newPath({ scopes: 'write', auth_redirect: 'https://api.discourse.org/api/auth_redirect' }))
    ).text()
    expect(page.includes('could change anything')).toBe(profile === 'latest')
    expect(page.includes('sent to <strong>api.discourse.org</strong>')).toBe(profile === 'latest')
  })

  if (profile !== 'latest') {
    it('has no page model', async () => {
      expect((await eve.get(newPath().replace('/new?', '/new.json?'))).status).toBe(406)
    })
    return
  }

  const model = async (changes?: Record<string, string | undefined>): Promise<Record<string, unknown>> => {
    const answer = await eve.get(newPath(changes).replace('/new?', '/new.json?'))
    expect(answer.status).toBe(200)
    const value: Record<string, unknown> = JSON.parse(await answer.text())
    return value
  }

  it('[12] has a page model with everything the page shows', async () => {
    expect(await model()).toMatchObject({
      state: 'ready',
      application_name: 'Notifier under test',
      client_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
      current_user: { username: 'eve' },
      localized_scopes: ['Read and clear notifications', 'Read user session info'],
      public_key: application.publicKeyPem,
      scopes: 'notifications,session_info',
    })
  })

  it('[2] [11] has the model of the generic error', async () => {
    expect(await model({ public_key: ecKey })).toEqual({ state: 'generic_error' })
    expect(await model({ auth_redirect: 'myapp://x' })).toEqual({ state: 'generic_error' })
    expect(await model({ expires_in_seconds: '99999999999' })).toEqual({ state: 'generic_error' })
  })

  it('[4] [5] knows padding', async () => {
    expect(await model()).not.toHaveProperty('padding')
    expect(await model({ padding: 'oaep' })).toHaveProperty('padding', 'oaep')
    expect((await eve.get(newPath({ padding: 'invalid' }))).status).toBe(400)
  })

  it('[6] [7] flags the write scope', async () => {
    expect(await model({ scopes: 'write' })).toHaveProperty('write_scope', true)
    expect(await model({ scopes: 'read' })).toHaveProperty('write_scope', false)
  })

  it('[8] [9] [10] gives the host of any other redirect than the one every site allows', async () => {
    forum.configure({ allowedRedirects: ['discourse://auth_redirect', 'https://app.example/cb', 'myapp://callback'] })
    expect(await model()).toHaveProperty('redirect_uri', null)
    expect(await model({ auth_redirect: 'https://app.example/cb' })).toHaveProperty('redirect_uri', 'app.example')
    expect(await model({ auth_redirect: 'myapp://callback' })).toHaveProperty('redirect_uri', 'callback')
  })

  it('serves as a free pre-flight to a stranger', async () => {
    const answer = await anonymously(newUrl().replace('/new?', '/new.json?'))
    expect(answer.status).toBe(302)
  })
})
