import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type EngineRig, expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// What spans keychain and settings, cut off between the two: the next start finishes it or undoes it.

const { forumOf, rigOf } = setUpRigs()

const secretsOf = (rig: EngineRig) => JSON.parse(rig.keychain.items.get(rigItem) ?? '')
const changeSecrets = (rig: EngineRig, change: object): void =>
  void rig.keychain.items.set(rigItem, JSON.stringify({ ...secretsOf(rig), ...change }))

/** Restarts as after a kill: with the settings file as it was at a moment in the past. */
const restartWithSettings = async (rig: EngineRig, settings: string): Promise<void> => {
  await rig.engine.stop()
  writeFileSync(rig.settingsPath, settings)
  // Stopped already; to stop once more would write the settings again.
  rig.engine = { ...rig.engine, stop: async () => undefined }
  await rig.restart()
}

describe('a start after a crash', () => {
  it('finishes a sign-in whose key was stored and whose account was not', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const before = readFileSync(rig.settingsPath, 'utf8')
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    const { account } = expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
    await restartWithSettings(rig, before)
    await rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
    const { accounts, attempts, notices } = rig.engine.snapshot()
    expect(accounts).toMatchObject([{ id: account, username: 'eve', site: { base: forum.url } }])
    expect(attempts).toEqual([])
    expect(notices.map(({ failure }) => failure)).toEqual([{ code: 'accounts_restored', params: { count: 1 } }])
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8')).accounts).toMatchObject([{ id: account }])
  })

  it('finishes a sign-in that was cut off while the forum was asked whose key it is', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    forum.fault({ kind: 'drop', path: '/session/current.json' })
    expect(await rig.run('attempt.accept', { text: redirect ?? '' })).toMatchObject({
      failure: { code: 'connection_lost' },
    })
    forum.clearFaults()
    // Nobody hands the answer over a second time.
    await rig.restart()
    const { accounts } = await rig.until((snapshot) => snapshot.accounts[0]?.state.kind === 'fresh')
    expect(accounts).toMatchObject([{ username: 'eve' }])
    expect(secretsOf(rig)).toMatchObject({ nonces: {}, received: {} })
  })

  it('has the forum revoke a key whose sign-in was given up', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const begun = expectOk(await rig.engine.begin(forum.url, 'redirect'))
    const { redirect } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    forum.fault({ kind: 'drop', path: '/session/current.json' })
    await rig.run('attempt.accept', { text: redirect ?? '' })
    expectOk(await rig.run('attempt.dismiss', { attempt: begun.attempt }))
    await expect.poll(() => forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    await expect.poll(() => secretsOf(rig)).toMatchObject({ nonces: {}, received: {}, retired: [] })
  })

  it('drops nonces and grants that belong to no attempt, and gives back a key that was received for one', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const { key } = forum.grantKey({ user: 'eve', scopes: ['notifications', 'session_info'], clientId: 'lost' })
    await rig.engine.stop()
    changeSecrets(rig, {
      nonces: { gone: 'nonce' },
      grants: { gone: { deviceCode: 'code', page: 'https://meta.example', interval: 5000 } },
      received: { gone: { base: forum.url, key, expiresAt: null } },
    })
    await rig.restart()
    await expect.poll(() => forum.keys('eve')[0]?.revokedAt).not.toBeNull()
    await expect.poll(() => secretsOf(rig)).toMatchObject({ nonces: {}, grants: {}, received: {}, retired: [] })
  })

  it('says that there are keys of which nobody knows the forum', async () => {
    const rig = await rigOf()
    await rig.engine.stop()
    changeSecrets(rig, { keys: { old: 'k'.repeat(32) } })
    await rig.restart()
    const { accounts, notices } = rig.engine.snapshot()
    expect(accounts).toEqual([])
    expect(notices.map(({ failure }) => failure)).toEqual([{ code: 'keys_without_account', params: { count: 1 } }])
    expect(Object.keys(secretsOf(rig).keys)).toEqual(['old'])
  })

  it('brings back every account of a profile whose settings are gone', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'bob' }] })
    const rig = await rigOf()
    const ids = [await rig.connect(forum, 'eve'), await rig.connect(forum, 'bob')]
    await restartWithSettings(rig, '{}')
    // The second account asks a moment after the first.
    await rig.pass(1000, [forum])
    const { accounts } = await rig.until((snapshot) => snapshot.accounts.every(({ state }) => state.kind === 'fresh'))
    expect(accounts.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    // And for good.
    await rig.restart()
    expect(rig.engine.snapshot().accounts).toHaveLength(2)
    expect(rig.engine.snapshot().notices).toEqual([])
  })

  it('notes who the keys belong to that an earlier version stored', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await rig.engine.stop()
    changeSecrets(rig, { owners: undefined, received: undefined })
    await rig.restart()
    await expect.poll(() => secretsOf(rig).owners).toMatchObject({ [id]: { base: forum.url, username: 'eve' } })
  })
})
