import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import type { StateFiles } from '../storage/state-files.ts'

// The whole engine over real HTTP, killed at any moment: before a file is written, before a notification is shown, and
// after it. What it does after that moment leaves no trace, and it starts again from what was on the disk.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000

/** State files that stay as they are from the moment of a crash on. */
const createCrashingFiles = (isDead: () => boolean, onWrite: () => void): StateFiles => {
  const files = new Map<string, string>()
  return {
    read: (name) => {
      const text = files.get(name)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: (name, value) => {
      if (!isDead()) onWrite()
      if (!isDead()) files.set(name, JSON.stringify(value))
    },
    remove: (name) => void (isDead() ? undefined : files.delete(name)),
    settled: async () => undefined,
    flush: async () => ok(null),
  }
}

const start = async (options: Parameters<typeof forumOf>[0]) => {
  const forum = await forumOf(options)
  const shown: string[] = []
  /** How many more writes and notifications there are until the crash; null while none is to come. */
  let left: number | null = null
  let isDead = false
  const step = (): void => {
    if (left === null) return
    left -= 1
    if (left < 0) isDead = true
  }
  const files = createCrashingFiles(() => isDead, step)
  const rig: EngineRig = await rigOf({
    files,
    alerted: () => {
      if (!isDead) step()
      const body = rig.alerts.at(-1)?.body.split('\n')[0]
      if (!isDead && body !== undefined) shown.push(body)
    },
  })
  expectOk(await rig.run('preferences.change', { alerts: { mostAtOnce: 20 } }))
  await rig.connect(forum, 'eve')
  const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
  // What is made in the millisecond of the sign-in may be from before it.
  await pass(1000)
  return {
    ...{ forum, rig, shown, pass },
    /** Lets the engine die after so many more steps, within the next time that passes. */
    crashAfter: (steps: number) => {
      left = steps
    },
    /** Starts it again, if it has died. @returns whether it had */
    restart: async (): Promise<boolean> => {
      const died = isDead
      if (died) await rig.engine.stop()
      isDead = false
      left = null
      if (died) await rig.restart()
      return died
    },
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

describe.each([
  ['with the live channel', {}],
  ['asking', { longPolling: false }],
])('whatever fails and whenever it is killed, %s', (_, settings) => {
  it('a crash loses one alert at most, and nothing is told twice', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { forum, rig, shown, pass, crashAfter, restart } = await start({ settings })
        let made = 0
        let crashes = 0
        for (const { kind, size } of steps) {
          if (kind === 'notify') for (let each = 0; each < size; each++) mention(forum, `Topic ${++made}`)
          if (kind === 'noList') forum.fault({ kind: 'error-page', status: 502, path: '/notifications.json' })
          if (kind === 'mend') forum.clearFaults()
          if (kind === 'skipBus') forum.skipBus(3)
          if (kind === 'crash') crashAfter(size)
          if (kind === 'pass') await pass(size * 1000)
          if (kind === 'pass' && (await restart())) crashes += 1
        }
        forum.clearFaults()
        await pass(minute)
        if (await restart()) crashes += 1
        expectOk(await rig.run('account.refresh', {}))
        await pass(3 * minute)
        const single = shown.filter((body) => body.startsWith('alice'))
        const summed = shown
          .filter((body) => !body.startsWith('alice'))
          .map((body) => Number(/\d+/.exec(body)?.[0] ?? 0))
        const told = single.length + summed.reduce((sum, count) => sum + count, 0)
        expect(new Set(single).size).toBe(single.length)
        expect(told).toBeLessThanOrEqual(made)
        // A summary is one alert, whatever it counts.
        expect(told).toBeGreaterThanOrEqual(made - crashes * Math.max(1, ...summed))
        expect(rowsOf(rig)).toEqual(Array.from({ length: Math.min(50, made) }, (_, index) => `Topic ${made - index}`))
      }),
      { numRuns: 12 },
    )
  })
})
