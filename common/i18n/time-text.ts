import type { Translate } from './i18n.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Created once for each locale and use: creating one takes a hundred times as long as using it. */
const days = new Map<string, Intl.RelativeTimeFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

const uses = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  both: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  weekday: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  dayOfYear: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** What says nothing of the time of day. */
const ofDays: ReadonlySet<keyof typeof uses> = new Set(['date', 'day', 'dayOfYear'])

/** Texts by locale, use and local time, as written in this process and, where the first need to be quick, before it. */
const written = new Map<string, string>()
let recalled: ReadonlyMap<string, string> = new Map()

/** Every row of a long list may have a time of its own. */
const mostWritten = 1000

/**
 * Has times written as before, until others are given. The first `Intl` format in a process takes longer than drawing a
 * screen of rows.
 * @param texts what `writtenTimes` gave earlier, with the same `Intl`
 */
export const recallTimes = (texts: ReadonlyMap<string, string>): void => {
  recalled = texts
}

/** How the times that have been asked for so far are written, a thousand at most. */
export const writtenTimes = (): ReadonlyMap<string, string> => written

const remembered = (key: string, write: () => string): string => {
  const text = written.get(key) ?? recalled.get(key) ?? write()
  if (written.size < mostWritten) written.set(key, text)
  return text
}

/** Writes a day relative to the present one: “tomorrow”. */
const writeDay = (locale: string, daysAgo: number): string =>
  remembered(`${locale} day ${daysAgo}`, () =>
    kept(days, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(-daysAgo, 'day'),
  )

/**
 * Formatters are keyed by the present time zone as well, which each of them keeps, and which the user may change while the
 * program runs.
 */
const writeTime = (locale: string, use: keyof typeof uses, time: number): string => {
  const at = new Date(time)
  const localDay = `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
  const local = ofDays.has(use) ? localDay : `${localDay} ${at.getHours()}:${at.getMinutes()}`
  return remembered(`${locale} ${use} ${local}`, () =>
    kept(
      dates,
      `${locale} ${use} ${zoneIn(at.getFullYear())}`,
      () => new Intl.DateTimeFormat(locale, uses[use]),
    ).format(time),
  )
}

/** Distinguishes time zones by their offsets over a year. */
const zoneIn = (year: number): string =>
  `${new Date(year, 0).getTimezoneOffset()} ${new Date(year, 6).getTimezoneOffset()}`

const kept = <Format>(known: Map<string, Format>, key: string, make: () => Format): Format => {
  const format = known.get(key) ?? make()
  known.set(key, format)
  return format
}

/**
 * How long ago, in words: “just now” under a minute, relative until a day, then a date. Relative ones are texts of ours:
 * the first `Intl.RelativeTimeFormat` in a process takes longer than drawing a forum's rows.
 * @param then milliseconds since 1970, not after `now` (a clock set back gives “just now”)
 */
export const ageText = (t: Translate, then: number, now: number): string => {
  const age = now - then
  if (age < minute) return t('units.justNow')
  if (age >= day) return dateText(t, then)
  return age < hour
    ? t('units.minutesAgo', { count: Math.floor(age / minute) })
    : t('units.hoursAgo', { count: Math.floor(age / hour) })
}

/** A calendar date such as “Nov 23, 2026”. */
export const dateText = (t: Translate, time: number): string => writeTime(t.locale, 'date', time)

/** A time of day such as “2:05 PM”; “tomorrow 8:00 AM” for the next day, with the date in front for any other. */
export const clockText = (t: Translate, time: number, now: number): string => {
  const daysAgo = daysBetween(time, now)
  if (daysAgo === 0) return writeTime(t.locale, 'time', time)
  if (daysAgo !== -1) return writeTime(t.locale, 'both', time)
  const tomorrow = writeDay(t.locale, -1)
  return `${tomorrow} ${writeTime(t.locale, 'time', time)}`
}

/** A time within a week such as “Mon 8:00 AM”. */
export const weekTimeText = (t: Translate, time: number): string => writeTime(t.locale, 'weekday', time)

/** A time of day such as “2:05 PM”, whatever the day. */
export const timeOfDayText = (t: Translate, time: number): string => writeTime(t.locale, 'time', time)

/** How many local days ago something was; negative for the future. */
const daysBetween = (time: number, now: number): number => {
  const [then, today] = [new Date(time), new Date(now)]
  // Noons, so that a day of 23 hours still counts as one.
  const noon = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime()
  return Math.round((noon(today) - noon(then)) / day)
}

/**
 * The local day something happened on, as a heading: “Today”, “Yesterday”, “Friday, November 20”, with the year in
 * another one.
 */
export const dayText = ({ locale }: Translate, time: number, now: number): string => {
  const [then, today] = [new Date(time), new Date(now)]
  const daysAgo = daysBetween(time, now)
  const words =
    daysAgo === 0 || daysAgo === 1
      ? writeDay(locale, daysAgo)
      : writeTime(locale, then.getFullYear() === today.getFullYear() ? 'day' : 'dayOfYear', time)
  // Most languages write days as in the middle of a sentence.
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
}

/** A countdown as minutes and seconds, “9:41”; never below 0:00. */
export const countdownText = ({ locale }: Translate, milliseconds: number): string => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const written = (number: number, digits: number): string =>
    number.toLocaleString(locale, { minimumIntegerDigits: digits, useGrouping: false })
  return `${written(Math.floor(seconds / 60), 1)}:${written(seconds % 60, 2)}`
}
