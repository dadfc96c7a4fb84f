import type { Translate } from './i18n.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Created once for each locale and use: creating one takes a hundred times as long as using it. */
const days = new Map<string, Intl.RelativeTimeFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** Writes days relative to the present one: “tomorrow”. */
const dayFormat = (locale: string): Intl.RelativeTimeFormat =>
  kept(days, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

const uses = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  both: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  weekday: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  dayOfYear: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/**
 * Keyed by the present time zone as well, which each formatter keeps, and which the user may change while the program
 * runs.
 */
const writeTime = (locale: string, use: keyof typeof uses, time: number): string => {
  const key = `${locale} ${use} ${zoneIn(new Date(time).getFullYear())}`
  return kept(dates, key, () => new Intl.DateTimeFormat(locale, uses[use])).format(time)
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
  const tomorrow = dayFormat(t.locale).format(1, 'day')
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
      ? dayFormat(locale).format(-daysAgo, 'day')
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
