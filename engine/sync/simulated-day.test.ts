import * as v from 'valibot'
import { expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { dayLength, generateDay, type Happening, playDay } from '../../test/rig/generate-day.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { mostWithin, startScriptedRig } from '../../test/rig/scripted-rig.ts'
import { seededRandom } from '../../test/rig/seeded-random.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { totalsSchema } from '../discourse/response-schemas.ts'

// Long stretches against simulated forums with all their limits switched on, over real HTTP and on one fake clock.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000
const hour = 60 * minute
const limits = { keyPerMinute: 20, keyPerDay: 2880, ip: { per10Seconds: 50, perMinute: 200 } }
/** A breath, and the longest wait between two questions in a burst; while the screen is locked, a question and its jitter. */
const longestPresent = 22_000
const longestLocked = 4.5 * minute

it.each([
  ['the system does not report presence', false],
  ['the system reports that they are always here', true],
])('a user who never leaves keeps the live channel for two whole days: %s', async (_, isPresenceKnown) => {
  const clock = createFakeClock()
  const { forum, rig, pass } = await startScriptedRig(clock, 5, { isPresenceKnown })
  await pass(minute)
  let lastLive = clock.now()
  let longest = 0
  for (let hours = 0; hours < 30; hours++) {
    forum.setUnread(hours + 1)
    for (let step = 0; step < 60; step++) {
      await pass(minute)
      if (rig.engine.snapshot().accounts[0]?.isLive === true) lastLive = clock.now()
      longest = Math.max(longest, clock.now() - lastLive)
    }
  }
  await rig.stop()
  expect(longest).toBeLessThanOrEqual(minute)
  expect(mostWithin(forum.counted, 24 * hour)).toBeLessThanOrEqual(2880)
})

/** A user whose days are played on a forum, and how long the engine is behind the truth about them. */
const follow = (rig: EngineRig, id: string, forum: Forum, user: string) => {
  const start = rig.clock.now()
  const delays: { readonly at: number; readonly delay: number }[] = []
  let waiting: readonly number[] = []
  let count = (): number => 0
  const account = () => rig.engine.snapshot().accounts.find((each) => each.id === id)
  rig.engine.subscribe(() => {
    const now = rig.clock.now()
    if (account()?.checkedAt !== now || account()?.counts?.total !== count()) return
    delays.push(...waiting.map((at) => ({ at: at - start, delay: now - at })))
    waiting = []
  })
  return {
    play: (day: readonly Happening[], onPresence: (user: 'active' | 'idle' | 'locked') => void = () => undefined) => {
      const unread = playDay(day, rig.clock, forum, user, (happening) => {
        if (happening.kind === 'presence') onPresence(happening.user)
        else waiting = [...waiting, rig.clock.now()]
      })
      count = unread.count
    },
    state: () => account()?.state.kind,
    total: () => account()?.counts?.total,
    /** Changes the engine has not seen. */
    unseen: () => waiting.length,
    /** The longest it took to see a change, of those at certain times after the start. */
    longest: (isMeant: (at: number) => boolean) => {
      const meant = delays.filter(({ at }) => isMeant(at)).map(({ delay }) => delay)
      if (meant.length === 0) throw new Error('Nothing changed then.')
      return Math.max(...meant)
    },
    /** What the forum itself says, asked with a key of its own. */
    truth: async () => {
      const { key } = forum.grantKey({ user })
      const answer = await fetch(`${forum.url}/notifications/totals.json`, { headers: { 'user-api-key': key } })
      const totals = v.parse(totalsSchema, await answer.json())
      return totals.unread_notifications + (totals.unread_personal_messages ?? 0)
    },
  }
}

it.each([1, 2])('a day exceeds no limit and misses nothing (day %i)', async (seed) => {
  const forum = await forumOf({ limits })
  const rig = await rigOf({ random: seededRandom(seed), files: createMemoryFiles() })
  const eve = follow(rig, await rig.connect(forum, 'eve'), forum, 'eve')
  forum.clearRequests()
  // Sixteen hours at the machine, with the screen locked now and then, and eight hours away from it.
  const locked = [
    [3, 3.25],
    [5, 6],
    [16, 24],
  ] as const
  eve.play(generateDay({ seed, news: 60, reads: 25, locked }), (user) => rig.engine.setPresence({ user }))
  await rig.pass(dayLength + 5 * minute, [forum])
  const { requests, byStatus } = forum.traffic()
  expect(byStatus).not.toHaveProperty('429')
  expect(requests).toBeLessThanOrEqual(2800)
  expect(eve.unseen()).toBe(0)
  const isLocked = (at: number) => locked.some(([from, to]) => at >= from * hour && at < to * hour)
  expect(eve.longest((at) => !isLocked(at))).toBeLessThan(longestPresent)
  expect(eve.longest(isLocked)).toBeLessThan(longestLocked)
  expect(eve.total()).toBe(await eve.truth())
})

it('hostile hours on one forum never delay another, and end with the right counts', async () => {
  const users = ['ann', 'bob', 'joe'].map((username) => ({ username }))
  const forum = await forumOf({ limits, users })
  const quiet = await forumOf({ limits, title: 'Quiet' })
  const rig = await rigOf({ random: seededRandom(3), files: createMemoryFiles() })
  const { clock, engine } = rig
  const ids = {
    ann: await rig.connect(forum, 'ann'),
    bob: await rig.connect(forum, 'bob'),
    joe: await rig.connect(forum, 'joe'),
  }
  const ann = follow(rig, ids.ann, forum, 'ann')
  const bob = follow(rig, ids.bob, forum, 'bob')
  const joe = follow(rig, ids.joe, forum, 'joe')
  const eve = follow(rig, await rig.connect(quiet, 'eve'), quiet, 'eve')
  const all = [ann, bob, joe, eve]
  for (const [index, each] of all.entries())
    each.play(generateDay({ seed: 10 + index, news: 150, reads: 50, locked: [] }))
  forum.clearRequests()

  const after = (minutes: number, action: () => void) => clock.after(minutes * minute, action)
  after(20, () => forum.revokeKeys('joe'))
  // The next question is bob's, about what the forum tells him.
  after(40, () => {
    forum.fault({ kind: 'limited', retryAfter: 7200, path: '/notifications/totals.json', times: 1 })
    forum.updateUser('bob', { doNotDisturbUntil: clock.now() })
  })
  let states: readonly (string | undefined)[] = []
  after(100, () => {
    states = all.map(({ state }) => state())
  })
  after(180, () => forum.fault({ kind: 'error-page', status: 502 }))
  after(220, () => forum.clearFaults())
  after(240, () => forum.fault({ kind: 'drop' }))
  after(260, () => forum.clearFaults())
  after(270, () => forum.fault({ kind: 'html' }))
  after(300, () => forum.clearFaults())
  after(310, () => forum.fault({ kind: 'queue', retryAfter: 45, path: '/message-bus/', times: 3 }))
  after(330, () => forum.resetBus())
  after(345, () => forum.skipBus(200))
  after(360, () => engine.setPresence({ machine: 'asleep' }))
  after(450, () => engine.setPresence({ machine: 'awake' }))
  for (const seconds of [0, 1, 2]) after(460 + seconds / 60, () => engine.networkChanged())
  await rig.pass(8 * hour, [forum, quiet])

  expect(joe.state()).toBe('needsSignIn')
  const begun = expectOk(await rig.run('attempt.begin', { address: '', account: ids.joe }))
  const { redirect } = await forum.authorize({ authorizeUrl: engine.authorizeUrl(begun.attempt) ?? '', user: 'joe' })
  expectOk(await rig.run('attempt.accept', { text: redirect ?? '' }))
  await rig.pass(hour, [forum, quiet])

  expect(states).toEqual(['fresh', 'limited', 'needsSignIn', 'fresh'])
  const isAsleep = (at: number) => at > 360 * minute && at < 450 * minute
  expect(ann.longest((at) => at < 179 * minute)).toBeLessThan(longestPresent)
  expect(eve.longest((at) => !isAsleep(at))).toBeLessThan(longestPresent)
  expect(forum.traffic().byStatus['429']).toBe(4)
  expect(quiet.traffic().byStatus).not.toHaveProperty('429')
  expect(all.map(({ state }) => state())).toEqual(['fresh', 'fresh', 'fresh', 'fresh'])
  for (const each of all) expect([each.unseen(), each.total()]).toEqual([0, await each.truth()])
})
