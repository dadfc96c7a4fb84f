import { describe, expect, it } from 'vitest'
import type { Spending } from './budget.ts'
import { attended, paceOf } from './presence.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** The first minutes of a day, but for what is given. */
const spending = (changes: Partial<Spending> = {}): Spending => ({
  ...{ requests: 0, limit: 2880, leaving: 0, leavingSoon: 0, sustainable: 118, plannable: 114, busy: 0 },
  ...changes,
})
const open = { interval: minute, isAlwaysHere: false, isOpen: true, unreported: 'none' } as const

describe('the pace while the user is here', () => {
  it('polls for sixteen hours of a day almost without a pause', () => {
    const { isLive, period } = paceOf(attended, { ...open, spending: spending() })
    expect(isLive).toBe(true)
    expect(period).toBeLessThan(27.5 * second)
    expect((16 * hour) / period + 16 * 20 + 8 * 20).toBeLessThan(0.95 * 2880)
  })

  it('does the same on a second such day', () => {
    const used = spending({ requests: 2735, leaving: 155, leavingSoon: 39, busy: 16 * hour, sustainable: 100 })
    expect(paceOf(attended, { ...open, spending: used }).period).toBeLessThan(31 * second)
  })

  it('pauses if nobody ever leaves the machine, so that the polls last all day', () => {
    const { isLive, period } = paceOf(attended, { ...open, spending: spending({ busy: 24 * hour }) })
    expect(isLive).toBe(true)
    expect((24 * hour) / period + 24 * 20).toBeLessThan(0.95 * 2880)
    expect(period).toBeLessThan(45 * second)
  })

  it('polls evenly from the first hour on if the system does not report presence', () => {
    const period = (changes: Partial<Spending>) =>
      paceOf(attended, { ...open, isAlwaysHere: true, spending: spending(changes) }).period
    expect(period({})).toBeGreaterThan(35 * second)
    expect(period({})).toBeLessThan(45 * second)
    // As it turns out after eleven hours at the pace of sixteen.
    expect(period({ requests: 1731, busy: 11 * hour, plannable: 77 })).toBeLessThan(1.5 * minute)
  })

  it('polls as often as a lower limit allows, or asks for totals instead if that is too rare', () => {
    expect(paceOf(attended, { ...open, spending: spending({ limit: 2000 }) })).toMatchObject({ isLive: true })
    expect(paceOf(attended, { ...open, spending: spending({ limit: 1000 }) })).toMatchObject({ isLive: false })
  })

  it('asks for totals every three minutes beside the channel, and every minute if it may be silent', () => {
    expect(paceOf(attended, { ...open, spending: spending() }).question).toBe(3 * minute)
    const blind = paceOf(attended, { ...open, unreported: 'all', spending: spending() })
    expect(blind.question).toBe(minute)
    expect((16 * hour) / blind.period + 16 * 60 + 8 * 20).toBeLessThan(0.95 * 2880)
  })

  it('asks every minute while chat may be read in the browser, with hardly longer pauses between polls', () => {
    const { question, period } = paceOf(attended, { ...open, unreported: 'chat', spending: spending() })
    expect(question).toBe(minute)
    expect(period).toBeLessThan(29 * second)
    const late = spending({ requests: 2730, leaving: 100, leavingSoon: 25, sustainable: 100 })
    expect(paceOf(attended, { ...open, unreported: 'chat', spending: late }).period).toBeGreaterThan(35 * second)
  })

  it('throttles requests in a burst more when the day is nearly spent', () => {
    const followUp = (requests: number) => paceOf(attended, { ...open, spending: spending({ requests }) }).followUp
    expect(followUp(0)).toBeLessThan(5 * second)
    expect(followUp(2700)).toBeGreaterThan(minute)
  })
})

describe('the pace while the user is away', () => {
  const away = { user: 'locked', power: 'mains', machine: 'awake' } as const

  it('asks every three minutes, and on battery half as often', () => {
    const options = { ...open, isOpen: false, spending: spending() }
    expect(paceOf(away, options)).toMatchObject({ isLive: false, question: 3 * minute })
    expect(paceOf({ ...away, power: 'battery' }, options).question).toBe(6 * minute)
  })

  it('spreads what is left of a day that was spent early', () => {
    const options = { ...open, isOpen: false, spending: spending({ requests: 2700, sustainable: 7 }) }
    expect(paceOf(away, options).question).toBeLessThan(18 * minute)
    expect(paceOf(away, options).question).toBeGreaterThan(10 * minute)
  })
})
