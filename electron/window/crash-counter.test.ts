import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createCrashCounter } from './crash-counter.ts'

it('finds three crashes within a minute too many, and forgets older ones whatever the clock is set to', () => {
  const clock = createFakeClock()
  const isTooMany = createCrashCounter(clock)
  expect([isTooMany(), isTooMany()]).toEqual([false, false])
  clock.set(-3_600_000)
  clock.advance(60_000)
  expect([isTooMany(), isTooMany(), isTooMany()]).toEqual([false, false, true])
})
