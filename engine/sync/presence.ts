import type { Spending } from './budget.ts'

/** What is known about the user and the machine, as far as the shell's system reports it. */
export interface Presence {
  readonly user: 'active' | 'idle' | 'locked'
  readonly power: 'mains' | 'battery'
  readonly machine: 'awake' | 'asleep'
}

/** Assumed until a shell reports something. */
export const attended: Presence = { user: 'active', power: 'mains', machine: 'awake' }

/** How eagerly an account is kept up to date. All in milliseconds. */
export interface Pace {
  /** Whether to keep the live channel open where the forum has one. */
  readonly isLive: boolean
  /** The minimum time from the start of one poll to the start of the next; events in between wait on the forum. */
  readonly period: number
  /**
   * The time between two requests for totals: in addition to the live channel while it is open, otherwise instead of
   * it.
   */
  readonly question: number
  /** The minimum time between two requests prompted by the live channel; the first is made at once. */
  readonly followUp: number
}

/** What determines the pace besides presence. */
export interface PaceOptions {
  /** The default time between two requests while the user is here and there is no live channel, in milliseconds. */
  readonly interval: number
  readonly spending: Spending
  /**
   * Whether the user is assumed to be here all day: the system does not report it, or has reported no absence for
   * hours.
   */
  readonly isAlwaysHere: boolean
  /** Whether the live channel is open. */
  readonly isOpen: boolean
  /** Which changes the live channel may not report. */
  readonly unreported: UnreportedChanges
}

/** Reading chat in the browser, while there is chat to be read; or anything, because the channel is silent. */
export type UnreportedChanges = 'none' | 'chat' | 'all'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** The live channel does not report some changes, and reports nothing at all to some members; totals show both. */
const besideChannel = 3 * minute
/** Where it may not report something. */
const besideBlindChannel = minute
/**
 * For how long of a day there is chat that may be read in the browser. Polls give way to the questions about it only so far:
 * in a longer pause between two of them the next chat message of a conversation would wait.
 */
const chatTime = 4 * hour
/** How old news may become while the user is away. */
const away = 3 * minute
/** The longest interval, however little of the day's budget is left. */
const rarest = 15 * minute
/** How long the user is assumed to be here per day unless it has been longer: without pauses, 2,304 polls of 25 s. */
const defaultPresence = 16 * hour
/** Nobody stays this long without five minutes away: a system that says so cannot tell (Wayland without idle times). */
export const longestStay = 11 * hour
/**
 * The share of a day's limit planned for polls and scheduled requests. The rest is for reacting to news and the user.
 */
const planned = 0.93
/** The same for the next hour, on days that need more than planned. */
const spendable = 0.95
/** Spending slightly less than is sustainable makes up for news, which cannot be planned. */
const cautious = 0.95
/** A channel polled less often than this is hardly better than requests for totals. */
const longestPeriod = 2 * minute

/**
 * The pace for a presence. Polls of 25 s for sixteen hours are 2,304 of the 2,880 requests that a forum allows per day
 * (protocol.md 2.3); the requests for totals beside them, one every three minutes, are 320, and 160 more while the user
 * is away. The period spreads the remaining polls over the time the user is here.
 */
export const paceOf = ({ user, power }: Presence, options: PaceOptions): Pace => {
  const { interval, spending, isAlwaysHere, isOpen, unreported } = options
  const thrift = power === 'battery' ? 2 : 1
  const period = isAlwaysHere ? periodOfAllDay(spending, unreported) : periodOf(spending, unreported)
  const followUp = hour / Math.max(1, inNextHour(spending) / 2)
  if (user === 'active' && period <= longestPeriod) {
    const beside = unreported === 'none' ? besideChannel : Math.min(besideBlindChannel, interval)
    return { isLive: true, period, followUp, question: isOpen ? beside : interval * thrift }
  }
  // What is left after a busy day has to last for the rest of it; asking for totals may take two requests.
  const rare = spending.sustainable >= hour / away ? away : Math.min(rarest, (2.2 * hour) / spending.sustainable)
  return { isLive: false, period: longestPeriod, followUp, question: Math.max(interval, rare) * thrift }
}

/**
 * How many requests may be made in the next hour at an even pace. Requests that leave the day's window late in that
 * hour do not help before then, so the first quarter has to make do with those that leave in it.
 */
const inNextHour = ({ requests, limit, leaving, leavingSoon }: Spending): number => {
  const left = limit * spendable - requests
  return Math.min(left + leaving, 4 * (left + leavingSoon))
}

/** How many questions there are beside the channel while the user is here for `present` milliseconds of a day. */
const questionsOf = (present: number, unreported: UnreportedChanges): number => {
  if (unreported === 'all') return present / besideBlindChannel
  const aboutChat = unreported === 'chat' ? chatTime / besideBlindChannel - chatTime / besideChannel : 0
  return present / besideChannel + aboutChat
}

const questionsInNextHour = (unreported: UnreportedChanges): number =>
  hour / (unreported === 'none' ? besideChannel : besideBlindChannel)

const periodOf = (spending: Spending, unreported: UnreportedChanges): number => {
  const present = Math.max(defaultPresence, spending.busy)
  const questions = questionsOf(present, unreported) + (day - present) / away
  const polls = spending.limit * planned - questions
  const pollsInNextHour = inNextHour(spending) - questionsInNextHour(unreported)
  if (polls <= 0 || pollsInNextHour <= 0) return Number.POSITIVE_INFINITY
  return Math.max(present / polls, hour / pollsInNextHour)
}

/** The same for a user who never leaves: the rest of the day's budget lasts until earlier requests leave the window. */
const periodOfAllDay = (spending: Spending, unreported: UnreportedChanges): number => {
  const atThisRate = spending.plannable * cautious - questionsInNextHour(unreported)
  const pollsAnHour = Math.min((spending.limit * planned - questionsOf(day, unreported)) / 24, atThisRate)
  return pollsAnHour <= 0 ? Number.POSITIVE_INFINITY : hour / pollsAnHour
}
