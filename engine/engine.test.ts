import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Forum } from '../test/forum/forum.ts'
import { startForum } from '../test/forum/start-forum.ts'
import { type EngineRig, expectOk, type RigOptions, rigItem, startEngineRig } from '../test/rig/engine-rig.ts'
import { createMemoryKeychain } from '../test/rig/memory-keychain.ts'

// The engine against a simulated forum over real HTTP; only the clock and the keychain are doubles.

const toStop: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const it of toStop.splice(0)) await it.stop()
})

type ForumOptions = Parameters<typeof startForum>[0]

const forumOf = async (options: Partial<ForumOptions> = {}): Promise<Forum> => {
  const forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }], ...options })
  toStop.push(forum)
  return forum
}

const rigOf = async (options?: RigOptions): Promise<EngineRig> => {
  const rig = await startEngineRig(options)
  toStop.push(rig)
  return rig
}

describe.each(['2.9', '3.4', 'latest'] as const)('signing in on a forum of version %s', (profile) => {
  it.each(['redirect', 'paste'] as const)('connects by %s, and reads counts that follow the forum', async (method) => {
    const forum = await forumOf({ profile })
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.notify({ user: 'eve', type: 'private_message' })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve', method)
    expect(rig.engine.snapshot().accounts).toMatchObject([
      {
        id,
        username: 'eve',
        site: { base: forum.url, title: 'Meta' },
        state: { kind: 'fresh' },
        counts: { total: 2 },
        scopes: ['notifications', 'session_info'],
        links: { apps: `${forum.url}/u/eve/preferences/apps` },
      },
    ])
    forum.notify({ user: 'eve', type: 'replied' })
    rig.clock.advance(67_000)
    await rig.until(({ accounts }) => accounts[0]?.counts?.total === 3)
    forum.markRead('eve', 'all')
    forum.see('eve')
    rig.clock.advance(67_000)
    await rig.until(({ accounts }) => accounts[0]?.counts?.total === 0)
  })

  it('revokes on the forum and forgets here', async () => {
    const forum = await forumOf({ profile })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    expect(await rig.run('account.revoke', { account: id })).toEqual({ ok: true, value: null })
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    expect(rig.engine.snapshot().accounts).toEqual([])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '')).toMatchObject({ keys: {} })
    expect(readFileSync(rig.settingsPath, 'utf8')).not.toContain('eve')
  })
})

describe('signing in', () => {
  it('works in a folder, and finds the forum from a link to a topic in it', async () => {
    const forum = await forumOf({ path: '/forum' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().accounts[0]?.site.base).toBe(forum.url)
    const root = await forumOf()
    const found = expectOk(await rig.run('site.look', { address: `${root.url}/t/a-topic/12/3?u=eve#x` }))
    expect(found.site.base).toBe(root.url)
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
      rig.clock.advance(5000)
    }
    const { accounts } = await rig.until((now) => now.accounts[0]?.state.kind === 'fresh')
    const days = ((accounts[0]?.expiresAt ?? 0) - Date.now()) / 86_400_000
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

describe('an answer that does not fit', () => {
  const begin = async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect = '', payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    return { forum, rig, begun, redirect, payload: payload.replace(/\s/g, '') }
  }

  it('is refused when truncated, and the whole one still works', async () => {
    const { rig, payload } = await begin()
    const answer = await rig.run('attempt.accept', { text: payload.slice(0, -60) })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { failure: { code: 'payload_rejected' } } }])
    expectOk(await rig.run('attempt.accept', { text: payload }))
  })

  it('is refused when it belongs to another installation, alike in every word', async () => {
    const { rig } = await begin()
    const other = await begin()
    const answer = await rig.run('attempt.accept', { text: other.payload })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
  })

  it('is refused when it belongs to an attempt that is gone', async () => {
    const { rig, forum, begun, redirect } = await begin()
    expectOk(await rig.run('attempt.dismiss', { attempt: begun.attempt }))
    expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'payload_rejected' } })
  })

  it('is refused the second time', async () => {
    const { rig, redirect } = await begin()
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'nothing_waiting' } })
  })

  it('is refused after ten minutes, and the attempt says so', async () => {
    const { rig, redirect } = await begin()
    rig.clock.advance(10 * 60_000)
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { kind: 'expired' } }])
    const answer = await rig.run('attempt.accept', { text: redirect })
    expect(answer).toEqual({ ok: false, failure: { code: 'nothing_waiting' } })
  })

  it('is refused when it is no answer at all', async () => {
    const { rig } = await begin()
    for (const text of ['', 'hello', 'discourse://auth_redirect', 'https://example.org/?payload=abc']) {
      expect(await rig.run('attempt.accept', { text })).toEqual({ ok: false, failure: { code: 'redirect_invalid' } })
    }
  })

  it('stops trying after a few in a minute', async () => {
    const { rig, payload } = await begin()
    const wrong = `${payload.slice(0, -8)}AAAAAA==`
    for (let tries = 0; tries < 8; tries++) await rig.run('attempt.accept', { text: wrong })
    expect(await rig.run('attempt.accept', { text: payload })).toMatchObject({
      failure: { code: 'too_many_tries', params: { seconds: 60 } },
    })
    rig.clock.advance(60_000)
    expectOk(await rig.run('attempt.accept', { text: payload }))
  })

  it('loses nothing when the forum is unreachable at that moment: the same answer works afterwards', async () => {
    const { rig, forum, redirect } = await begin()
    forum.fault({ kind: 'drop', path: '/session/current.json', times: 1 })
    expect(await rig.run('attempt.accept', { text: redirect })).toMatchObject({ failure: { code: 'connection_lost' } })
    expect(rig.engine.snapshot().attempts).toMatchObject([
      { state: { kind: 'waiting', failure: { code: 'connection_lost' } } },
    ])
    expectOk(await rig.run('attempt.accept', { text: redirect }))
  })
})

describe('revoking', () => {
  it('goes on by itself until the forum confirms, and uses the key for nothing else', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.setReadOnly(true)
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({ failure: { code: 'read_only' } })
    expect(rig.engine.snapshot().accounts).toMatchObject([
      { id, state: { kind: 'revoking', failure: { code: 'read_only' } } },
    ])
    forum.clearRequests()
    await rig.run('account.refresh', {})
    expect(forum.requests).toEqual([])
    rig.clock.advance(30_000)
    await expect
      .poll(() => forum.requests.map(({ path, status }) => [path, status]))
      .toEqual([['/user-api-key/revoke.json', 503]])
    forum.setReadOnly(false)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'revoking' && accounts[0].state.failure !== null)
    rig.clock.advance(60_000)
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
  })

  it('survives the end of the program while the forum cannot be reached', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'drop', path: '/user-api-key/revoke', times: 1 })
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({ failure: { code: 'connection_lost' } })
    await rig.restart()
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
  })

  it('can be ended here without the forum', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.setReadOnly(true)
    await rig.run('account.revoke', { account: id })
    expectOk(await rig.run('account.forget', { account: id }))
    expect(rig.engine.snapshot().accounts).toEqual([])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').keys).toEqual({})
    rig.clock.advance(3_600_000)
    expect(forum.keys('eve')[0]?.revokedAt).toBeNull()
    expect(await rig.run('account.forget', { account: id })).toMatchObject({ failure: { code: 'account_unknown' } })
  })

  it('forgets an account whose key the forum refuses already', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.revokeKeys('eve')
    expectOk(await rig.run('account.revoke', { account: id }))
    expect(rig.engine.snapshot().accounts).toEqual([])
  })
})

describe('a key that the forum refuses', () => {
  it('leads to signing in again, after which the account is the same', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.revokeKeys('eve')
    rig.clock.advance(67_000)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'needsSignIn')
    expect(rig.alerts).toMatchObject([{ account: id, body: expect.stringContaining('Sign in again.') }])
    forum.clearRequests()
    rig.clock.advance(24 * 60 * 60_000)
    await rig.run('account.refresh', {})
    await rig.restart()
    rig.clock.advance(60_000)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'needsSignIn')
    expect(forum.requests).toEqual([])
    expect(rig.alerts).toHaveLength(1)
    const begun = expectOk(await rig.run('attempt.begin', { address: '', account: id }))
    const authorizeUrl = rig.engine.authorizeUrl(begun.attempt) ?? ''
    const { redirect } = await forum.authorize({ authorizeUrl, user: 'eve' })
    expect(expectOk(await rig.run('attempt.accept', { text: redirect ?? '' })).account).toBe(id)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('does not spoil a sign-in that ends while the forum is still answering about the old one', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    forum.revokeKey(forum.keys('eve')[0]?.id ?? 0)
    forum.fault({ kind: 'latency', ms: 300, path: '/notifications/totals.json', times: 1 })
    const refreshing = rig.run('account.refresh', { account: id })
    expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    expectOk(await refreshing)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'fresh' } }])
  })

  it('is not concluded from a proxy that refuses everything', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    forum.fault({ kind: 'strip-key' })
    rig.clock.advance(67_000)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'stale')
    expect(rig.engine.snapshot().accounts[0]?.state).toMatchObject({ failure: { code: 'key_header_stripped' } })
    forum.clearFaults()
    rig.clock.advance(3 * 60_000)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })
})

describe('trouble on the way', () => {
  it.each([
    ['an error page', { kind: 'error-page', status: 502 }, 'site_unavailable'],
    ['a broken connection', { kind: 'drop' }, 'connection_lost'],
    ['a login page of the network', { kind: 'html' }, 'answer_unreadable'],
    ['50 MB of JSON', { kind: 'flood', bytes: 50_000_000 }, 'answer_too_large'],
    ['a move to another host', { kind: 'redirect', to: 'http://127.0.0.1:9' }, 'site_moved'],
  ] as const)('%s keeps the numbers, says why and since when, and passes', async (_, fault, code) => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    forum.fault(fault)
    rig.clock.advance(67_000)
    const { accounts } = await rig.until((snapshot) => snapshot.accounts[0]?.state.kind === 'stale')
    expect(accounts).toMatchObject([
      { counts: { total: 1 }, state: { kind: 'stale', since: rig.clock.now(), failure: { code } } },
    ])
    forum.clearFaults()
    rig.clock.advance(3 * 60_000)
    await rig.until((snapshot) => snapshot.accounts[0]?.state.kind === 'fresh')
  })

  it('obeys the forum when it asks to wait', async () => {
    const forum = await forumOf({ limits: { keyPerMinute: 2 } })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    expect(await rig.run('account.refresh', { account: id })).toMatchObject({ failure: { code: 'rate_limited' } })
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('limited')
    forum.clearRequests()
    await rig.run('account.refresh', { account: id })
    expect(forum.requests).toEqual([])
  })
})

describe('alerts', () => {
  it('tell of a rise only, and never of the first numbers', async () => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    expect(rig.alerts).toEqual([])
    forum.notify({ user: 'eve', type: 'private_message' })
    expectOk(await rig.run('account.refresh', { account: id }))
    expectOk(await rig.run('account.refresh', { account: id }))
    expect(rig.alerts).toMatchObject([{ account: id, title: 'Meta', body: '1 personal message for eve' }])
  })
})

describe('what is kept on this computer', () => {
  it('shows the last numbers after a restart, and goes on', async () => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.restart()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ state: { kind: 'new' }, counts: { total: 1 } }])
    rig.clock.advance(1)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it.each(['{"version":1,"accounts":[{', '[]', '{"version":2}', ''])('sets aside the settings %j', async (settings) => {
    const rig = await rigOf({ settings })
    const [notice] = rig.engine.snapshot().notices
    const kept = String(notice?.failure.params?.['file'])
    expect(notice?.failure.code).toBe('settings_damaged')
    expect(readFileSync(kept, 'utf8')).toBe(settings)
    expectOk(await rig.run('notice.dismiss', { notice: notice?.id ?? '' }))
    expect(rig.engine.snapshot().notices).toEqual([])
  })

  it('waits at a locked keychain without touching what is in it', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const before = new Map(rig.keychain.items)
    rig.keychain.trouble = new Error('The keyring is locked')
    await rig.restart()
    rig.clock.advance(1)
    const locked = await rig.until(({ accounts }) => accounts[0]?.state.kind === 'locked')
    expect(locked.vault).toEqual({ kind: 'unavailable', failure: { code: 'keychain_locked' } })
    expect(await rig.engine.begin(forum.url, 'paste')).toMatchObject({ failure: { code: 'keychain_locked' } })
    expect(rig.keychain.items).toEqual(before)
    rig.keychain.trouble = undefined
    // Whatever opens it, all that waited goes on: here it is beginning another sign-in.
    expectOk(await rig.engine.begin(forum.url, 'paste'))
    rig.clock.advance(1)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('never overwrites a keychain item it cannot read', async () => {
    const keychain = createMemoryKeychain()
    keychain.items.set(rigItem, 'not ours')
    const rig = await rigOf({ keychain, sessionAgreed: true })
    expect(rig.engine.snapshot().vault).toMatchObject({ failure: { code: 'keychain_damaged' } })
    expect(keychain.items.get(rigItem)).toBe('not ours')
  })

  it('adds nothing without a keychain until the user agrees to memory only', async () => {
    const forum = await forumOf()
    const keychain = createMemoryKeychain()
    keychain.trouble = new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
    const rig = await rigOf({ keychain })
    expect(await rig.engine.begin(forum.url, 'paste')).toMatchObject({ failure: { code: 'keychain_unavailable' } })
    expectOk(await rig.run('vault.useSession', {}))
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().vault).toEqual({ kind: 'session' })
    expect(keychain.items.size).toBe(0)
  })
})

describe('commands from outside', () => {
  it.each([
    ['no.such', {}],
    ['toString', {}],
    [7, {}],
    ['account.revoke', {}],
    ['account.revoke', { account: 7 }],
    ['account.revoke', { account: 'x', more: true }],
    ['attempt.accept', null],
    ['site.look', { address: 'x'.repeat(3000) }],
  ])('%j with %j are refused', async (name, input) => {
    const rig = await rigOf()
    expect(await rig.engine.execute(name, input)).toMatchObject({ failure: { code: 'command_invalid' } })
  })
})
