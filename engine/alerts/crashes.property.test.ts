import { describe, expect, it } from 'vitest'
import type { Forum } from '../../test/forum/forum.ts'
import type { Settings } from '../../test/forum/settings.ts'
import { startForum } from '../../test/forum/start-forum.ts'
import { type CrashingRig, startCrashingRig } from '../../test/rig/crashing-rig.ts'
import { type EngineRig, expectOk, startEngineRig } from '../../test/rig/engine-rig.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { fc, propertyRuns } from '../../test/rig/properties.ts'
import type { DesktopNotification } from '../ports/notification-port.ts'

// The whole engine over real HTTP, killed at any moment: before a file is written, before a notification is shown, and
// after it. What it does after that moment leaves no trace, and it starts again from what was on the disk.

const minute = 60_000

/** Runs one course of events with a forum, an engine and a clock of its own. */
const withEngine = async (
  settings: Partial<Settings>,
  course: (forum: Forum, crashing: CrashingRig) => Promise<void>,
): Promise<void> => {
  const clock = createFakeClock()
  const forum = await startForum({ profile: '3.4', users: [{ username: 'eve' }], clock, settings })
  const crashing = await startCrashingRig((options) => startEngineRig({ clock, ...options }), forum)
  const { rig, pass } = crashing
  try {
    expectOk(await rig.run('preferences.change', { alerts: { mostAtOnce: 20 } }))
    await rig.connect(forum, 'eve')
    // What is made in the millisecond of the sign-in may be from before it.
    await pass(1000)
    await course(forum, crashing)
  } finally {
    await rig.stop()
    await forum.stop()
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('notify'), size: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), size: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('crash'), size: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('noList', 'mend', 'skipBus'), size: fc.constant(1) }) },
)

const rowsOf = (rig: EngineRig) => rig.engine.snapshot().accounts[0]?.items?.map(({ title }) => title)

const mention = (forum: Forum, topicTitle: string) =>
  forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle })

const bodiesOf = (alerts: readonly DesktopNotification[]) => alerts.map(({ body }) => body.split('\n')[0] ?? '')

/** What the summaries among them count. */
const summedIn = (alerts: readonly DesktopNotification[]) =>
  bodiesOf(alerts)
    .filter((body) => !body.startsWith('alice'))
    .map((body) => Number(/\d+/.exec(body)?.[0] ?? 0))

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const tryCourse = async (forum: Forum, crashing: CrashingRig, steps: readonly Step[]): Promise<void> => {
  const { rig, shown, pass, crashAfter, restartAfterCrash } = crashing
  let made = 0
  let crashes = 0
  for (const { kind, size } of steps) {
    if (kind === 'notify') for (let each = 0; each < size; each++) mention(forum, `Topic ${++made}`)
    if (kind === 'noList') forum.fault({ kind: 'error-page', status: 502, path: '/notifications.json' })
    if (kind === 'mend') forum.clearFaults()
    if (kind === 'skipBus') forum.skipBus(3)
    if (kind === 'crash') crashAfter(size)
    if (kind === 'pass') await pass(size * 1000)
    if (kind === 'pass' && (await restartAfterCrash())) crashes += 1
  }
  forum.clearFaults()
  await pass(minute)
  if (await restartAfterCrash()) crashes += 1
  expectOk(await rig.run('account.refresh', {}))
  await pass(3 * minute)
  const single = bodiesOf(shown).filter((body) => body.startsWith('alice'))
  const told = single.length + summedIn(shown).reduce((sum, count) => sum + count, 0)
  expect(new Set(single).size).toBe(single.length)
  expect(told).toBeLessThanOrEqual(made)
  // A summary is one alert, whatever it counts; one that a crash lost was asked for, but not shown.
  expect(told).toBeGreaterThanOrEqual(made - crashes * Math.max(1, ...summedIn(rig.alerts)))
  expect(rowsOf(rig)).toEqual(Array.from({ length: Math.min(50, made) }, (_, index) => `Topic ${made - index}`))
}

describe.each([
  ['with the live channel', {}],
  ['asking', { longPolling: false }],
])('whatever fails and whenever it is killed, %s', (_, settings) => {
  it('a crash loses one alert at most, and nothing is told twice', async () => {
    const steps = fc.array(step, { minLength: 4, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(steps, (course) =>
        withEngine(settings, (forum, crashing) => tryCourse(forum, crashing, course)),
      ),
      { numRuns: propertyRuns(12) },
    )
  })
})
