import { describe, expect, it } from 'vitest'
import { expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// Taking access back, against the simulated forum over real HTTP.

const { forumOf, rigOf } = setUpRigs()

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
    await rig.pass(30_000, [forum])
    await expect
      .poll(() => forum.requests.map(({ path, status }) => [path, status]))
      .toEqual([['/user-api-key/revoke.json', 503]])
    forum.setReadOnly(false)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'revoking' && accounts[0].state.failure !== null)
    await rig.pass(60_000, [forum])
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
  })

  it('asked for again and again by hand, still asks by itself no more often than once at a time', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.setReadOnly(true)
    for (let presses = 0; presses < 4; presses++) await rig.run('account.revoke', { account: id })
    const failure = () => {
      const state = rig.engine.snapshot().accounts[0]?.state
      return state?.kind === 'revoking' ? state.failure : undefined
    }
    await rig.pass(0, [forum])
    // The fourth failure in a row means a pause of 30 s, doubled three times. A question begins by clearing the failure.
    rig.clock.advance(239_000)
    expect(failure()).not.toBeNull()
    rig.clock.advance(1000)
    expect(failure()).toBeNull()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'revoking' && accounts[0].state.failure !== null)
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

  it('is not taken as done by status 200 alone: a login page may have answered (case c02)', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'html', path: '/user-api-key/revoke', times: 1 })
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({
      failure: { code: 'change_not_confirmed', params: { host: new URL(forum.url).host } },
    })
    expect(forum.keys('eve')[0]?.revokedAt).toBeNull()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'revoking' } }])
    await rig.pass(30_000, [forum])
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
  })

  it('is not taken as done by a single 403 while the forum accepts the key elsewhere', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'forbidden', path: '/user-api-key/revoke', times: 1 })
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({
      failure: { code: 'change_not_confirmed' },
    })
    expect(forum.keys('eve')[0]?.revokedAt).toBeNull()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'revoking' } }])
  })

  it('is not taken as done by refusals while the forum does not answer visitors either', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    forum.fault({ kind: 'forbidden' })
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({ ok: false })
    forum.clearFaults()
    expect(forum.keys('eve')[0]?.revokedAt).toBeNull()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'revoking' } }])
  })
})

describe('revoking without the key at hand', () => {
  it('says so and keeps the account, until the user forgets it or signs in again', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    // A profile from another computer comes without its keychain.
    rig.keychain.items.clear()
    await rig.restart()
    const failure = { code: 'revoke_without_key', params: { host: new URL(forum.url).host } }
    expect(await rig.run('account.revoke', { account: id })).toEqual({ ok: false, failure })
    expect(forum.keys('eve')[0]?.revokedAt).toBeNull()
    expect(rig.engine.snapshot().accounts).toMatchObject([{ id, state: { kind: 'revoking', failure } }])
    await rig.restart()
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'revoking' && accounts[0].state.failure !== null)
    expect(await rig.connect(forum, 'eve')).toBe(id)
    expectOk(await rig.run('account.revoke', { account: id }))
    expect(forum.keys('eve').at(-1)?.revokedAt).not.toBeNull()
  })

  it('waits for a keychain that is locked, and goes on when it opens', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    rig.keychain.trouble = new Error('The keyring is locked')
    await rig.restart()
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({ failure: { code: 'keychain_locked' } })
    rig.keychain.trouble = undefined
    expectOk(await rig.run('vault.retry', {}))
    await rig.until(({ accounts }) => accounts.length === 0)
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
  })
})

describe('a key that the keychain would not delete', () => {
  it('is told, tried again by itself, and told no longer once it is gone', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    rig.keychain.trouble = new Error('The keyring is locked')
    expect(await rig.run('account.revoke', { account: id })).toMatchObject({
      failure: { code: 'keychain_keeps_secret' },
    })
    expect(forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    const { accounts, notices } = rig.engine.snapshot()
    expect(accounts).toEqual([])
    expect(notices.map(({ failure }) => failure.code)).toEqual(['keychain_keeps_secret'])
    rig.keychain.trouble = undefined
    await rig.pass(60_000, [forum])
    await rig.until((snapshot) => snapshot.notices.length === 0)
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').keys).toEqual({})
  })

  it('is deleted at the next start, and its account does not come back', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    rig.keychain.trouble = new Error('The keyring is locked')
    await rig.run('account.forget', { account: id })
    rig.keychain.trouble = undefined
    await rig.restart()
    expect(rig.engine.snapshot().accounts).toEqual([])
    expect(JSON.parse(rig.keychain.items.get(rigItem) ?? '').keys).toEqual({})
  })
})
