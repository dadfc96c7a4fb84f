import { describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../../test/rig/fake-clock.ts'
import { fc } from '../../test/rig/properties.ts'
import { type Budget, createBudget, type Purpose } from './budget.ts'

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute

const takeAll = (budget: Budget, purpose: Purpose): number => {
  let taken = 0
  while (taken < 5000 && budget.take(purpose) === 0) taken += 1
  return taken
}

/** The share of the day's limit that is used. */
const usedToday = (budget: Budget): number => budget.today().requests / budget.today().limit

const used = (clock: FakeClock, purpose: Purpose = 'question') => {
  const budget = createBudget(clock)
  takeAll(budget, purpose)
  return budget
}

describe('a budget', () => {
  it('gives questions priority over the live channel, and the user priority over questions', () => {
    const budget = createBudget(createFakeClock())
    expect(takeAll(budget, 'live')).toBe(12)
    expect(takeAll(budget, 'question')).toBe(4)
    expect(budget.take('live')).toBeGreaterThan(0)
    for (let sent = 0; sent < 4; sent++) expect(budget.take('user')).toBe(0)
  })

  it('says when the next request fits, allowing a second for transit', () => {
    const clock = createFakeClock()
    const budget = used(clock)
    clock.advance(45 * second)
    expect(budget.take('question')).toBe(16 * second)
    clock.advance(16 * second)
    expect(budget.take('question')).toBe(0)
  })

  it('never allows more than the forum does, at any moment of any history', () => {
    const purposes = fc.constantFrom<Purpose>('live', 'question')
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 * second }), purposes), {
      minLength: 30,
      maxLength: 300,
    })
    fc.assert(
      fc.property(steps, (history) => {
        const clock = createFakeClock()
        const budget = createBudget(clock)
        const sent: number[] = []
        for (const [pause, purpose] of history) {
          clock.advance(pause)
          if (budget.take(purpose) === 0) sent.push(clock.now())
        }
        for (const [index, at] of sent.entries()) {
          const twentyEarlier = sent[index - 20]
          if (twentyEarlier !== undefined) expect(at - twentyEarlier).toBeGreaterThanOrEqual(minute)
        }
      }),
    )
  })

  it('stops at its share of the day, and recovers as the window slides', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    const start = clock.now()
    let sent = 0
    while (budget.take('question') === 0) {
      sent += 1
      clock.advance(5 * second)
    }
    expect(sent).toBe(Math.floor(0.99 * 2880))
    expect(usedToday(budget)).toBeCloseTo(0.99)
    const wait = budget.take('question')
    // The first stretch of five minutes has to be a day old as a whole.
    expect(clock.now() + wait - start).toBeGreaterThanOrEqual(day)
    expect(clock.now() + wait - start).toBeLessThan(day + 5 * minute)
    clock.advance(wait)
    expect(budget.take('question')).toBe(0)
  })

  it('obeys the forum to the second, even when it asks for hours', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    budget.take('user')
    budget.refused(7200, undefined)
    expect(budget.take('user')).toBe(7_200_000)
    clock.advance(7_199_999)
    expect(budget.take('user')).toBe(1)
    clock.advance(1)
    expect(budget.take('user')).toBe(0)
  })
})

describe('a limit that is not the default', () => {
  it('is learned when it is lower, and probed upwards within the hour', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 11; sent++) budget.take('user')
    budget.refused(30, 'minute')
    clock.advance(2 * minute)
    expect(takeAll(budget, 'question')).toBe(8)
    expect(takeAll(budget, 'user')).toBe(2)
    clock.advance(60 * minute)
    expect(takeAll(budget, 'question')).toBe(16)
  })

  it('is respected again when a probe shows that it still applies', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    const probe = () => {
      let sent = 0
      while (sent < 11 && budget.take('question') === 0) sent += 1
      budget.refused(30, 'minute')
      clock.advance(2 * minute)
      return takeAll(budget, 'question')
    }
    expect([probe(), clock.advance(60 * minute), probe()]).toEqual([8, undefined, 8])
  })

  it('is dropped once the forum accepts more', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 11; sent++) budget.take('user')
    budget.refused(30, 'minute')
    clock.advance(60 * minute)
    for (let sent = 0; sent < 12; sent++) {
      budget.take('question')
      budget.accepted()
    }
    clock.advance(2 * minute)
    expect(takeAll(budget, 'question')).toBe(16)
  })

  it('is learned when it is higher, by the user exceeding the assumed one', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 40; sent++) {
      expect(budget.take('user')).toBe(0)
      budget.accepted()
    }
    clock.advance(2 * minute)
    expect(takeAll(budget, 'question')).toBe(32)
  })

  it('is not inferred from a wait that the number of requests does not explain', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 80; sent++) {
      expect(budget.take('live')).toBe(0)
      clock.advance(30 * second)
    }
    // The oldest of them leaves the forum's day in more than 23 hours.
    budget.refused(7200, 'day')
    clock.advance(2 * 60 * minute)
    expect(takeAll(budget, 'question')).toBe(16)
  })

  it('is learned for the day too, and then nothing is sent before the oldest request is a day old', () => {
    const clock = createFakeClock()
    const budget = createBudget(clock)
    for (let sent = 0; sent < 80; sent++) {
      budget.take('live')
      clock.advance(30 * second)
    }
    budget.refused((day - 40 * minute) / second, 'day')
    clock.advance(day - 41 * minute)
    const wait = budget.take('user')
    expect(wait).toBeGreaterThanOrEqual(minute)
    expect(wait).toBeLessThan(6 * minute)
    expect(usedToday(budget)).toBe(1)
    clock.advance(wait)
    expect(budget.take('user')).toBe(0)
  })

  it('is not inferred if requests may be missing after a crash', () => {
    const clock = createFakeClock()
    const before = used(clock)
    const saved = before.saved()
    clock.advance(2 * minute)
    const budget = createBudget(clock, saved, false)
    budget.take('user')
    budget.refused(20, 'minute')
    clock.advance(2 * minute)
    expect(takeAll(budget, 'question')).toBe(16)
  })
})

describe('a budget of an earlier run', () => {
  it('continues where that run ended', () => {
    const clock = createFakeClock()
    const saved = used(clock).saved()
    clock.advance(20 * second)
    const budget = createBudget(clock, saved)
    expect(budget.take('question')).toBe(41 * second)
    clock.advance(41 * second)
    expect(usedToday(budget)).toBeCloseTo(16 / 2880)
    expect(budget.take('question')).toBe(0)
  })

  it('that did not end in order is assumed to have used all it could since its last save', () => {
    const clock = createFakeClock()
    const saved = used(clock).saved()
    clock.advance(60 * minute)
    expect(usedToday(createBudget(clock, saved, true))).toBeCloseTo(16 / 2880)
    expect(usedToday(createBudget(clock, saved, false))).toBeCloseTo((16 + 5 * 20) / 2880)
  })

  it('survives setting the clock back', () => {
    const clock = createFakeClock()
    const saved = used(clock).saved()
    const earlier = createFakeClock(clock.now() - 3 * day)
    const budget = createBudget(earlier, saved)
    earlier.advance(2 * minute)
    expect(takeAll(budget, 'question')).toBe(16)
  })
})
