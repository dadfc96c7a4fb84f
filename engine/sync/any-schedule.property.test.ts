import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { fc, propertyRuns } from '../../test/rig/properties.ts'
import type { Behaviour } from '../../test/rig/scripted-forum.ts'
import { mostWithin, type ScriptedRig, startScriptedRig } from '../../test/rig/scripted-rig.ts'
import { seededRandom } from '../../test/rig/seeded-random.ts'
import type { Presence } from './presence.ts'

// The whole engine against anything a forum may do, in courses of simulated hours.
// `PROPERTY_RUNS=600 PROPERTY_SEED=random npx vitest run engine/sync/any-schedule --testTimeout 0` tries more of them.

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const seconds = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 6 * 3600 }))
const limit = fc.constantFrom('minute', 'day', 'address', 'unnamed')
const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'healthy' } as const) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('limited'), seconds, limit }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('status'), status: fc.constantFrom(400, 403, 404, 500, 502, 503) }),
  },
  fc.record({ kind: fc.constant('garbage'), text: fc.oneof(fc.json(), fc.constantFrom('', '<html>', '[null]')) }),
  fc.constantFrom<Behaviour>({ kind: 'silent' }, { kind: 'cut' }, { kind: 'unreachable' }),
  fc.constantFrom<Behaviour>({ kind: 'status', status: 503, retryAfter: '1200' }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('bus'),
      fault: fc.constantFrom(
        ...(['lost', 'missing', 'not held', 'anonymous', 'twice', 'busy', 'garbage', 'gap'] as const),
        ...(['buffered', 'late', 'cut', 'endless', 'broken'] as const),
      ),
    }),
  },
)

const presence: fc.Arbitrary<Partial<Presence>> = fc.record(
  {
    user: fc.constantFrom('active', 'idle', 'locked'),
    power: fc.constantFrom('mains', 'battery'),
    machine: fc.constantFrom('awake', 'awake', 'asleep'),
  },
  { requiredKeys: [] },
)

/** What happens at the beginning of a stretch. */
type Turn =
  | { readonly kind: 'behaviour'; readonly behaviour: Behaviour }
  | { readonly kind: 'presence'; readonly presence: Partial<Presence> }
  | { readonly kind: 'news'; readonly times: number }
  | { readonly kind: 'network' | 'restart' }

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('behaviour'), behaviour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('presence'), presence }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('news'), times: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Turn>({ kind: 'network' }, { kind: 'restart' }) },
)

const stretch = fc.tuple(turn, fc.oneof(fc.integer({ min: 0, max: 2 * minute }), fc.integer({ min: 0, max: hour })))
const schedule = fc.array(stretch, { minLength: 1, maxLength: 20, size: 'max' })

const take = async ({ rig, forum }: ScriptedRig, next: Turn): Promise<void> => {
  if (next.kind === 'behaviour') forum.behave(next.behaviour)
  if (next.kind === 'presence') rig.engine.setPresence(next.presence)
  if (next.kind === 'network') rig.engine.networkChanged()
  if (next.kind === 'restart') await rig.restart()
  if (next.kind === 'news') for (let time = 0; time < next.times; time++) forum.setUnread((forum.unread() + 1) % 90)
}

it('whatever a forum does, no limit is exceeded, it is asked again, and the counts end up right', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, fc.integer(), async (turns, seed) => {
      const clock = createFakeClock()
      const scripted = await startScriptedRig(clock, seed)
      const { forum, rig, pass } = scripted
      try {
        for (const [next, length] of turns) {
          await take(scripted, next)
          await pass(length)
        }
        rig.engine.setPresence({ user: 'active', machine: 'awake' })
        forum.behave({ kind: 'healthy' })
        forum.setUnread(91)
        // The forum's own word first, then the longest that is waited after failures.
        const wellAt = Math.max(clock.now(), forum.toldUntil())
        await pass(wellAt + 32 * minute - clock.now())
        expect(forum.answeredAt()).toBeGreaterThan(wellAt - 1)
        await pass(17 * minute)
        const [account] = rig.engine.snapshot().accounts
        expect(account).toMatchObject({ state: { kind: 'fresh' }, counts: { total: 91 } })
        expect(forum.sentTooEarly()).toBe(0)
        expect(mostWithin(forum.counted, minute)).toBeLessThanOrEqual(20)
        expect(mostWithin(forum.counted, day)).toBeLessThanOrEqual(2880)
        expect(mostWithin(forum.arrived, minute)).toBeLessThanOrEqual(80 + 1)
      } finally {
        await rig.stop()
      }
    }),
    { numRuns: propertyRuns(60) },
  )
})

it('nothing is missed between the counts and the live channel, at any connection speed', async () => {
  const times = fc.array(fc.integer({ min: 0, max: 8000 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(times, fc.integer(), async (moments, seed) => {
      const clock = createFakeClock()
      for (const at of moments) clock.after(at, () => forum.setUnread(forum.unread() + 1))
      const { forum, rig, pass } = await startScriptedRig(clock, seed)
      try {
        // The last of them is asked about after the gap between two questions, and an answer takes two seconds at most.
        await pass(8000 + 20_000 + 2000)
        expect(rig.engine.snapshot().accounts[0]).toMatchObject({ isLive: true, counts: { total: moments.length } })
      } finally {
        await rig.stop()
      }
    }),
    { numRuns: propertyRuns(60) },
  )
})

it.each([0.05, 0.2])('a valid key is not given up while a share of %d of all responses is wrong', async (share) => {
  for (let seed = 1; seed <= 10; seed++) {
    const clock = createFakeClock()
    const { forum, rig, pass } = await startScriptedRig(clock, seed)
    let refusals = 0
    rig.engine.subscribe(({ accounts }) => {
      if (accounts[0]?.state.kind === 'needsSignIn') refusals += 1
    })
    forum.behave({ kind: 'flaky', share })
    for (let event = 0; event < 60; event++) {
      forum.setUnread(event + 1)
      await pass(6 * minute)
    }
    forum.behave({ kind: 'healthy' })
    await pass(32 * minute)
    expect(refusals).toBe(0)
    expect(rig.engine.snapshot().accounts[0]).toMatchObject({ state: { kind: 'fresh' }, counts: { total: 60 } })
    await rig.stop()
  }
})

it('a key that stays refused is doubted, then given up, and used again once it is valid again', async () => {
  const clock = createFakeClock()
  const { forum, rig, pass } = await startScriptedRig(clock, 1)
  const state = () => rig.engine.snapshot().accounts[0]?.state.kind
  await pass(minute)
  forum.behave({ kind: 'key refused' })
  await pass(2.2 * minute)
  expect(state()).toBe('stale')
  await pass(2 * minute)
  expect(state()).toBe('needsSignIn')
  forum.behave({ kind: 'healthy' })
  await pass(day + hour)
  expect(state()).toBe('fresh')
  await rig.stop()
})

it('days of constant news stay within the day’s limit, with counts close to the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1000, max: 3 * minute }), fc.integer(), async (pause, seed) => {
      const clock = createFakeClock()
      const { forum, rig, pass } = await startScriptedRig(clock, seed)
      const random = seededRandom(seed)
      const happen = (): void => {
        forum.setUnread((forum.unread() + 1) % 90)
        clock.after(2 * pause * random.fraction(), happen)
      }
      happen()
      let longest = 0
      let checkedAt = clock.now()
      rig.engine.subscribe(({ accounts }) => {
        longest = Math.max(longest, (accounts[0]?.checkedAt ?? 0) - checkedAt)
        checkedAt = Math.max(checkedAt, accounts[0]?.checkedAt ?? 0)
      })
      try {
        await pass(30 * hour)
        expect(mostWithin(forum.counted, minute)).toBeLessThanOrEqual(20)
        expect(mostWithin(forum.counted, day)).toBeLessThanOrEqual(2880)
        expect(Math.max(longest, clock.now() - checkedAt)).toBeLessThan(17 * minute)
      } finally {
        await rig.stop()
      }
    }),
    // News every few seconds, for which a day's requests ran out just before the first of them left the window.
    {
      numRuns: Math.max(2, Math.ceil(propertyRuns(60) / 20)),
      examples: [
        [3000, 5],
        [1000, 12],
      ],
    },
  )
})
