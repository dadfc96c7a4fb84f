import type { QuietHours } from '../../../common/preferences/preferences.ts'
import { clockChange, localTime, type TimeZone } from './local-time.ts'

const minute = 60_000
const dayMinutes = 24 * 60
const day = dayMinutes * minute

/** Whether an instant is within one of the quiet hours, by weekday and local time. */
export const inQuietHours = (instant: number, hours: readonly QuietHours[], timeZone: TimeZone): boolean => {
  const local = localTime(instant, timeZone)
  const weekday = new Date(local).getUTCDay() || 7
  const now = minuteOfDay(local)
  return hours.some(({ days, from, to }) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)]
    if (begin < end) return days.includes(weekday) && begin <= now && now < end
    // Over midnight: the night belongs to the day on which it begins.
    const yesterday = weekday === 1 ? 7 : weekday - 1
    return (days.includes(weekday) && begin <= now) || (days.includes(yesterday) && now < end)
  })
}

/**
 * When quiet hours next begin or end, exactly, even if clocks are changed in between; null if they never do.
 * It goes from one boundary to the next: a time of day at which some hours begin or end, or a change of the clocks.
 */
export const quietHoursChange = (now: number, hours: readonly QuietHours[], timeZone: TimeZone): number | null => {
  const boundaries = [...new Set(hours.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]))]
  if (boundaries.length === 0) return null
  const isQuiet = inQuietHours(now, hours, timeZone)
  // Every weekday comes within a week, or within two where it falls on the day that a move of the date line leaves out.
  const end = now + 15 * day
  for (let at = now; at < end; ) {
    const local = localTime(at, timeZone)
    const next = at + Math.min(...boundaries.map((boundary) => untilMinute(local, boundary)))
    const reached = clockChange(at, next, timeZone) ?? next
    if (inQuietHours(reached, hours, timeZone) !== isQuiet) return reached
    at = reached
  }
  return null
}

/** Milliseconds from a local time until the clock next shows a minute of the day: more than 0, at most a day. */
const untilMinute = (local: number, boundary: number): number => {
  const sinceMidnight = ((local % day) + day) % day
  const left = boundary * minute - sinceMidnight
  return left > 0 ? left : left + day
}

const minuteOfDay = (local: number): number => Math.floor((((local % day) + day) % day) / minute)

/** `HH:MM` as minutes since midnight. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
