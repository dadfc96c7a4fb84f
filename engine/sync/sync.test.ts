import { describe, expect, it } from 'vitest'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Reading counts through everything that can be in the way, against the simulated forum over real HTTP.

const { forumOf, rigOf } = setUpRigs()

describe('a key that the forum refuses', () => {
  const minute = 60_000
  const day = 24 * 60 * minute

  /** An engine with one account whose key its forum has stopped taking, and that knows it. */
  const refused = async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const key = forum.keys('eve').at(-1)?.id ?? 0
    const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
    const state = () => rig.engine.snapshot().accounts[0]?.state.kind
    await pass(minute)
    forum.revokeKey(key)
    await pass(5 * minute)
    expect(state()).toBe('needsSignIn')
    forum.clearRequests()
    return { forum, rig, id, key, pass, state }
  }

  it('leads to signing in again, after which the account is the same', async () => {
    const { forum, rig, id } = await refused()
    await expect
      .poll(() => rig.alerts)
      .toMatchObject([{ target: { account: id }, body: expect.stringContaining('Sign in again.') }])
    const begun = expectOk(await rig.run('attempt.begin', { address: '', account: id }))
    const authorizeUrl = rig.engine.authorizeUrl(begun.attempt) ?? ''
    const { redirect } = await forum.authorize({ authorizeUrl, user: 'eve' })
    expect(expectOk(await rig.run('attempt.accept', { text: redirect ?? '' })).account).toBe(id)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('is doubted for a minute and tried again before the user is told', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await rig.pass(minute, [forum])
    for (const path of ['/notifications/totals.json', '/session/current.json']) forum.fault({ kind: 'forbidden', path })
    expect(await rig.run('account.refresh', { account: id })).toMatchObject({ failure: { code: 'access_doubted' } })
    expect(await rig.run('account.refresh', { account: id })).toMatchObject({ failure: { code: 'access_doubted' } })
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('stale')
    forum.clearFaults()
    await rig.pass(2 * minute, [forum])
    expect(rig.engine.snapshot().accounts[0]).toMatchObject({ state: { kind: 'fresh' }, isLive: true })
    expect(rig.alerts).toEqual([])
  })

  it('is not given up by a forum that fails between one refusal and the next', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const states = new Set<string>()
    rig.engine.subscribe(({ accounts }) => void states.add(accounts[0]?.state.kind ?? ''))
    await rig.pass(minute, [forum])
    for (let round = 0; round < 4; round++) {
      for (const path of ['/notifications', '/session/']) forum.fault({ kind: 'forbidden', path })
      await rig.run('account.refresh', { account: id })
      forum.clearFaults()
      forum.fault({ kind: 'error-page', status: 502 })
      await rig.pass(3 * minute, [forum])
      forum.clearFaults()
    }
    await rig.pass(30 * minute, [forum])
    expect([...states]).not.toContain('needsSignIn')
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('fresh')
  })

  it('is tried once a day, even across restarts, and whenever the user asks', async () => {
    const { forum, rig, id, pass } = await refused()
    const asked = () => forum.requests.filter(({ path }) => path.endsWith('.json')).length
    await pass(12 * 60 * minute)
    await rig.restart()
    await pass(10 * 60 * minute)
    expect([asked(), forum.heldPolls()]).toEqual([0, 0])
    await pass(3 * 60 * minute)
    expect(asked()).toBeGreaterThan(0)
    expect(asked()).toBeLessThanOrEqual(4)
    forum.clearRequests()
    expect(await rig.run('account.refresh', { account: id })).toMatchObject({ failure: { code: 'access_refused' } })
    expect(asked()).toBeGreaterThan(0)
    expect(rig.alerts).toHaveLength(1)
  })

  it('restores the account without signing in when the revocation is undone', async () => {
    const { forum, rig, key, pass, state } = await refused()
    forum.undoRevokeKey(key)
    await pass(day + 60 * minute)
    expect(state()).toBe('fresh')
    expect(rig.engine.snapshot().accounts[0]?.isLive).toBe(true)
    forum.notify({ user: 'eve', type: 'mentioned' })
    // After a day without a minute away the channel is polled with pauses.
    await pass(minute)
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(1)
  })

  it('restores the account at once when the user refreshes', async () => {
    const { forum, rig, id, key, state } = await refused()
    forum.undoRevokeKey(key)
    expectOk(await rig.run('account.refresh', { account: id }))
    expect(state()).toBe('fresh')
    await rig.restart()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('does not affect a sign-in that completes while a request with the old key is pending', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    // Two sign-ins and what follows are as many requests as one forum gets from us in ten seconds.
    rig.clock.advance(10_000)
    forum.revokeKey(forum.keys('eve')[0]?.id ?? 0)
    forum.fault({ kind: 'latency', ms: 300, path: '/notifications/totals.json', times: 1 })
    forum.clearRequests()
    const refreshing = rig.run('account.refresh', { account: id })
    await expect.poll(() => forum.requests.map(({ path }) => path)).toContain('/notifications/totals.json')
    expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    rig.clock.advance(300)
    expectOk(await refreshing)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'fresh' } }])
  })

  it('is not inferred from a proxy that refuses everything', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'strip-key' })
    await rig.run('account.refresh', { account: id })
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'stale')
    expect(rig.engine.snapshot().accounts[0]?.state).toMatchObject({ failure: { code: 'key_header_stripped' } })
    forum.clearFaults()
    await rig.pass(3 * 60_000, [forum])
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })
})

describe('a failed request', () => {
  it('is not recorded if it was pending when the program ended', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    forum.fault({ kind: 'latency', ms: 60_000 })
    const refreshed = rig.run('account.refresh', {})
    await rig.engine.stop()
    expect(await refreshed).toMatchObject({ failure: { code: 'cancelled' } })
    expect(rig.engine.snapshot().accounts).toMatchObject([{ state: { kind: 'fresh' } }])
  })

  it.each([
    ['a broken connection', { kind: 'drop' }, 'stale', 'connection_lost'],
    ['a login page of the network', { kind: 'html' }, 'offline', 'network_login'],
    ['50 MB of JSON', { kind: 'flood', bytes: 50_000_000 }, 'stale', 'answer_too_large'],
    ['a move to another host', { kind: 'redirect', to: 'http://127.0.0.1:9' }, 'stale', 'site_moved'],
  ] as const)('with %s keeps the counts, says why and since when, and is retried', async (_, fault, kind, code) => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault(fault)
    await rig.run('account.refresh', { account: id })
    const { accounts } = await rig.until((snapshot) => snapshot.accounts[0]?.state.kind === kind)
    expect(accounts).toMatchObject([
      { counts: { total: 1 }, state: { kind, since: rig.clock.now(), failure: { code } } },
    ])
    const state = accounts[0]?.state
    const retryAt = state !== undefined && 'retryAt' in state ? (state.retryAt ?? 0) : 0
    expect(retryAt - rig.clock.now()).toBeGreaterThan(0)
    forum.clearFaults()
    await rig.pass(retryAt - rig.clock.now(), [forum])
    await rig.until((snapshot) => snapshot.accounts[0]?.state.kind === 'fresh')
  })

  it('is retried only after the wait that the forum asks for', async () => {
    const forum = await forumOf({ limits: { keyPerMinute: 4 } })
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    expect(await rig.run('account.refresh', { account: id })).toMatchObject({ failure: { code: 'rate_limited' } })
    expect(rig.engine.snapshot().accounts[0]?.state.kind).toBe('limited')
    forum.clearRequests()
    await rig.run('account.refresh', { account: id })
    expect(forum.requests).toEqual([])
  })
})
