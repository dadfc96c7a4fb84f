import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { createMemoryKeychain } from '../../test/rig/memory-keychain.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Signing in, against the simulated forum over real HTTP.

const { forumOf, rigOf } = setUpRigs()

describe('signing in', () => {
  it('works in a folder, and finds the forum from a link to a topic in it', async () => {
    const forum = await forumOf({ path: '/forum' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().accounts[0]?.site.base).toBe(forum.url)
    const root = await forumOf()
    const found = expectOk(await rig.run('site.inspect', { address: `${root.url}/t/a-topic/12/3?u=eve#x` }))
    expect(found.base).toBe(root.url)
  })

  it('keeps every secret out of settings and snapshots', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const seen = [JSON.stringify(rig.engine.snapshot()), readFileSync(rig.settingsPath, 'utf8')]
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    seen.push(JSON.stringify(rig.engine.snapshot()), readFileSync(rig.settingsPath, 'utf8'))
    const secrets = JSON.parse(rig.keychain.items.get(rigItem) ?? '')
    const nonce = new URL(begun.authorizeUrl).searchParams.get('nonce') ?? ''
    const hidden = [nonce, secrets.keypair.privateKey.slice(40, 80), ...Object.values<string>(secrets.keys)]
    expect(hidden.map((secret) => secret.length > 30)).toEqual([true, true, true])
    for (const text of seen) for (const secret of hidden) expect(text).not.toContain(secret)
  })

  it('never sends a cookie, a client id or a presence header, and names itself', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const keyed = forum.requests.filter((request) => request.keyed)
    expect(keyed.length).toBeGreaterThan(1)
    for (const { headers } of keyed) {
      expect(headers).toMatchObject({ 'user-agent': 'DiscourseNotifier/test' })
      for (const name of ['cookie', 'user-api-client-id', 'discourse-present']) expect(headers).not.toHaveProperty(name)
    }
  })

  it('goes on after a restart while the browser was open', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    await rig.restart()
    expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    expect(rig.engine.snapshot().accounts).toHaveLength(1)
  })

  it('drops an attempt after a restart when its nonce was kept in memory only', async () => {
    const forum = await forumOf()
    const keychain = createMemoryKeychain()
    keychain.trouble = new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
    const rig = await rigOf({ keychain, sessionAgreed: true })
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    expect(rig.engine.snapshot().attempts).toHaveLength(1)
    await rig.restart()
    expect(rig.engine.snapshot().attempts).toEqual([])
  })

  it('goes on after a restart before the keychain has answered: the answer waits for it', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    rig.keychain.trouble = new Error('The keyring is locked')
    await rig.restart()
    expect(await rig.run('attempt.accept', { text: redirect ?? '' })).toMatchObject({
      failure: { code: 'keychain_locked' },
    })
    rig.keychain.trouble = undefined
    expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    expect(rig.engine.snapshot().accounts).toHaveLength(1)
  })

  it('lets the user change the way in while waiting; the attempt stays the same', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    expectOk(await rig.run('attempt.switch', { attempt: begun.attempt, method: 'paste' }))
    const url = rig.engine.authorizeUrl(begun.attempt) ?? ''
    expect(new URL(url).searchParams.has('auth_redirect')).toBe(false)
    const { payload } = await forum.authorize({ authorizeUrl: url, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: payload ?? '' }))
  })

  it.each(['paste', 'redirect'] as const)('by %s tells beforehand that a new forum refuses apps', async (method) => {
    const forum = await forumOf({ profile: 'latest', settings: { allowedScopes: ['read'] } })
    const rig = await rigOf()
    expect(await rig.engine.begin(forum.url, method)).toMatchObject({ failure: { code: 'site_refuses_apps' } })
    expect(rig.engine.snapshot().attempts).toEqual([])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').nonces).toEqual({})
  })

  it('by a short code is refused where the forum has none, and leaves nothing behind', async () => {
    const forum = await forumOf({ profile: '3.4' })
    const rig = await rigOf()
    expect(await rig.engine.begin(forum.url, 'device')).toEqual({
      ok: false,
      failure: { code: 'short_code_missing', params: { host: new URL(forum.url).host } },
    })
    expect(rig.engine.snapshot().attempts).toEqual([])
  })

  it('has the forum show the code where it refuses to hand the answer to the app, as only a new one says beforehand', async () => {
    const forum = await forumOf({ profile: 'latest', settings: { allowedRedirects: [], deviceFlow: false } })
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, undefined))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ method: 'paste', methods: ['paste'] }])
    const { payload } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: payload ?? '' }))
  })

  it.each(['paste', 'device'] as const)('by %s asks for access that ends, and shows when', async (method) => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, method))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ accessDays: null, canLimitAccess: true }])
    expectOk(await rig.run('attempt.limit', { attempt, days: 30 }))
    const page = rig.engine.authorizeUrl(attempt) ?? ''
    if (method === 'paste') {
      const { payload } = await forum.authorize({ authorizeUrl: page, user: 'eve' })
      expectOk(await rig.run('attempt.accept', { text: payload ?? '' }))
    } else {
      const userCode = rig.engine.snapshot().attempts[0]?.userCode ?? ''
      await forum.approveDevice({ verificationUrl: page, userCode, user: 'eve', decision: 'authorize' })
      await rig.pass(5000, [forum])
    }
    const { accounts } = await rig.until((now) => now.accounts[0]?.state.kind === 'fresh')
    const days = ((accounts[0]?.expiresAt ?? 0) - rig.clock.now()) / 86_400_000
    expect(days).toBeGreaterThan(29.9)
    expect(days).toBeLessThanOrEqual(30)
  })

  it('runs several attempts at once, each answer finding its own', async () => {
    const [one, two] = [await forumOf({ title: 'One' }), await forumOf({ title: 'Two' })]
    const rig = await rigOf()
    const first = expectOk(await rig.engine.begin(one.url, 'redirect'))
    const second = expectOk(await rig.engine.begin(two.url, 'redirect'))
    const answers = await Promise.all([
      two.authorize({ authorizeUrl: second.authorizeUrl, user: 'eve' }),
      one.authorize({ authorizeUrl: first.authorizeUrl, user: 'eve' }),
    ])
    for (const { redirect } of answers) expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    expect(rig.engine.snapshot().accounts.map(({ site }) => site.title)).toEqual(['Two', 'One'])
  })

  it('replaces the key when the same user approves again, and has the forum revoke the old one', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const first = await rig.connect(forum, 'eve')
    const second = await rig.connect(forum, 'eve')
    expect(second).toBe(first)
    await expect.poll(() => forum.keys('eve').filter(({ revokedAt }) => revokedAt === null).length).toBe(1)
    await expect.poll(() => JSON.parse(rig.keychain.items.get(rigItem) ?? '').retired).toEqual([])
  })

  it('adds another user of the same site beside the first', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'bob' }], profile: '2.9' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.connect(forum, 'bob')
    expect(rig.engine.snapshot().accounts.map(({ username }) => username)).toEqual(['eve', 'bob'])
  })

  it('has the forum revoke a key that arrived for an attempt that was cancelled meanwhile', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    forum.fault({ kind: 'latency', ms: 300, path: '/session/current.json', times: 1 })
    const accepting = rig.run('attempt.accept', { text: redirect ?? '' })
    await expect.poll(() => forum.requests.some(({ path }) => path === '/session/current.json')).toBe(true)
    expectOk(await rig.run('attempt.dismiss', { attempt: begun.attempt }))
    rig.clock.advance(300)
    expect(await accepting).toMatchObject({ failure: { code: 'attempt_unknown' } })
    expect(rig.engine.snapshot().accounts).toEqual([])
    await expect.poll(() => forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    await expect.poll(() => JSON.parse(rig.keychain.items.get(rigItem) ?? '').retired).toEqual([])
  })

  it('cancels: the answer of a dismissed attempt is not accepted any more', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.dismiss', { attempt: begun.attempt }))
    expect(await rig.run('attempt.accept', { text: redirect ?? '' })).toMatchObject({
      failure: { code: 'nothing_waiting' },
    })
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').nonces).toEqual({})
  })
})
