import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createBudget } from './budget.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe('a budget', () => {
  it('gives twenty in a minute, then says when the next one fits', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 20; sent++) expect(budget.take()).toBe(0)
    clock.advance(45_000)
    expect(budget.take()).toBe(15_000)
    clock.advance(15_000)
    expect(budget.take()).toBe(0)
  })

  it('never lets more through than the server allows, at any moment of any history', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 30, maxLength: 300 }), (pauses) => {
        const clock = createFakeClock()
        const budget = createBudget(clock)
        const sent: number[] = []
        for (const pause of pauses) {
          clock.advance(pause)
          if (budget.take() === 0) sent.push(clock.now())
        }
        for (const [index, at] of sent.entries()) {
          const twentyEarlier = sent[index - 20]
          if (twentyEarlier !== undefined) expect(at - twentyEarlier).toBeGreaterThanOrEqual(minute)
        }
      }),
    )
  })

  it('ends at 2,880 a day and comes back as the day moves on', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 2880; sent++) {
      expect(budget.take()).toBe(0)
      clock.advance(4000)
    }
    expect(budget.take()).toBe(day - 2880 * 4000)
    clock.advance(day - 2880 * 4000)
    expect(budget.take()).toBe(0)
  })

  it('obeys the forum, whose word outweighs what is left', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    budget.obey(7200)
    expect(budget.take()).toBe(7_200_000)
    clock.advance(7_200_000)
    expect(budget.take()).toBe(0)
  })
})
