import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { type ForumOptions, startForum } from '../../test/forum/start-forum.ts'
import { type EngineRig, expectOk, rigItem, startEngineRig } from '../../test/rig/engine-rig.ts'

// Signing in by device code, against the simulated forum over real HTTP.

const toStop: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of toStop.splice(0)) await each.stop()
})

interface Begun {
  readonly forum: Forum
  readonly rig: EngineRig
  readonly attempt: string
  readonly page: string
  readonly userCode: string
}

const begin = async (options: Partial<ForumOptions> = {}): Promise<Begun> => {
  const forum = await startForum({ profile: 'latest', title: 'Meta', users: [{ username: 'eve' }], ...options })
  const rig = await startEngineRig()
  toStop.push(forum, rig)
  const begun = expectOk(await rig.engine.begin(forum.url, undefined))
  return { forum, rig, attempt: begun.attempt, page: begun.authorizeUrl, userCode: begun.userCode ?? '' }
}

const decide = ({ forum, page, userCode }: Begun, decision: 'authorize' | 'deny') =>
  forum.approveDevice({ verificationUrl: page, userCode, user: 'eve', decision })

/** Lets the program ask the forum once more. */
const askAgain = async ({ rig, forum }: Begun): Promise<void> => {
  const asked = () => forum.requests.filter(({ path, status }) => path.endsWith('/device/poll.json') && status !== null)
  const before = asked().length
  // All that the last answer led to is done first: the next question is asked by a timer that it sets.
  await rig.pass(5000, [forum])
  await expect.poll(() => asked().length).toBeGreaterThan(before)
}

describe('signing in by device code', () => {
  it('is the first way in where the forum has it; the others stay open', async () => {
    const { rig, page, userCode, forum } = await begin()
    expect(userCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(page.startsWith(`${forum.url}/`)).toBe(true)
    expect(rig.engine.snapshot().attempts).toMatchObject([
      { method: 'device', methods: ['device', 'redirect', 'paste'], userCode },
    ])
  })

  it('connects by itself once the user has approved, in a folder as well', async () => {
    const begun = await begin({ path: '/forum' })
    await askAgain(begun)
    expect(begun.rig.engine.snapshot().attempts).toMatchObject([{ state: { kind: 'waiting' } }])
    await decide(begun, 'authorize')
    await askAgain(begun)
    const { accounts, attempts } = await begun.rig.until((now) => now.accounts[0]?.state.kind === 'fresh')
    expect(accounts).toMatchObject([{ username: 'eve', site: { base: begun.forum.url } }])
    expect(attempts).toMatchObject([{ state: { kind: 'done' } }])
    expect(JSON.parse(begun.rig.keychain.items.get(rigItem) ?? '')).toMatchObject({ grants: {}, nonces: {} })
  })

  it('asks no more often than the forum wants, and not after the end', async () => {
    const begun = await begin()
    await askAgain(begun)
    const polls = () => begun.forum.requests.filter(({ path }) => path.endsWith('/device/poll.json')).length
    const before = polls()
    begun.rig.clock.advance(4900)
    expect(polls()).toBe(before)
    expectOk(await begun.rig.run('attempt.dismiss', { attempt: begun.attempt }))
    begun.rig.clock.advance(60_000)
    expect(polls()).toBe(before)
  })

  it('says when the user has refused', async () => {
    const begun = await begin()
    await decide(begun, 'deny')
    await askAgain(begun)
    await begun.rig.until(({ attempts }) => attempts[0]?.state.kind === 'denied')
    expect(JSON.parse(begun.rig.keychain.items.get(rigItem) ?? '').nonces).toEqual({})
  })

  it('says when the one answer was lost, for the forum does not give it again', async () => {
    const begun = await begin()
    await decide(begun, 'authorize')
    begun.forum.fault({ kind: 'drop-answer', path: '/user-api-key/device/poll.json', times: 1 })
    await askAgain(begun)
    await askAgain(begun)
    await begun.rig.until(({ attempts }) => attempts[0]?.state.kind === 'expired')
  })

  it('loses nothing when the forum fails between the answer and the question whose key it is', async () => {
    const begun = await begin()
    await decide(begun, 'authorize')
    begun.forum.fault({ kind: 'error-page', status: 502, path: '/session/current.json', times: 1 })
    await askAgain(begun)
    await begun.rig.until(({ attempts }) => attempts[0]?.state.kind === 'waiting' && attempts[0].state.failure !== null)
    await begun.rig.pass(5000, [begun.forum])
    await begun.rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('goes on after a restart', async () => {
    const begun = await begin()
    await decide(begun, 'authorize')
    await begun.rig.restart()
    await askAgain(begun)
    await begun.rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('can be left for a paste and taken up again', async () => {
    const begun = await begin()
    expectOk(await begun.rig.run('attempt.switch', { attempt: begun.attempt, method: 'paste' }))
    expect(begun.rig.engine.authorizeUrl(begun.attempt)).toContain('/user-api-key/new?')
    expectOk(await begun.rig.run('attempt.switch', { attempt: begun.attempt, method: 'device' }))
    expect(begun.rig.engine.authorizeUrl(begun.attempt)).toBe(begun.page)
    await decide(begun, 'authorize')
    await askAgain(begun)
    await begun.rig.until(({ accounts }) => accounts[0]?.state.kind === 'fresh')
  })

  it('falls back when the forum gives no code after all, unless it was asked for by name', async () => {
    const forum = await startForum({ profile: 'latest', users: [{ username: 'eve' }] })
    const rig = await startEngineRig()
    toStop.push(forum, rig)
    forum.fault({ kind: 'error-page', status: 503, path: '/user-api-key/device.json', times: 2 })
    expectOk(await rig.engine.begin(forum.url, undefined))
    expect(rig.engine.snapshot().attempts).toMatchObject([{ method: 'redirect', methods: ['redirect', 'paste'] }])
    expect(await rig.engine.begin(forum.url, 'device')).toMatchObject({ failure: { code: 'site_busy' } })
    expect(rig.engine.snapshot().attempts).toHaveLength(1)
  })

  it('keeps the device code and the page out of snapshots and settings', async () => {
    const { rig, page } = await begin()
    const { grants } = JSON.parse(rig.keychain.items.get(rigItem) ?? '')
    const [grant] = Object.values<{ deviceCode: string }>(grants)
    for (const seen of [JSON.stringify(rig.engine.snapshot()), readFileSync(rig.settingsPath, 'utf8')]) {
      expect(seen).not.toContain(grant?.deviceCode)
      expect(seen).not.toContain(page)
    }
  })
})
