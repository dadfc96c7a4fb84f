import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { throttle } from './throttle.ts'

const setUp = () => {
  const clock = createFakeClock()
  const start = clock.now()
  const times: number[] = []
  const ask = throttle(clock, 100, () => times.push(clock.now() - start))
  return { clock, times, ask }
}

describe('an action that happens at most every so often', () => {
  it('happens at once, one time for all that ask in one turn', () => {
    const { clock, times, ask } = setUp()
    ask()
    ask()
    expect(times).toEqual([])
    clock.advance(0)
    expect(times).toEqual([0])
    expect(clock.pending()).toBe(0)
  })

  it('then waits until its time is over, and happens for the last that asked', () => {
    const { clock, times, ask } = setUp()
    for (let time = 0; time < 1000; time += 10) {
      ask()
      clock.advance(10)
    }
    expect(times).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    clock.advance(1000)
    expect(times).toHaveLength(11)
    ask()
    clock.advance(0)
    expect(times).toHaveLength(12)
  })

  it('does not wait longer when the clock is set back', () => {
    const clock = createFakeClock()
    let setBack = 0
    let done = 0
    const ask = throttle({ after: clock.after, now: () => clock.now() - setBack }, 100, () => {
      done += 1
    })
    ask()
    clock.advance(0)
    setBack = 3_600_000
    ask()
    clock.advance(100)
    expect(done).toBe(2)
  })
})
