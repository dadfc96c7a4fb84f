// Wall-clock time. A local time is counted like an instant, in milliseconds since 1970-01-01T00:00 on the same clock,
// so that days and minutes are plain arithmetic and only this file knows about time zones.

/** An IANA name such as `Europe/Berlin`; undefined for the system's current time zone. */
export type TimeZone = string | undefined

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** The local time at an instant. */
export const localTime = (instant: number, timeZone: TimeZone): number => {
  if (timeZone === undefined) return instant - new Date(instant).getTimezoneOffset() * minute
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) shown[type] = Number(value)
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute: minutes = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, date, hours, minutes, second) + (((instant % 1000) + 1000) % 1000)
}

/**
 * The first instant with a local time. A time that is skipped, when clocks go forward, becomes the instant as far after
 * the skip as the time is after the skip's beginning.
 */
export const instantOf = (local: number, timeZone: TimeZone): number => {
  const offset = (near: number): number => localTime(near, timeZone) - near
  // No offset is more than 14 hours, and none changes twice within three days.
  const [before, after] = [local - offset(local - 1.5 * day), local - offset(local + 1.5 * day)]
  const right = [before, after].filter((instant) => localTime(instant, timeZone) === local)
  return right.length === 0 ? before : Math.min(...right)
}

/** The first instant after `start`, and not after `end`, at which the clock was changed; undefined if it was not. */
export const clockChange = (start: number, end: number, timeZone: TimeZone): number | undefined => {
  const offset = (instant: number): number => localTime(instant, timeZone) - instant
  const first = offset(start)
  if (offset(end) === first) return undefined
  let [same, other] = [start, end]
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (offset(middle) === first) same = middle
    else other = middle
  }
  return other
}
