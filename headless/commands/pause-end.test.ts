import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { pauseEnd } from './pause-end.ts'

const now = new Date(2026, 10, 23, 12, 0, 30).getTime()
const minute = 60_000
const at = (day: number, hours: number, minutes: number): number => new Date(2026, 10, day, hours, minutes).getTime()

describe('a pause ends', () => {
  it.each([
    ['45min', 45 * minute],
    ['45m', 45 * minute],
    ['2h', 120 * minute],
    ['1h30m', 90 * minute],
    ['3d', 3 * 24 * 60 * minute],
  ])('after %s', (word, length) => {
    expect(pauseEnd([word], now)).toBe(now + length)
  })

  it.each([
    ['14:00', at(23, 14, 0)],
    ['9:05', at(24, 9, 5)],
    ['12:00', at(24, 12, 0)],
    ['12:01', at(23, 12, 1)],
  ])('at %s by the clock on the wall', (clock, end) => {
    expect(pauseEnd(['until', clock], now)).toBe(end)
  })

  it.each([
    [['0m']],
    [['2']],
    [['h']],
    [['-2h']],
    [['2h', '3h']],
    [['until']],
    [['until', '25:00']],
    [['until', '1h']],
    [['999d']],
    [[]],
  ])('never for %j', (words) => {
    expect(pauseEnd(words, now)).toBeUndefined()
  })

  it('later than now, and within a day for a time of day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.date({ noInvalidDate: true, min: new Date(2020, 0), max: new Date(2040, 0) }),
        (hours, minutes, date) => {
          const end = pauseEnd(['until', `${hours}:${String(minutes).padStart(2, '0')}`], date.getTime()) ?? 0
          expect(end).toBeGreaterThan(date.getTime())
          // A day with a change of the clocks has an hour more.
          expect(end - date.getTime()).toBeLessThanOrEqual(25 * 60 * minute)
        },
      ),
    )
  })
})
