import { readFileSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { accountSchema, snapshotSchema } from '../common/contract/snapshot.ts'
import { account, counts, notification } from '../common/testing/samples.ts'
import { fc } from '../test/rig/properties.ts'
import { seededRandom } from '../test/rig/seeded-random.ts'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'
import { showableAccount } from './showable-account.ts'

const { forumOf, rigOf } = setUpRigs()

const sound = account({ counts: counts({ notifications: 2 }), items: [notification(), notification({ id: 2 })] })

const oddNumbers = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -1, 0.5, 1e308, Number.MAX_VALUE]
const oddTexts = ['x'.repeat(1_000_000), '\ud800', '', '\u0000\u001b[31m']

/** The same with some of its numbers and texts replaced by odd ones: what types and schemas of files and forums let through. */
const spoil = (value: unknown, next: () => number): unknown => {
  const isHit = next() < 0.1
  const odd = typeof value === 'number' ? oddNumbers : typeof value === 'string' ? oddTexts : undefined
  if (odd !== undefined) return isHit ? odd[Math.floor(next() * odd.length)] : value
  if (Array.isArray(value)) return value.map((inner) => spoil(inner, next))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner, next)]))
}

describe('an account in a snapshot', () => {
  it('is the one it was made from, when everything in it can be shown', () => {
    expect(showableAccount(sound)).toBe(sound)
  })

  it('can be read by others, whatever is in it', () => {
    let damaged = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        // It has this type, whatever is in it.
        const given = spoil(sound, seededRandom(seed).fraction) as typeof sound
        const view = showableAccount(given)
        const text = JSON.stringify(view)
        expect(v.is(accountSchema, JSON.parse(text))).toBe(true)
        expect(text.length).toBeLessThan(100_000)
        if (view === given) return
        damaged += 1
        expect([view.counts, view.state.kind]).toEqual([null, 'stale'])
      }),
      { numRuns: 1000 },
    )
    expect(damaged).toBeGreaterThan(100)
  })
})

it('a name that a damaged file has made unusable hides no other account', async () => {
  const [forum, other] = [await forumOf({ profile: '3.5' }), await forumOf({ profile: '3.5', title: 'Quiet' })]
  const rig = await rigOf()
  await rig.connect(forum, 'eve')
  const quiet = await rig.connect(other, 'eve')
  await rig.engine.stop()
  const settings = readFileSync(rig.settingsPath, 'utf8').replace('"username":"eve"', '"username":"\\ud800"')
  writeFileSync(rig.settingsPath, settings)
  await rig.restart()
  const snapshot = JSON.parse(JSON.stringify(rig.engine.snapshot()))
  expect(v.is(snapshotSchema, snapshot)).toBe(true)
  expect(rig.engine.snapshot().accounts.find(({ id }) => id === quiet)).toMatchObject({ username: 'eve' })
})
