import { describe, expect, it } from 'vitest'
import { expectOk, rigItem } from '../../test/rig/engine-rig.ts'
import { createMemoryKeychain } from '../../test/rig/memory-keychain.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

// The keypair of this installation, and a new one in its place.

const { forumOf, rigOf } = setUpRigs()

const secretsOf = (rig: Awaited<ReturnType<typeof rigOf>>) => JSON.parse(rig.keychain.items.get(rigItem) ?? '')

describe('the keypair', () => {
  it('is told with the time it was made, and with nothing of its own', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    expect(rig.engine.snapshot().keypair).toBeNull()
    await rig.connect(forum, 'eve')
    expect(rig.engine.snapshot().keypair).toEqual({ createdAt: rig.clock.now() })
  })

  it('is replaced, and accounts go on with the keys they have', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const before = secretsOf(rig)
    rig.clock.advance(1000)
    expectOk(await rig.run('keypair.rotate', {}))
    const after = secretsOf(rig)
    expect(after.keypair.privateKey).not.toBe(before.keypair.privateKey)
    expect(after.keys).toEqual(before.keys)
    expect(rig.engine.snapshot().keypair).toEqual({ createdAt: rig.clock.now() })
    expectOk(await rig.run('account.refresh', { account: id }))
    expect(await rig.connect(forum, 'eve')).toBe(id)
  })

  it('stays while a sign-in waits or is being begun, and that sign-in still works', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const beginning = rig.engine.begin(forum.url, 'redirect')
    const failure = { code: 'sign_ins_waiting', params: { count: 1 } }
    expect(await rig.run('keypair.rotate', {})).toEqual({ ok: false, failure })
    const begun = expectOk(await beginning)
    const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    expect(await rig.run('keypair.rotate', {})).toEqual({ ok: false, failure })
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    expectOk(await rig.run('keypair.rotate', {}))
  })

  it('fits a sign-in that is begun while a new one is being made', async () => {
    const forum = await forumOf({ profile: 'latest' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const [rotated, begun] = await Promise.all([
      rig.run('keypair.rotate', {}),
      rig.engine.begin(forum.url, 'redirect').then(expectOk),
    ])
    const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    expectOk(await rig.run('attempt.accept', { text: redirect }))
    // Whichever was first, nothing is lost.
    expect(rotated.ok || rotated.failure.code === 'sign_ins_waiting').toBe(true)
  })

  it('made before its time was noted is read, and has no age', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const { keypair, ...secrets } = secretsOf(rig)
    const { createdAt: _, ...old } = keypair
    const keychain = createMemoryKeychain()
    keychain.items.set(rigItem, JSON.stringify({ ...secrets, keypair: old }))
    const later = await rigOf({ keychain })
    expect(later.engine.snapshot()).toMatchObject({ vault: { kind: 'keychain' }, keypair: { createdAt: null } })
  })
})
