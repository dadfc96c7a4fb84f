import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { backOff } from './back-off.ts'

const minute = 60_000

/** When a forum is asked that is down from 0 until `until`; the last of them finds it up. */
const attempts = (until: number, fractions: readonly number[]): number[] => {
  const times = [0]
  for (const fraction of fractions) {
    const now = times.at(-1) ?? 0
    if (now >= until) break
    times.push(now + backOff(now, minute, fraction))
  }
  return times
}

const fractions = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 100, maxLength: 100 })

describe('backOff', () => {
  it('never waits longer after an outage than it had lasted, and two intervals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 * minute }), fractions, (until, random) => {
        const end = attempts(until, random).at(-1) ?? 0
        expect(end - until).toBeLessThanOrEqual(Math.min(30 * minute, until + 2 * minute))
      }),
    )
  })

  it('asks ever more rarely: a dozen times in the first hour, and twice as often as every half hour afterwards', () => {
    const random = Array.from({ length: 200 }, (_, index) => ((index * 0.618) % 1) * 0.999)
    const times = attempts(24 * 60 * minute, random)
    expect(times.filter((time) => time < 60 * minute).length).toBeLessThanOrEqual(14)
    expect(times.length).toBeLessThanOrEqual(120)
  })

  it('waits five seconds at least', () => expect(backOff(0, minute, 0)).toBe(5000))
})
