import type { Translate } from './i18n.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** By locale: making one takes far longer than using it. Those for times are not kept, for they keep the time zone. */
const relatives = new Map<string, Intl.RelativeTimeFormat>()

const relativeFormat = (locale: string): Intl.RelativeTimeFormat => {
  const relative = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { style: 'short' })
  relatives.set(locale, relative)
  return relative
}

/**
 * How long ago, in words: “just now” under a minute, relative until a day, then a date (look.md, Voice).
 * @param then milliseconds since 1970, not after `now` (a clock set back gives “just now”)
 */
export const ageText = (t: Translate, then: number, now: number): string => {
  const age = now - then
  if (age < minute) return t('units.justNow')
  if (age >= day) return dateText(t, then)
  const relative = relativeFormat(t.locale)
  return age < hour
    ? relative.format(-Math.floor(age / minute), 'minute')
    : relative.format(-Math.floor(age / hour), 'hour')
}

/** A calendar date such as “Nov 23, 2026”. */
export const dateText = (t: Translate, time: number): string =>
  new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium' }).format(time)

/** A time of day such as “2:05 PM”, with the date in front when it is not today. */
export const clockText = (t: Translate, time: number, now: number): string => {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(
    t.locale,
    sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(time)
}

/**
 * The local day something happened on, as a heading: “Today”, “Yesterday”, “Friday, November 20”, with the year in
 * another one.
 */
export const dayText = ({ locale }: Translate, time: number, now: number): string => {
  const [then, today] = [new Date(time), new Date(now)]
  // Noons, so that a change to or from daylight saving makes no day of 23 hours count as none.
  const noon = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime()
  const daysAgo = Math.round((noon(today) - noon(then)) / day)
  if (daysAgo === 0 || daysAgo === 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day')
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
  }
  const year = then.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric', ...year }).format(time)
}

/** A countdown as minutes and seconds, “9:41”; never below 0:00. */
export const countdownText = ({ locale }: Translate, milliseconds: number): string => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const written = (number: number, digits: number): string =>
    number.toLocaleString(locale, { minimumIntegerDigits: digits, useGrouping: false })
  return `${written(Math.floor(seconds / 60), 1)}:${written(seconds % 60, 2)}`
}
