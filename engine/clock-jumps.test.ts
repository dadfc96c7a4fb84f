import { describe, expect, it } from 'vitest'
import { expectOk } from '../test/rig/engine-rig.ts'
import { createFakeClock } from '../test/rig/fake-clock.ts'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'

// A clock is set while the program runs: by hand, by the network, by an empty battery. Lengths of time stay what they are.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
const day = 24 * 60 * minute
const jumps = [-365 * day, 61_000, day]

const begin = async (method: 'redirect' | 'device' = 'redirect') => {
  const clock = createFakeClock()
  const start = clock.now()
  // Nobody sets the forum's.
  const forum = await forumOf({ profile: 'latest', clock: { ...clock, now: () => start + clock.elapsed() } })
  const rig = await rigOf({ clock })
  const begun = expectOk(await rig.engine.begin(forum.url, method))
  return { forum, rig, begun }
}

describe.each(jumps)('with the clock set by %i ms', (jump) => {
  it('a sign-in can be finished for as long as before', async () => {
    const { forum, rig, begun } = await begin()
    const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    rig.clock.advance(5 * minute)
    rig.clock.set(jump)
    rig.clock.advance(4 * minute)
    expect(rig.engine.snapshot().attempts[0]?.expiresAt).toBe(rig.clock.now() + minute)
    expectOk(await rig.run('attempt.accept', { text: redirect }))
  })

  it('a sign-in cannot be finished for longer', async () => {
    const { forum, rig, begun } = await begin()
    const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    rig.clock.set(jump)
    rig.clock.advance(10 * minute)
    expect(rig.engine.snapshot().attempts).toMatchObject([{ state: { kind: 'expired' } }])
    expect(await rig.run('attempt.accept', { text: redirect })).toMatchObject({ failure: { code: 'nothing_waiting' } })
  })

  it('a sign-in by short code ends in its account', async () => {
    const { forum, rig, begun } = await begin('device')
    await forum.approveDevice({
      ...{ verificationUrl: begun.authorizeUrl, userCode: begun.userCode ?? '', user: 'eve' },
      decision: 'authorize',
    })
    rig.clock.set(jump)
    rig.clock.advance(10_000)
    const { accounts } = await rig.until((snapshot) => snapshot.accounts.length > 0)
    expect(accounts).toMatchObject([{ username: 'eve' }])
  })

  it('wrong answers are forgotten after a minute', async () => {
    const { forum, rig, begun } = await begin()
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    const text = `${payload.replace(/\s/g, '').slice(0, -8)}AAAAAA==`
    for (let tries = 0; tries < 8; tries++) await rig.run('attempt.accept', { text })
    rig.clock.set(jump)
    rig.clock.advance(30_000)
    expect(await rig.run('attempt.accept', { text })).toMatchObject({
      failure: { code: 'too_many_tries', params: { seconds: 30 } },
    })
    rig.clock.advance(60_000)
    expect(await rig.run('attempt.accept', { text })).toMatchObject({ failure: { code: 'payload_rejected' } })
  })

  it('a key that is refused is doubted for a minute before it is given up', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const account = await rig.connect(forum, 'eve')
    await rig.pass(0, [forum])
    const state = () => rig.engine.snapshot().accounts[0]?.state
    forum.revokeKeys('eve')
    await rig.run('account.refresh', { account })
    expect(state()).toMatchObject({ kind: 'stale', failure: { code: 'access_doubted' } })
    rig.clock.set(jump)
    await rig.run('account.refresh', { account })
    expect(state()).toMatchObject({ kind: 'stale', failure: { code: 'access_doubted' } })
    await rig.pass(minute, [forum])
    await rig.run('account.refresh', { account })
    expect(state()).toMatchObject({ kind: 'needsSignIn' })
  })
})
