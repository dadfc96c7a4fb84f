import type { PauseChoice } from '../../../common/contract/pause-choice.ts'
import type { QuietReason, QuietState } from '../../../common/contract/snapshot.ts'
import type { QuietPreferences } from '../../../common/preferences/preferences.ts'
import { instantOf, localTime, type TimeZone } from './local-time.ts'
import { inQuietHours, quietHoursChange } from './quiet-hours.ts'

/** What decides, besides the user's preferences, whether to be quiet. */
export interface QuietSigns {
  readonly timeZone?: TimeZone
  /**
   * The forum's own do-not-disturb of one account, in milliseconds since 1970; left out for what holds for all
   * accounts.
   */
  readonly forumDoNotDisturbUntil?: number | null
  /** The operating system's do-not-disturb. */
  readonly systemIsQuiet: boolean
}

/** One reason to be quiet now, and when it ends; null if nobody knows. */
interface Hold {
  readonly reason: QuietReason
  readonly until: number | null
}

/**
 * Whether to be quiet at an instant, why, and until when: while quiet, the end of the whole quiet time known to follow
 * without a gap; otherwise the beginning of the next quiet hours; null if only an action of somebody's will change it.
 * Of several reasons the user's own comes first; `holds` has each of them with its own end.
 * @param now milliseconds since 1970
 */
export const quietAt = (now: number, preferences: QuietPreferences, signs: QuietSigns): QuietState => {
  const holds = holdsAt(now, preferences, signs)
  const [first] = holds
  if (first === undefined) {
    return { isQuiet: false, reason: null, until: quietHoursChange(now, preferences.hours, signs.timeZone) }
  }
  const quiet: QuietState = { isQuiet: true, reason: first.reason, until: endOfQuiet(now, preferences, signs) }
  return holds.length === 1 ? quiet : { ...quiet, holds }
}

/**
 * When something next begins or ends by the clock, in milliseconds since 1970; until then `quietAt` returns the same.
 * null for never.
 */
export const nextQuietChange = (now: number, preferences: QuietPreferences, signs: QuietSigns): number | null => {
  const { pausedUntil, hours } = preferences
  const times = [pausedUntil, signs.forumDoNotDisturbUntil, quietHoursChange(now, hours, signs.timeZone)]
  const ahead = times.filter((time) => typeof time === 'number' && time > now).map(Number)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

const holdsAt = (now: number, preferences: QuietPreferences, signs: QuietSigns): readonly Hold[] => {
  const { pausedUntil, hours, obeyForum, obeySystem } = preferences
  const { timeZone, forumDoNotDisturbUntil = null, systemIsQuiet } = signs
  const holds: Hold[] = []
  if (pausedUntil === 'open') holds.push({ reason: 'paused', until: null })
  else if (pausedUntil !== null && pausedUntil > now) holds.push({ reason: 'paused', until: pausedUntil })
  if (inQuietHours(now, hours, timeZone)) {
    holds.push({ reason: 'hours', until: quietHoursChange(now, hours, timeZone) })
  }
  if (obeyForum && forumDoNotDisturbUntil !== null && forumDoNotDisturbUntil > now) {
    holds.push({ reason: 'forum', until: forumDoNotDisturbUntil })
  }
  if (obeySystem && systemIsQuiet) holds.push({ reason: 'system', until: null })
  return holds
}

const endOfQuiet = (now: number, preferences: QuietPreferences, signs: QuietSigns): number | null => {
  let at = now
  for (;;) {
    const holds = holdsAt(at, preferences, signs)
    if (holds.length === 0) return at
    // Every hold ends later than the instant it is read at, so this terminates: a pause and the forum's do-not-disturb
    // come once each; quiet hours reach to the next gap between them, and have no end if there is none.
    let end = at
    for (const { until } of holds) {
      if (until === null) return null
      end = Math.max(end, until)
    }
    at = end
  }
}

/** For people who are still up, the day ends this many hours after midnight. */
const nightEnds = 5
const morning = 8
const hour = 60 * 60_000
const day = 24 * hour

/** Whether this is the stroke of that hour, as the end of a pause until tomorrow is, and hardly ever another. */
export const isMorning = (instant: number, timeZone?: TimeZone): boolean =>
  localTime(instant, timeZone) % day === morning * hour

/**
 * Until when a pause lasts that begins now, in milliseconds since 1970, or `open`. Tomorrow is eight o'clock in the
 * morning after the coming night, or after the present one.
 */
export const pauseUntil = (choice: PauseChoice, now: number, timeZone?: TimeZone): number | 'open' => {
  switch (choice) {
    case '30min':
      return now + hour / 2
    case '1h':
      return now + hour
    case 'tomorrow': {
      const evening = localTime(now, timeZone) - nightEnds * hour
      return instantOf((Math.floor(evening / day) + 1) * day + morning * hour, timeZone)
    }
    case 'open':
      return 'open'
  }
}
