import { createPublicKey, randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../rig/fake-clock.ts'
import type { Forum } from './forum.ts'
import { profiles } from './profiles.ts'
import { type ForumOptions, startForum } from './start-forum.ts'
import { NONCE, testApplication } from './test-application.ts'
import { logIn } from './test-browser.ts'

const application = testApplication()
let forum: Forum
afterEach(() => forum.stop())

const start = async (options: Partial<ForumOptions> = {}): Promise<void> => {
  forum = await startForum({ profile: 'latest', users: [{ username: 'eve' }, { username: 'alice' }], ...options })
}

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${forum.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const ask = (changes?: Record<string, string | undefined>): Promise<Response> =>
  post('/user-api-key/device.json', application.params({ auth_redirect: undefined, ...changes }))

const create = async (changes?: Record<string, string | undefined>) => {
  const answer: Record<'device_code' | 'user_code' | 'verification_uri' | 'verification_uri_with_request', string> =
    JSON.parse(await (await ask(changes)).text())
  return answer
}

const poll = async (deviceCode: string): Promise<Record<string, string>> => {
  const answer: Record<string, string> = JSON.parse(
    await (await post('/user-api-key/device/poll.json', { device_code: deviceCode })).text(),
  )
  return answer
}

describe('the device flow', () => {
  it.each(['', '/forum'])('lets a device in from either address, below %j', async (path) => {
    await start({ path })
    for (const address of ['verification_uri', 'verification_uri_with_request'] as const) {
      const device = await create()
      expect(device[address].startsWith(`${forum.url}/user-api-key/activate`)).toBe(true)
      await forum.approveDevice({
        verificationUrl: device[address],
        userCode: device.user_code.toLowerCase(),
        user: 'eve',
        decision: 'authorize',
      })
      const { status, payload = '' } = await poll(device.device_code)
      expect(status).toBe('authorized')
      expect(application.decrypt(payload)).toMatchObject({ nonce: NONCE, api: 4 })
    }
    expect(forum.keys('eve')).toMatchObject([{ applicationName: 'Notifier under test' }])
  })

  it('lets the member refuse, at an identity provider as well', async () => {
    await start({ settings: { discourseConnect: true } })
    const { verification_uri_with_request: verificationUrl, user_code: userCode, device_code } = await create()
    await forum.approveDevice({ verificationUrl, userCode, user: 'eve', decision: 'deny' })
    expect(await poll(device_code)).toEqual({ status: 'access_denied' })
    expect(forum.keys('eve')).toEqual([])
  })

  it('tells the caller of approveDevice() what stood in the way', async () => {
    await start()
    const { verification_uri: verificationUrl, user_code: userCode } = await create()
    const approval = { verificationUrl, user: 'eve', decision: 'authorize' } as const
    await expect(forum.approveDevice({ ...approval, userCode: 'AAAA-AAAA' })).rejects.toThrow('no such code')
    forum.configure({ minTrustLevel: 4 })
    await expect(forum.approveDevice({ ...approval, userCode })).rejects.toThrow('trust level')
  })

  it('can be used by a person', async () => {
    await start()
    const device = await create({ scopes: 'notifications,write', application_name: '<b>Device</b>' })
    const eve = await logIn(forum.url, 'eve')
    const request = await (await eve.get(device.verification_uri_with_request.slice(forum.url.length))).text()
    for (const text of ['&lt;b&gt;Device', '<strong>eve</strong>', 'Read and clear notifications', 'change anything']) {
      expect(request).toContain(text)
    }
    expect(request).toContain('does not know the application')
    expect(request).toMatch(/<label for="code">Code<\/label>\s*<input id="code" name="code"/)
    expect(request).toContain('<button>Continue</button>')
    const entered = await (await eve.post('/user-api-key/activate', { code: device.user_code })).text()
    expect(entered).toContain('<button>Authorize</button>')
    expect(entered).toContain('<button class="quiet">Deny</button>')
  })

  it('is not there where it is switched off, nor in older versions', async () => {
    const advertised = async (): Promise<string | null> =>
      (await fetch(`${forum.url}/user-api-key/new`, { method: 'HEAD' })).headers.get('auth-api-device-code')
    await start()
    forum.configure({ deviceFlow: false })
    expect([await advertised(), (await ask()).status]).toEqual([null, 404])
    forum.resetSettings()
    expect([await advertised(), (await ask()).status]).toEqual(['true', 200])
    await forum.stop()
    await start({ profile: { ...profiles.latest, hasDeviceFlow: false } })
    expect([await advertised(), (await ask()).status]).toEqual([null, 404])
    await forum.stop()
    await start({ profile: '3.4' })
    expect((await (await logIn(forum.url, 'eve')).get('/user-api-key/activate')).status).toBe(404)
  })

  it('forbids to store any of its answers', async () => {
    await start()
    const eve = await logIn(forum.url, 'eve')
    const answers = [
      await fetch(`${forum.url}/user-api-key/activate`, { redirect: 'manual' }),
      await fetch(`${forum.url}/user-api-key/device.json`, { method: 'POST' }),
      await eve.get('/user-api-key/activate'),
      await eve.post('/user-api-key/device/authorize', { approval_token: 'x' }),
      await post('/user-api-key/device/poll.json', {}),
    ]
    expect(answers.map(({ status }) => status)).toEqual([302, 403, 200, 200, 400])
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('same-origin')
    }
  })

  it.each([
    ['client_id', 200],
    ['application_name', 200],
    ['nonce', 256],
    ['public_key', 4096],
    ['push_url', 2000],
    ['scopes', 500],
  ])('refuses a %s of more than %i bytes', async (name, bytes) => {
    await start()
    const answer = await ask({ [name]: 'x'.repeat(bytes + 1) })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [expect.stringContaining(name)] })
  })

  it('refuses keys that are too small or too large, and too many scopes', async () => {
    await start()
    const keyOf = (bits: number): string => {
      const modulus = randomBytes(bits / 8)
      modulus.writeUInt8(0x80 | modulus.readUInt8(0), 0)
      const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' }
      return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
    }
    expect((await ask({ public_key: keyOf(1024) })).status).toBe(400)
    expect((await ask({ public_key: keyOf(8200) })).status).toBe(400)
    expect((await ask({ public_key: keyOf(8192) })).status).toBe(200)
    expect((await ask({ scopes: Array(21).fill('read').join(',') })).status).toBe(400)
    expect((await ask({ nonce: undefined })).status).toBe(400)
  })

  it('answers a request over its limit as the key limits do, without their code', async () => {
    // Twenty requests may take more than a second, which would be one less to wait.
    await start({ clock: createFakeClock() })
    for (let sent = 0; sent < 20; sent += 1) await ask()
    forum.advanceClock(18_000)
    const answer = await ask()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '42'])
    expect(answer.headers.has('discourse-rate-limit-error-code')).toBe(false)
    expect(await answer.json()).toMatchObject({ error_type: 'rate_limit', extras: { wait_seconds: 42 } })
  })

  it('limits the codes typed from one address to 30 an hour, and polls of one code to 60 a minute', async () => {
    await start()
    const eve = await logIn(forum.url, 'eve')
    const statuses: number[] = []
    for (let typed = 0; typed < 31; typed += 1) {
      forum.advanceClock(7000)
      statuses.push((await eve.post('/user-api-key/activate', { code: `AAAA-AAA${'ABCDEFGH'[typed % 8]}` })).status)
    }
    expect(statuses).toEqual([...Array(30).fill(200), 429])
    forum.advanceClock(60 * 60 * 1000)
    expect((await eve.post('/user-api-key/activate', { code: 'AAAA-AAAA' })).status).toBe(200)
  })

  it('keeps the key no longer than the request was to live', async () => {
    await start()
    const { verification_uri: verificationUrl, user_code: userCode, device_code } = await create()
    forum.advanceClock(590_000)
    await forum.approveDevice({ verificationUrl, userCode, user: 'eve', decision: 'authorize' })
    forum.advanceClock(10_000)
    expect(await poll(device_code)).toEqual({ status: 'expired_token' })
    expect(forum.keys('eve')).toHaveLength(1)
  })
})
