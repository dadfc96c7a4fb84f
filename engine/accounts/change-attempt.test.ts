import { describe, expect, it } from 'vitest'
import { oneTimeScope as scope } from '../../common/contract/scope.ts'
import { expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// The optional scope of an attempt that waits.

const { forumOf, rigOf } = setUpRigs()

describe('a one-time login token', () => {
  it.each(['2.9', '3.4', 'latest'] as const)('is asked for when the user wants it, on %s', async (profile) => {
    const forum = await forumOf({ profile })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    expect(rig.engine.snapshot().attempts).toMatchObject([
      { scopes: ['notifications', 'session_info'], optionalScopes: [scope] },
    ])
    expectOk(await rig.run('attempt.scope', { attempt, scope, wanted: true }))
    const authorizeUrl = rig.engine.authorizeUrl(attempt) ?? ''
    const { redirect = '' } = await forum.authorize({ authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    expect(rig.engine.snapshot().accounts[0]?.scopes).toEqual(['notifications', 'session_info', scope])
    expect(forum.keys('eve')[0]?.scopes).toContain(scope)
  })

  it('takes the attempt from the short code to the default method, and gives the code back when it is not wanted', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, undefined))
    const [before] = rig.engine.snapshot().attempts
    expect(before).toMatchObject({ method: 'device', methods: ['device', 'redirect', 'paste'] })
    expectOk(await rig.run('attempt.scope', { attempt, scope, wanted: true }))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ method: 'redirect', methods: ['redirect', 'paste'] }])
    expect(await rig.run('attempt.switch', { attempt, method: 'device' })).toMatchObject({
      failure: { code: 'command_invalid' },
    })
    expectOk(await rig.run('attempt.scope', { attempt, scope, wanted: false }))
    expectOk(await rig.run('attempt.switch', { attempt, method: 'device' }))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ ...before, state: { kind: 'waiting' } }])
    const verificationUrl = rig.engine.authorizeUrl(attempt) ?? ''
    await forum.approveDevice({
      verificationUrl,
      userCode: before?.userCode ?? '',
      user: 'eve',
      decision: 'authorize',
    })
    await rig.pass(5000, [forum])
    const { accounts } = await rig.until((now) => now.accounts.length === 1)
    expect(accounts[0]?.scopes).toEqual(['notifications', 'session_info'])
  })

  it('that a new forum does not allow is not asked for, and the attempt goes on as it was', async () => {
    const allowedScopes = ['notifications', 'session_info']
    const forum = await forumOf({ profile: 'latest', settings: { allowedScopes } })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, undefined))
    const before = rig.engine.snapshot().attempts
    expect(await rig.run('attempt.scope', { attempt, scope, wanted: true })).toMatchObject({
      failure: { code: 'scope_not_allowed' },
    })
    expect(rig.engine.snapshot().attempts).toEqual(before)
  })

  it('is not offered where no redirect arrives', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf({ defaultMethod: 'paste' })
    expectOk(await rig.engine.begin(forum.url, undefined))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ methods: ['device', 'paste'], optionalScopes: [] }])
  })

  it('is not asked for an attempt that was cancelled while the forum was being asked', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    forum.clearRequests()
    forum.fault({ kind: 'latency', ms: 300, path: '/user-api-key/new.json', times: 1 })
    const choosing = rig.run('attempt.scope', { attempt, scope, wanted: true })
    expectOk(await rig.run('attempt.dismiss', { attempt }))
    await expect.poll(() => forum.requests.length).toBe(1)
    rig.clock.advance(300)
    expect(await choosing).toMatchObject({ failure: { code: 'attempt_unknown' } })
    expect(rig.engine.snapshot().attempts).toEqual([])
  })

  it('leaves no secret of an attempt that was cancelled while the forum was giving another code', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    const { attempt } = expectOk(await rig.engine.begin(forum.url, 'device'))
    forum.clearRequests()
    forum.fault({ kind: 'latency', ms: 300, path: '/user-api-key/device.json', times: 1 })
    const limiting = rig.run('attempt.limit', { attempt, days: 7 })
    expectOk(await rig.run('attempt.dismiss', { attempt }))
    await expect.poll(() => forum.requests.length).toBe(1)
    rig.clock.advance(300)
    expect(await limiting).toMatchObject({ failure: { code: 'attempt_unknown' } })
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '')).toMatchObject({ nonces: {}, grants: {} })
  })
})
