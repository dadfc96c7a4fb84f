import type { Spending } from './budget.ts'

/** What is known of the user and the machine; a shell tells what its system tells it. */
export interface Presence {
  readonly user: 'active' | 'idle' | 'locked'
  readonly power: 'mains' | 'battery'
  readonly machine: 'awake' | 'asleep'
}

/** What is assumed while a shell has told nothing. */
export const attended: Presence = { user: 'active', power: 'mains', machine: 'awake' }

/** How eagerly an account is kept up to date. All in milliseconds. */
export interface Pace {
  /** Whether to hold the live channel where the forum has one. */
  readonly isLive: boolean
  /** The least time between the beginnings of two held polls; what happens between two waits on the forum. */
  readonly period: number
  /** Between two questions for totals: beside the live channel while it is held, else instead of it. */
  readonly question: number
  /** The least time between two questions about what the live channel brings; the first is asked at once. */
  readonly followUp: number
}

/** What paces are made of, besides presence. */
export interface PaceOptions {
  /** The default time between two questions while the user is here and there is no live channel, in milliseconds. */
  readonly interval: number
  readonly spending: Spending
  /** Whether the user is taken to be here all day: no system tells, or none has told anything else for most of a day. */
  readonly isAlwaysHere: boolean
  /** Whether the live channel is open. */
  readonly isOpen: boolean
  /** Whether something is known to happen of which the live channel says nothing. */
  readonly isBlind: boolean
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** The live channel says nothing of some changes, and nothing at all to some members; totals show both. */
const besideChannel = 3 * minute
/** News may be as old as this while the user is away. */
const away = 3 * minute
/** However little is left of a day. */
const rarest = 15 * minute
/** For how much of a day the user is taken to be here until it has been more: at no pause that is 2,304 polls of 25 s. */
const defaultPresence = 16 * hour
/** Nobody is here for so long without five minutes away: a system that says so does not know (Wayland without idle times). */
export const longestStay = 11 * hour
/** How much of a day's limit polls and questions may be planned for. The rest is for what polls bring, and for the user. */
const planned = 0.93
/** The same in the hour to come, when a day turns out to hold more than was planned. */
const spendable = 0.95
/** Spending a little less than what would last makes up for news, which nobody plans. */
const cautious = 0.95
/** A channel that is polled more rarely than this is hardly better than as many questions. */
const longestPeriod = 2 * minute

/**
 * The pace for a presence. Polls of 25 s through sixteen hours are 2,304 of the 2,880 requests a forum allows a day
 * (protocol.md 2.3); questions beside them, one each three minutes, are 320, and 160 more while the user is away. The
 * period spreads what is left to polls over the time the user is here.
 */
export const paceOf = ({ user, power }: Presence, options: PaceOptions): Pace => {
  const { interval, spending, isAlwaysHere, isOpen, isBlind } = options
  const thrift = power === 'battery' ? 2 : 1
  const question = isBlind ? minute : besideChannel
  const period = isAlwaysHere ? periodOfAllDay(spending, question) : periodOf(spending, question)
  const followUp = hour / Math.max(1, inNextHour(spending) / 2)
  if (user === 'active' && period <= longestPeriod) {
    const beside = isBlind ? Math.min(minute, interval) : besideChannel
    return { isLive: true, period, followUp, question: isOpen ? beside : interval * thrift }
  }
  // What is left after a day of much news has to last for the rest of it; a question may be two requests.
  const rare = spending.sustainable >= hour / away ? away : Math.min(rarest, (2.2 * hour) / spending.sustainable)
  return { isLive: false, period: longestPeriod, followUp, question: Math.max(interval, rare) * thrift }
}

/**
 * How many requests may be made in the hour to come, at an even pace. What leaves the day's window only late in that hour is of
 * no use before, so the first quarter has to do with what leaves in it.
 */
const inNextHour = ({ requests, limit, leaving, leavingSoon }: Spending): number => {
  const left = limit * spendable - requests
  return Math.min(left + leaving, 4 * (left + leavingSoon))
}

/** @param question milliseconds between two questions while the user is here */
const periodOf = (spending: Spending, question: number): number => {
  const present = Math.max(defaultPresence, spending.busy)
  const questions = present / question + (day - present) / away
  const polls = spending.limit * planned - questions
  const pollsInNextHour = inNextHour(spending) - hour / question
  if (polls <= 0 || pollsInNextHour <= 0) return Number.POSITIVE_INFINITY
  return Math.max(present / polls, hour / pollsInNextHour)
}

/** The same for who never leaves: what is left of the day's requests lasts until those made so far leave its window. */
const periodOfAllDay = (spending: Spending, question: number): number => {
  const pollsAnHour = Math.min(spending.limit * (planned / 24), spending.plannable * cautious) - hour / question
  return pollsAnHour <= 0 ? Number.POSITIVE_INFINITY : hour / pollsAnHour
}
