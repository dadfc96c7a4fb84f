import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTranslate } from './i18n.ts'
import { chooseLanguage, type Language, languages } from './languages.ts'
import { loadTranslate } from './load-translate.ts'
import {
  ageText,
  clockText,
  countdownText,
  dateText,
  dayText,
  recallTimes,
  timeOfDayText,
  writtenTimes,
} from './time-text.ts'

const t = createTranslate()
const now = new Date(2026, 10, 23, 12).getTime()
const minute = 60_000

describe('an age', () => {
  it.each([
    [-5000, 'just now'],
    [0, 'just now'],
    [59_999, 'just now'],
    [minute, '1 min. ago'],
    [59.9 * minute, '59 min. ago'],
    [60 * minute, '1 hr. ago'],
    [23.9 * 60 * minute, '23 hr. ago'],
    [24 * 60 * minute, 'Nov 22, 2026'],
  ])('of %d ms is “%s”', (age, text) => {
    expect(ageText(t, now - age, now)).toBe(text)
  })

  it.each(Object.keys(languages) as Language[])('is written in %s as Intl writes it', async (language) => {
    const choice = chooseLanguage(language, [])
    const other = await loadTranslate(choice)
    const format = new Intl.RelativeTimeFormat(choice.locale, { style: 'short' })
    // Our Chinese texts have a space beside a number (typography.test.ts).
    const written = (count: number, unit: 'minute' | 'hour') =>
      format.format(-count, unit).replace(language === 'zh-CN' ? String(count) : '', (all) => all && `${all} `)
    for (let count = 1; count < 60; count += 1) {
      expect(ageText(other, now - count * minute, now)).toBe(written(count, 'minute'))
    }
    for (let count = 1; count < 24; count += 1) {
      expect(ageText(other, now - count * 60 * minute, now)).toBe(written(count, 'hour'))
    }
  })

  it('of less than a day is written without what makes Intl slow the first time', () => {
    const formats = [
      vi.spyOn(Intl, 'NumberFormat'),
      vi.spyOn(Intl, 'RelativeTimeFormat'),
      vi.spyOn(Intl, 'DateTimeFormat'),
    ]
    const fresh = createTranslate({ language: 'en', locale: 'en-NZ' })
    expect(ageText(fresh, now - 59 * minute, now)).toBe('59 min. ago')
    expect(ageText(fresh, now - 23 * 60 * minute, now)).toBe('23 hr. ago')
    for (const format of formats) expect(format).not.toHaveBeenCalled()
  })
})

describe('a time that was written before', () => {
  afterEach(() => recallTimes(new Map()))

  it('is written in the same way again', () => {
    const zambian = createTranslate({ language: 'en', locale: 'en-ZM' })
    const texts = [dateText(zambian, now), dayText(zambian, now, now), timeOfDayText(zambian, now)]
    expect(texts).toEqual(['23 Nov 2026', 'Today', expect.stringMatching(/^12:00.pm$/)])
    const before = new Map(writtenTimes())
    expect([...before].filter(([key]) => key.startsWith('en-ZM')).map(([, text]) => text)).toEqual([
      texts[0],
      'today',
      texts[2],
    ])

    recallTimes(new Map([...before].map(([key]) => [key.replace('en-ZM', 'en-BW'), 'as before'])))
    const other = createTranslate({ language: 'en', locale: 'en-BW' })
    expect([dateText(other, now), dayText(other, now, now), timeOfDayText(other, now)]).toEqual([
      'as before',
      'As before',
      'as before',
    ])
    expect(dateText(other, now - 24 * 60 * minute)).toBe('22 Nov 2026')
  })

  it('is the same minute of the same local day', () => {
    const other = createTranslate({ language: 'en', locale: 'en-IE' })
    const last = new Date(2026, 10, 3, 23, 59, 59).getTime()
    expect(dateText(other, last)).toBe('3 Nov 2026')
    expect(dateText(other, last + 1000)).toBe('4 Nov 2026')
    expect(timeOfDayText(other, last)).toBe('23:59')
    expect(timeOfDayText(other, last + 1000)).toBe('00:00')
  })
})

describe('a day', () => {
  it.each([
    [new Date(2026, 10, 23, 0, 0), 'Today'],
    [new Date(2026, 10, 23, 23, 59), 'Today'],
    [new Date(2026, 10, 22, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 22, 0, 0), 'Yesterday'],
    [new Date(2026, 10, 21, 23, 59), 'Saturday, November 21'],
    [new Date(2025, 10, 23, 12), 'Sunday, November 23, 2025'],
    [new Date(2026, 10, 24, 1), 'Tuesday, November 24'],
  ])('%s is “%s”', (time, text) => {
    expect(dayText(t, time.getTime(), now)).toBe(text)
  })

  it.each(['fr', 'es', 'pt-BR'] as const)('begins with a capital in %s, where a sentence has none', (language) => {
    const other = createTranslate({ language, locale: language })
    for (const daysAgo of [0, 1, 2, 400]) {
      expect(dayText(other, now - daysAgo * 24 * 60 * minute, now)).toMatch(/^\p{Lu}/u)
    }
  })
})

describe('a time of day', () => {
  it('has its date in front when it is not today', () => {
    expect(clockText(t, now + minute, now)).toMatch(/^12:01\sPM$/)
    expect(clockText(t, now + 24 * 60 * minute, now)).toMatch(/^tomorrow 12:00\sPM$/)
    expect(clockText(t, now + 48 * 60 * minute, now)).toMatch(/^Nov 25, 2026, 12:00\sPM$/)
  })
})

describe('texts in another time zone', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each([
    ['Europe/Berlin', /^1:00\sPM$/, /^2:00\sPM$/],
    ['Africa/Lagos', /^1:00\sPM$/, /^1:00\sPM$/],
    ['Asia/Tokyo', /^9:00\sPM$/, /^9:00\sPM$/],
  ])('are those of %s as soon as the computer is there', (zone, winter, summer) => {
    vi.stubEnv('TZ', 'Europe/Berlin')
    const noons = [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)]
    const write = () => noons.map((noon) => clockText(t, noon, noon))
    write()
    vi.stubEnv('TZ', zone)
    expect(write()).toEqual([expect.stringMatching(winter), expect.stringMatching(summer)])
  })
})

describe('a countdown', () => {
  it.each([
    [600_000, '10:00'],
    [580_500, '9:41'],
    [59_001, '1:00'],
    [1, '0:01'],
    [0, '0:00'],
    [-1000, '0:00'],
  ])('of %d ms is %s', (left, text) => {
    expect(countdownText(t, left)).toBe(text)
  })
})
