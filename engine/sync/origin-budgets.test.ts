import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createOriginBudgets } from './origin-budgets.ts'

describe('the requests to each forum', () => {
  it('are forgotten when nothing is known about an origin any more, however many are named', () => {
    const clock = createFakeClock()
    const budgets = createOriginBudgets(clock)
    budgets.refused('https://refused.example', 3 * 86_400)
    budgets.closed('https://closed.example', 3 * 86_400)
    for (let number = 0; number < 20_000; number += 1) {
      budgets.take(`https://cdn${number}.example`)
      clock.advance(10_000)
    }
    expect(budgets.size()).toBeLessThanOrEqual(1000)
    expect(budgets.blockedFor('https://refused.example')).toBeGreaterThan(0)
    expect(budgets.closedFor('https://closed.example')).toBeGreaterThan(0)
  })

  it('are all remembered while they count, however many origins there are', () => {
    const clock = createFakeClock()
    const budgets = createOriginBudgets(clock)
    for (let number = 0; number < 3000; number += 1) budgets.take(`https://forum${number}.example`)
    for (let more = 0; more < 19; more += 1) budgets.take('https://forum0.example')
    for (let number = 3000; number < 6000; number += 1) budgets.take(`https://forum${number}.example`)
    expect(budgets.take('https://forum0.example')).toBeGreaterThan(0)
  })
})
