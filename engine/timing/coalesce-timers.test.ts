import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { fc } from '../../test/rig/properties.ts'
import { coalesceTimers } from './coalesce-timers.ts'

const slot = 1000

const setUp = () => {
  const clock = createFakeClock()
  const fired: (readonly [string, number])[] = []
  const coalesced = coalesceTimers(clock, slot)
  const start = (name: string, delay: number) => coalesced(delay, () => fired.push([name, clock.elapsed()]))
  return { clock, fired, start }
}

describe('timers that fire together', () => {
  it('are one timer, at the nearest multiple of the slot', () => {
    const { clock, fired, start } = setUp()
    clock.advance(300)
    start('a', 26_000)
    start('b', 26_600)
    start('c', 26_900)
    expect(clock.pending()).toBe(2)
    clock.advance(30_000)
    expect(fired).toEqual([
      ['a', 26_000],
      ['b', 27_000],
      ['c', 27_000],
    ])
    expect(clock.pending()).toBe(0)
  })

  it('can each be cancelled', () => {
    const { clock, fired, start } = setUp()
    start('a', 5000)
    const cancel = start('b', 5000)
    cancel()
    start('c', 5000)
    clock.advance(5000)
    expect(fired.map(([name]) => name)).toEqual(['a', 'c'])
  })

  it('may begin the next of their kind', () => {
    const clock = createFakeClock()
    const times: number[] = []
    const coalesced = coalesceTimers(clock, slot)
    const again = (): void => {
      times.push(clock.elapsed())
      coalesced(2500, again)
    }
    coalesced(0, again)
    clock.advance(10_000)
    expect(times).toEqual([1000, 4000, 7000, 10_000])
  })

  it('are never more than half a slot early, nor more than a slot late', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.array(fc.nat(60_000), { minLength: 1, maxLength: 20 }), (before, delays) => {
        const { clock, fired, start } = setUp()
        clock.advance(before)
        for (const [index, delay] of delays.entries()) start(String(index), delay)
        clock.advance(70_000)
        expect(fired).toHaveLength(delays.length)
        for (const [name, at] of fired) {
          const late = at - before - (delays[Number(name)] ?? 0)
          expect(late).toBeGreaterThanOrEqual(-slot / 2)
          expect(late).toBeLessThanOrEqual(slot)
        }
      }),
    )
  })
})
