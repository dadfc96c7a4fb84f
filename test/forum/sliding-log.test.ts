import { describe, expect, it } from 'vitest'
import { fc } from '../rig/properties.ts'
import { SlidingLog } from './sliding-log.ts'

describe('the sliding log (protocol.md 4.3)', () => {
  it('allows so many in a window and tells how long to wait', () => {
    const log = new SlidingLog(2, 60_000)
    expect([0, 30_000, 30_001, 59_999].map((now) => log.take(now))).toEqual([null, null, 30, 1])
    expect([60_000, 60_001, 90_000].map((now) => log.take(now))).toEqual([null, 30, null])
  })

  it('does not record what it refuses', () => {
    const log = new SlidingLog(2, 60_000)
    expect([0, 0].map((now) => log.take(now))).toEqual([null, null])
    for (const now of [10_000, 20_000, 50_000]) expect(log.take(now)).not.toBeNull()
    expect([60_000, 60_000].map((now) => log.take(now))).toEqual([null, null])
  })

  it('decides as a log of all that was allowed would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(40), { maxLength: 60 }), (max, pauses) => {
        const log = new SlidingLog(max, 100)
        const allowed: number[] = []
        let now = 0
        for (const pause of pauses) {
          now += pause
          const oldest = allowed.at(-max)
          const isFull = oldest !== undefined && now - oldest < 100
          expect(log.take(now) === null).toBe(!isFull)
          if (!isFull) allowed.push(now)
        }
      }),
    )
  })

  it('allows nothing with a limit of 0', () => {
    expect(new SlidingLog(0, 60_000).take(5)).toBe(60)
  })
})
