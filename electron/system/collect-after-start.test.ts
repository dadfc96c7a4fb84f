import { expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { collectAfterStart, settledAfter } from './collect-after-start.ts'

/** A turn of the event loop: until its end V8 keeps what a `WeakRef` was made of or was asked for. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('what a start has thrown away is collected, once, when it has settled', async () => {
  const clock = createFakeClock()
  const garbage = Array.from({ length: 100 }, () => new WeakRef({}))
  const left = () => garbage.filter((one) => one.deref() !== undefined).length
  collectAfterStart(clock)
  await turn()
  clock.advance(settledAfter - 1)
  expect(left()).toBe(100)
  await turn()
  clock.advance(1)
  // Whatever the stack still holds by chance.
  expect(left()).toBeLessThan(5)
  expect(clock.pending()).toBe(0)
})
