import { uptime } from 'node:os'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { createElapsed, systemClock } from './clock.ts'

const hour = 3_600_000

/** A machine whose uptime is rounded down to `resolution` milliseconds. */
const setUp = (resolution = 10) => {
  let awake = 5000.25
  let asleep = 7 * hour
  let readings = 0
  const elapsed = createElapsed(
    () => awake,
    () => {
      readings += 1
      return (Math.floor((awake + asleep) / resolution) * resolution) / 1000
    },
  )
  return {
    elapsed,
    run: (milliseconds: number) => {
      awake += milliseconds
    },
    sleep: (milliseconds: number) => {
      asleep += milliseconds
    },
    readings: () => readings,
  }
}

describe('a clock for lengths of time', () => {
  it('counts exactly, however coarse the uptime is', () => {
    const { elapsed, run } = setUp(1000)
    const start = elapsed()
    for (let second = 1; second <= 100; second += 1) {
      run(999.5)
      expect(elapsed() - start).toBeCloseTo(999.5 * second, 3)
    }
  })

  it('runs while the machine sleeps, as is known a moment after waking up', () => {
    const { elapsed, run, sleep } = setUp()
    const start = elapsed()
    run(30)
    sleep(8 * hour)
    run(70)
    expect(Math.abs(elapsed() - start - 8 * hour - 100)).toBeLessThanOrEqual(10)
  })

  it('reads the uptime ten times a second at most', () => {
    const { elapsed, run, readings } = setUp()
    const before = readings()
    for (let time = 0; time < 1000; time += 1) {
      elapsed()
      run(1)
    }
    expect(readings() - before).toBeLessThanOrEqual(10)
  })

  it('never goes back, and is at most two seconds and a rounding behind', () => {
    const step = fc.record({ awake: fc.nat(5000), asleep: fc.oneof(fc.constant(0), fc.nat(4000), fc.nat(hour)) })
    const resolution = fc.constantFrom(1, 10, 1000)
    fc.assert(
      fc.property(resolution, fc.array(step), (rounding, steps) => {
        const { elapsed, run, sleep } = setUp(rounding)
        const start = elapsed()
        let [last, passed] = [start, 0]
        for (const { awake, asleep } of steps) {
          sleep(asleep)
          run(awake + 100)
          passed += asleep + awake + 100
          const now = elapsed()
          expect(now).toBeGreaterThanOrEqual(last)
          expect(Math.abs(now - start - passed)).toBeLessThanOrEqual(2000 + 2 * rounding)
          last = now
        }
      }),
    )
  })

  it('begins with the uptime of the computer', () => {
    expect(Math.abs(systemClock.elapsed() - uptime() * 1000)).toBeLessThan(60_000)
  })
})
