import { describe, expect, it } from 'vitest'
import type { PauseChoice } from '../../../common/contract/pause-choice.ts'
import { defaultPreferences, type QuietHours, type QuietPreferences } from '../../../common/preferences/preferences.ts'
import { fc } from '../../../test/rig/properties.ts'
import { nextQuietChange, pauseUntil, quietAt } from './quiet.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const quiet = (some: Partial<QuietPreferences> = {}): QuietPreferences => ({ ...defaultPreferences.quiet, ...some })
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const at = (time: string): number => Date.parse(time)
const iso = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString().replace(':00.000Z', 'Z')

/** Quiet hours at an instant, and when that changes. */
const hoursAt = (time: string, timeZone: string, ...hours: QuietHours[]) => {
  const { isQuiet, until } = quietAt(at(time), quiet({ hours }), { timeZone, systemIsQuiet: false })
  return [isQuiet, iso(until)]
}

const night = { days: everyDay, from: '22:00', to: '07:00' }
const weekNight = { days: [1, 2, 3, 4, 5], from: '22:00', to: '07:00' }
const work = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

describe('quiet hours', () => {
  it.each([
    // 2026-11-23 is a Monday.
    ['before they begin', '2026-11-23T08:59Z', 'UTC', [work], false, '2026-11-23T09:00Z'],
    ['from their first moment', '2026-11-23T09:00Z', 'UTC', [work], true, '2026-11-23T17:00Z'],
    ['at their end no more', '2026-11-23T17:00Z', 'UTC', [work], false, '2026-11-24T09:00Z'],
    ['not on a day without them', '2026-11-27T17:00Z', 'UTC', [work], false, '2026-11-30T09:00Z'],
    ['over midnight', '2026-11-24T03:00Z', 'UTC', [weekNight], true, '2026-11-24T07:00Z'],
    ['on the morning after the last evening', '2026-11-28T06:59Z', 'UTC', [weekNight], true, '2026-11-28T07:00Z'],
    ['not on the evening of a day without them', '2026-11-28T23:00Z', 'UTC', [weekNight], false, '2026-11-30T22:00Z'],
    ['not on the morning after such an evening', '2026-11-30T03:00Z', 'UTC', [weekNight], false, '2026-11-30T22:00Z'],
    [
      'together where they meet',
      '2026-11-23T12:00Z',
      'UTC',
      [work, { ...work, from: '17:00', to: '19:30' }],
      true,
      '2026-11-23T19:30Z',
    ],
    [
      'for a day and a night',
      '2026-11-22T03:00Z',
      'UTC',
      [{ days: [6], from: '08:00', to: '08:00' }],
      true,
      '2026-11-22T08:00Z',
    ],
    [
      'for ever when they have no gap',
      '2026-11-22T03:00Z',
      'UTC',
      [{ days: everyDay, from: '08:00', to: '08:00' }],
      true,
      null,
    ],
    ['never without a day', '2026-11-22T03:00Z', 'UTC', [{ days: [], from: '08:00', to: '09:00' }], false, null],
    ['never when there are none', '2026-11-22T03:00Z', 'UTC', [], false, null],
    ['half an hour off', '2026-11-23T16:29Z', 'Asia/Kolkata', [night], false, '2026-11-23T16:30Z'],
    ['half an hour off, in the morning', '2026-11-23T16:30Z', 'Asia/Kolkata', [night], true, '2026-11-24T01:30Z'],
    // Clocks go from 2:00 to 3:00 at 1:00 UTC on 29 March, and from 3:00 to 2:00 at 1:00 UTC on 25 October.
    ['over a night that is shorter', '2026-03-28T21:00Z', 'Europe/Berlin', [night], true, '2026-03-29T05:00Z'],
    ['over a night that is longer', '2026-10-24T20:00Z', 'Europe/Berlin', [night], true, '2026-10-25T06:00Z'],
    [
      'from a time that is skipped',
      '2026-03-29T00:59Z',
      'Europe/Berlin',
      [{ days: [7], from: '02:30', to: '04:00' }],
      false,
      '2026-03-29T01:00Z',
    ],
    [
      'to a time that is skipped',
      '2026-03-29T00:30Z',
      'Europe/Berlin',
      [{ days: [7], from: '01:00', to: '02:30' }],
      true,
      '2026-03-29T01:00Z',
    ],
    [
      'never that day when all of them is skipped',
      '2026-03-28T12:00Z',
      'Europe/Berlin',
      [{ days: [7], from: '02:10', to: '02:50' }],
      false,
      '2026-04-05T00:10Z',
    ],
    [
      'twice when they come twice',
      '2026-10-25T00:50Z',
      'Europe/Berlin',
      [{ days: [7], from: '02:10', to: '02:50' }],
      false,
      '2026-10-25T01:10Z',
    ],
    [
      'until the clocks go back before them',
      '2026-10-25T00:40Z',
      'Europe/Berlin',
      [{ days: [7], from: '02:30', to: '04:00' }],
      true,
      '2026-10-25T01:00Z',
    ],
    ['in spring over there', '2026-03-08T06:30Z', 'America/New_York', [night], true, '2026-03-08T11:00Z'],
    ['in autumn over there', '2026-11-01T04:30Z', 'America/New_York', [night], true, '2026-11-01T12:00Z'],
    // There was no 30 December 2011, a Friday, in Apia.
    [
      'where a day is left out',
      '2011-12-29T20:00Z',
      'Pacific/Apia',
      [{ days: [5], from: '09:00', to: '10:00' }],
      false,
      '2012-01-05T19:00Z',
    ],
    [
      'over the end of a day before none',
      '2011-12-30T09:30Z',
      'Pacific/Apia',
      [{ days: [4], from: '22:00', to: '07:00' }],
      true,
      '2011-12-30T10:00Z',
    ],
  ])('hold %s', (_name, time, timeZone, hours, isQuiet, until) => {
    expect(hoursAt(time, timeZone, ...hours)).toEqual([isQuiet, until])
  })
})

describe('quiet', () => {
  const now = at('2026-11-23T12:00Z')
  const signs = { timeZone: 'UTC', systemIsQuiet: false }
  const soon = now + hour

  it.each([
    ['nothing says so', {}, {}, { isQuiet: false, reason: null, until: null }],
    ['it is paused', { pausedUntil: soon }, {}, { isQuiet: true, reason: 'paused', until: soon }],
    ['the pause is just over', { pausedUntil: now }, {}, { isQuiet: false, reason: null, until: null }],
    ['it is paused without an end', { pausedUntil: 'open' }, {}, { isQuiet: true, reason: 'paused', until: null }],
    ['the forum says so', {}, { forumDoNotDisturbUntil: soon }, { isQuiet: true, reason: 'forum', until: soon }],
    ['the forum said so', {}, { forumDoNotDisturbUntil: now }, { isQuiet: false, reason: null, until: null }],
    [
      'nobody listens to the forum',
      { obeyForum: false },
      { forumDoNotDisturbUntil: soon },
      { isQuiet: false, reason: null, until: null },
    ],
    ['the system says so', {}, { systemIsQuiet: true }, { isQuiet: true, reason: 'system', until: null }],
    [
      'nobody listens to the system',
      { obeySystem: false },
      { systemIsQuiet: true },
      { isQuiet: false, reason: null, until: null },
    ],
    [
      'several say so',
      { pausedUntil: soon, hours: [work] },
      { forumDoNotDisturbUntil: soon + 1 },
      {
        isQuiet: true,
        reason: 'paused',
        until: at('2026-11-23T17:00Z'),
        holds: [
          { reason: 'paused', until: soon },
          { reason: 'hours', until: at('2026-11-23T17:00Z') },
          { reason: 'forum', until: soon + 1 },
        ],
      },
    ],
    [
      'one follows the other',
      { hours: [work] },
      { forumDoNotDisturbUntil: at('2026-11-24T10:00Z') },
      {
        isQuiet: true,
        reason: 'hours',
        until: at('2026-11-24T17:00Z'),
        holds: [
          { reason: 'hours', until: at('2026-11-23T17:00Z') },
          { reason: 'forum', until: at('2026-11-24T10:00Z') },
        ],
      },
    ],
    [
      'the end of one is in sight and that of the other is not',
      { pausedUntil: soon },
      { systemIsQuiet: true },
      {
        isQuiet: true,
        reason: 'paused',
        until: null,
        holds: [
          { reason: 'paused', until: soon },
          { reason: 'system', until: null },
        ],
      },
    ],
  ] as const)('is decided when %s', (_name, preferences, more, state) => {
    const chosen = quiet({ ...preferences, hours: 'hours' in preferences ? [...preferences.hours] : [] })
    expect(quietAt(now, chosen, { ...signs, ...more })).toEqual(state)
  })

  it.each([
    [{}, null],
    [{ pausedUntil: soon }, soon],
    [{ pausedUntil: now }, null],
    [{ pausedUntil: 'open' as const, hours: [work] }, at('2026-11-23T17:00Z')],
    [{ pausedUntil: soon, hours: [work] }, soon],
  ])('is looked at again when something begins or ends: %j', (preferences, next) => {
    expect(nextQuietChange(now, quiet(preferences), signs)).toBe(next)
  })
})

describe('a pause', () => {
  it.each<[PauseChoice, string, string, string]>([
    ['30min', '2026-11-23T12:00Z', 'UTC', '2026-11-23T12:30Z'],
    ['1h', '2026-11-23T12:00Z', 'UTC', '2026-11-23T13:00Z'],
    ['tomorrow', '2026-11-23T12:00Z', 'UTC', '2026-11-24T08:00Z'],
    ['tomorrow', '2026-11-23T07:00Z', 'UTC', '2026-11-24T08:00Z'],
    ['tomorrow', '2026-11-23T23:59Z', 'UTC', '2026-11-24T08:00Z'],
    ['tomorrow', '2026-11-24T00:30Z', 'UTC', '2026-11-24T08:00Z'],
    ['tomorrow', '2026-11-24T05:00Z', 'UTC', '2026-11-25T08:00Z'],
    ['tomorrow', '2026-03-28T12:00Z', 'Europe/Berlin', '2026-03-29T06:00Z'],
    ['tomorrow', '2026-10-24T12:00Z', 'Europe/Berlin', '2026-10-25T07:00Z'],
    ['tomorrow', '2026-03-07T18:00Z', 'America/New_York', '2026-03-08T12:00Z'],
    ['tomorrow', '2026-11-23T18:00Z', 'Asia/Kolkata', '2026-11-24T02:30Z'],
    // The day after the 29th was the 31st.
    ['tomorrow', '2011-12-29T20:00Z', 'Pacific/Apia', '2011-12-30T18:00Z'],
  ])('of %s from %s in %s ends at %s', (choice, now, timeZone, end) => {
    const until = pauseUntil(choice, at(now), timeZone)
    expect(until === 'open' ? until : iso(until)).toBe(end)
  })

  it('may have no end', () => {
    expect(pauseUntil('open', 0, 'UTC')).toBe('open')
  })

  it('goes by the clock of this computer when no time zone is given', () => {
    const now = at('2026-11-23T12:00Z')
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    expect(pauseUntil('tomorrow', now)).toBe(pauseUntil('tomorrow', now, timeZone))
  })
})

/** The same rule again, one minute at a time, by what a formatter says of weekday and clock. */
const clockOf = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
  return (time: number): [day: number, clock: string] => {
    const [weekday = '', clock = ''] = format.format(time).split(/,? /)
    return [['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday) + 1, clock]
  }
}

const byTheMinute =
  (hours: readonly QuietHours[], clockAt: (time: number) => [day: number, clock: string]) =>
  (time: number): boolean => {
    const [today, clock] = clockAt(time)
    const yesterday = today === 1 ? 7 : today - 1
    return hours.some(({ days, from, to }) =>
      from < to
        ? days.includes(today) && clock >= from && clock < to
        : (days.includes(today) && clock >= from) || (days.includes(yesterday) && clock < to),
    )
  }

// Around each: the hours before and after clocks or date were changed, and an ordinary week.
const moments: readonly (readonly [timeZone: string, time: number])[] = [
  ['Europe/Berlin', at('2026-03-29T01:00Z')],
  ['Europe/Berlin', at('2026-10-25T01:00Z')],
  ['America/New_York', at('2026-03-08T07:00Z')],
  ['America/New_York', at('2026-11-01T06:00Z')],
  ['Asia/Kolkata', at('2026-11-23T12:00Z')],
  ['Pacific/Apia', at('2011-12-30T10:00Z')],
  ['Australia/Lord_Howe', at('2026-04-04T15:00Z')],
]

describe('quiet hours by another way of reckoning', () => {
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const minutes = quarter * 15
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  })
  const hours = fc.array(fc.record({ days: fc.subarray(everyDay), from: time, to: time }), { maxLength: 3 })

  it('are the same at every minute, and change exactly when said', () => {
    fc.assert(
      fc.property(
        hours,
        fc.constantFrom(...moments),
        fc.integer({ min: -36 * 60, max: 12 * 60 }),
        fc.integer({ min: 0, max: 59_999 }),
        (chosen, [timeZone, moment], minutes, rest) => {
          const start = moment + minutes * minute
          const expected = byTheMinute(chosen, clockOf(timeZone))
          const signs = { timeZone, systemIsQuiet: false }
          const preferences = quiet({ hours: chosen })
          const { isQuiet, reason, until } = quietAt(start + rest, preferences, signs)
          expect(reason).toBe(isQuiet ? 'hours' : null)
          const end = Math.min(until ?? Number.POSITIVE_INFINITY, start + 2 * day)
          for (let each = start; each < end; each += minute) if (expected(each) !== isQuiet) expect(each).toBe(until)
          if (until === null) return
          expect(expected(until)).toBe(!isQuiet)
          expect(quietAt(until - 1, preferences, signs)).toMatchObject({ isQuiet, until })
          expect(quietAt(until, preferences, signs)).toMatchObject({ isQuiet: !isQuiet })
          expect(nextQuietChange(start + rest, preferences, signs)).toBe(until)
        },
      ),
      { numRuns: 150 },
    )
  })
})
