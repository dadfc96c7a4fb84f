import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { systemRandom } from '../ports/random.ts'

// The live channel against the simulated forum's message bus over real HTTP, on one fake clock for both.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
/** A channel that is open polls again within this time, in milliseconds. */
const longestPause = 6000
const polls = (forum: Forum) => forum.requests.filter(({ path }) => path.includes('/message-bus/')).length
const totals = (forum: Forum) => forum.requests.filter(({ path }) => path.endsWith('/notifications/totals.json')).length

/** An engine with one account whose poll the forum is holding, and the forum. */
const live = async (options: Parameters<typeof forumOf>[0] = {}) => {
  const forum = await forumOf(options)
  const rig = await rigOf()
  const id = await rig.connect(forum, 'eve')
  const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
  await pass(0)
  const total = () => rig.engine.snapshot().accounts[0]?.counts?.total
  /** Whether a poll is held, now or after the pause between two polls. */
  const isPolling = async (): Promise<boolean> => {
    for (let waited = 0; forum.heldPolls() === 0 && waited < longestPause; waited += 100) await pass(100)
    return forum.heldPolls() === 1
  }
  return { forum, rig, id, pass, total, isPolling }
}

describe.each(['2.9', '3.4', 'latest'] as const)('the live channel of version %s', (profile) => {
  it('brings news without polling for totals, with the server’s own counts', async () => {
    const { forum, rig, pass, total } = await live({ profile })
    expect(forum.heldPolls()).toBe(1)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ isLive: true, counts: { total: 0 } }])
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(0)
    expect(total()).toBe(1)
    forum.markRead('eve', 'all')
    await pass(16_000)
    expect(total()).toBe(0)
  })
})

describe('the live channel', () => {
  it('is polled again at once, and misses nothing between two polls', async () => {
    const { forum, pass, total } = await live()
    const before = polls(forum)
    await pass(260_000)
    expect(polls(forum) - before).toBeGreaterThanOrEqual(9)
    while (forum.heldPolls() > 0) await pass(100)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(2500)
    expect([forum.heldPolls(), total()]).toEqual([1, 1])
  })

  it('causes few requests in a burst', async () => {
    const { forum, pass, total } = await live()
    forum.clearRequests()
    for (let event = 0; event < 20; event++) {
      forum.notify({ user: 'eve', type: 'mentioned' })
      await pass(2000)
    }
    await pass(40_000)
    expect(total()).toBe(20)
    expect(totals(forum)).toBeLessThanOrEqual(6)
    expect(forum.requests.filter(({ status }) => status === 429)).toEqual([])
  })

  it('recovers its position after the server lost its bus', async () => {
    const { forum, pass, total } = await live()
    for (let event = 0; event < 3; event++) forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(40_000)
    // Between two polls, so that the news is lost with the bus.
    while (forum.heldPolls() > 0) await pass(200)
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.resetBus()
    await pass(30_000)
    expect(total()).toBe(4)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(10_000)
    expect(total()).toBe(5)
  })

  it('notices a gap at the next news, and asks for the counts', async () => {
    const { forum, pass, total } = await live()
    await pass(26_000)
    forum.skipBus(200)
    await pass(30_000)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(10_000)
    expect(total()).toBe(1)
  })

  it('is detected when it still responds to a revoked key', async () => {
    const { forum, rig, pass } = await live()
    forum.revokeKeys('eve')
    await pass(17 * minute)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ isLive: false, state: { kind: 'needsSignIn' } }])
    forum.clearRequests()
    await pass(60 * minute)
    expect([forum.requests, forum.heldPolls()]).toEqual([[], 0])
  })

  it('is detected at once if the bus also refuses the key', async () => {
    const { forum, rig, pass } = await live({ settings: { loginRequired: true } })
    forum.revokeKeys('eve')
    await pass(2 * minute)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ isLive: false, state: { kind: 'needsSignIn' } }])
  })

  it.each([
    ['below a folder', { path: '/forum' }],
    ['where polls are not held', { settings: { longPolling: false } }],
  ] as const)('is not used %s, and the forum is asked instead', async (_, options) => {
    const { forum, rig, pass, total } = await live(options)
    await pass(30_000)
    expect(rig.engine.snapshot().accounts[0]?.isLive).toBe(false)
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.clearRequests()
    await pass(67_000)
    expect(total()).toBe(1)
    await rig.restart()
    await pass(10 * minute)
    expect(polls(forum)).toBe(0)
    expect(totals(forum)).toBeGreaterThan(9)
  })

  it('costs no more requests when a proxy cuts it', async () => {
    const { forum, pass, total } = await live()
    forum.fault({ kind: 'cut', afterMs: 10_000, path: '/message-bus/' })
    forum.clearRequests()
    await pass(5 * minute)
    expect(polls(forum)).toBeLessThanOrEqual(12)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(25_000)
    expect(total()).toBe(1)
  })

  it('waits as long as a busy server asks, while other requests continue', async () => {
    const { forum, rig, id, pass, isPolling } = await live()
    forum.fault({ kind: 'queue', retryAfter: 45, path: '/message-bus/' })
    await pass(30_000)
    expect(forum.requests.filter(({ status }) => status === 429)).toHaveLength(1)
    forum.clearRequests()
    expectOk(await rig.run('account.refresh', { account: id }))
    await pass(40_000)
    expect(polls(forum)).toBe(0)
    forum.clearFaults()
    await pass(8000)
    expect(await isPolling()).toBe(true)
  })

  it('is polled without chunks for a day if a proxy buffers, and Diagnostics says so', async () => {
    const { forum, rig, pass, total } = await live()
    const channel = async () => expectOk(await rig.run('diagnose.report', {})).accounts[0]?.channel
    expect(await channel()).toBe('streamed')
    forum.fault({ kind: 'buffer', path: '/message-bus/' })
    await pass(90_000)
    expect(await channel()).toBe('buffered')
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(2500)
    expect(total()).toBe(1)
    forum.clearFaults()
    for (const [hours, state] of [
      [23, 'buffered'],
      [2, 'streamed'],
    ] as const) {
      rig.engine.setPresence({ user: 'locked' })
      await pass(hours * 60 * minute)
      rig.engine.setPresence({ user: 'active' })
      await pass(minute)
      expect(await channel()).toBe(state)
    }
  })

  it('is still considered streaming after first chunks that were late, and brings news at once meanwhile', async () => {
    const { forum, rig, pass, total, isPolling } = await live()
    for (let news = 1; news <= 3; news++) {
      forum.fault({ kind: 'latency', ms: 6000 + 1000 * news, path: '/message-bus/', times: 1 })
      while (forum.waitingRequests() === forum.heldPolls()) await pass(500)
      await pass(5500)
      forum.notify({ user: 'eve', type: 'mentioned' })
      await pass(100)
      expect(total()).toBe(news)
      await pass(2 * minute)
    }
    const { accounts } = expectOk(await rig.run('diagnose.report', {}))
    expect(accounts[0]?.channel).toBe('streamed')
    expect(await isPolling()).toBe(true)
  })

  it('is open again soon after an outage in which much happened', async () => {
    const { forum, pass, total, isPolling } = await live()
    await pass(minute)
    forum.fault({ kind: 'drop' })
    await pass(minute)
    for (let event = 0; event < 50; event++) {
      const { id } = forum.notify({ user: 'eve', type: 'mentioned' })
      forum.markRead('eve', id)
    }
    for (let event = 0; event < 50; event++) forum.notify({ user: 'eve', type: 'mentioned' })
    forum.clearFaults()
    await pass(5 * minute)
    expect([await isPolling(), total()]).toEqual([true, 50])
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(100)
    expect(total()).toBe(51)
  })

  it('is still considered streaming after an outage', async () => {
    const { forum, rig, pass } = await live()
    forum.fault({ kind: 'drop' })
    await pass(5 * minute)
    forum.clearFaults()
    await pass(20 * minute)
    const { accounts } = expectOk(await rig.run('diagnose.report', {}))
    expect(accounts[0]?.channel).toBe('streamed')
  })

  it('of a quiet account is reopened soon after each outage, however many there were before', async () => {
    const forum = await forumOf()
    const rig = await rigOf({ random: { ...systemRandom, fraction: () => 0.99 } })
    await rig.connect(forum, 'eve')
    for (let outage = 0; outage < 4; outage++) {
      await rig.pass(outage * 6 * minute, [forum])
      expect(forum.heldPolls()).toBe(1)
      forum.fault({ kind: 'drop', path: '/message-bus/' })
      while (forum.heldPolls() > 0) await rig.pass(1000, [forum])
      await rig.pass(5000, [forum])
      forum.clearFaults()
    }
    await rig.pass(4 * minute, [forum])
    expect(rig.engine.snapshot().accounts[0]?.isLive).toBe(true)
  })

  it('is open, and the list read, soon after an outage, however often it was tried meanwhile', async () => {
    const forum = await forumOf()
    let fraction = 0
    const rig = await rigOf({ random: { ...systemRandom, fraction: () => fraction } })
    await rig.connect(forum, 'eve')
    const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
    await pass(0)
    forum.fault({ kind: 'drop' })
    await pass(50_000)
    fraction = 0.99
    await pass(10_000)
    forum.notify({ user: 'eve', type: 'mentioned' })
    forum.clearFaults()
    await pass(4 * minute)
    expect(rig.engine.snapshot().accounts).toMatchObject([{ isLive: true, counts: { total: 1 } }])
  })

  it('that stays silent for a member who never visits the forum is detected by the totals', async () => {
    const { forum, rig, pass, total } = await live()
    const channel = async () => expectOk(await rig.run('diagnose.report', {})).accounts[0]?.channel
    forum.updateUser('eve', { lastSeenAt: rig.clock.now() - 31 * 24 * 60 * minute })
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(3 * minute)
    expect([total(), await channel()]).toEqual([1, 'silent'])
    for (let event = 2; event < 8; event++) {
      forum.notify({ user: 'eve', type: 'mentioned' })
      await pass(minute)
      expect(total()).toBe(event)
    }
    // The user comes by: from now on the forum publishes again.
    forum.see('eve')
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(5000)
    expect(await channel()).toBe('streamed')
  })

  it('is open before counts and list are read', async () => {
    const { forum } = await live()
    const order = forum.requests.map(({ path }) => path.replace(/.*\/(?=poll|totals|notifications)/, ''))
    expect(order.indexOf('poll')).toBeGreaterThan(0)
    expect(order.indexOf('poll')).toBeLessThan(order.indexOf('totals.json'))
    expect(order.indexOf('totals.json')).toBeLessThan(order.indexOf('notifications.json'))
  })

  it('closes when the user leaves, and reopens when they return', async () => {
    const { forum, rig, pass, total } = await live()
    rig.engine.setPresence({ user: 'locked' })
    await pass(0)
    expect([rig.engine.snapshot().accounts[0]?.isLive, forum.heldPolls()]).toEqual([false, 0])
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(5 * minute)
    expect(total()).toBe(1)
    forum.notify({ user: 'eve', type: 'mentioned' })
    rig.engine.setPresence({ user: 'active' })
    await pass(0)
    expect([rig.engine.snapshot().accounts[0]?.isLive, total()]).toEqual([true, 2])
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(20_000)
    expect(total()).toBe(3)
  })

  it('closes while the machine sleeps, and reopens when it wakes', async () => {
    const { forum, rig, pass, total } = await live()
    rig.engine.setPresence({ machine: 'asleep' })
    await pass(0)
    forum.clearRequests()
    rig.clock.advance(8 * 60 * minute)
    await pass(0)
    expect([forum.requests, forum.heldPolls()]).toEqual([[], 0])
    forum.notify({ user: 'eve', type: 'mentioned' })
    rig.engine.setPresence({ machine: 'awake' })
    await pass(0)
    expect(total()).toBe(1)
    forum.notify({ user: 'eve', type: 'mentioned' })
    await pass(20_000)
    expect(total()).toBe(2)
  })

  it('is tried again on another network', async () => {
    const { forum, rig, pass } = await live({ settings: { longPolling: false } })
    await pass(30_000)
    expect(rig.engine.snapshot().accounts[0]?.isLive).toBe(false)
    forum.configure({ longPolling: true })
    rig.engine.networkChanged()
    await pass(2 * minute)
    expect(rig.engine.snapshot().accounts[0]?.isLive).toBe(true)
  })
})
