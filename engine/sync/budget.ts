import * as v from 'valibot'
import type { Clock } from '../ports/clock.ts'
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The forum's two limits on one key, by the names it gives them (protocol.md 2.3 and 4.3). */
export type LimitName = 'minute' | 'day'

/** What is known of a limit: what forums allow by default, until the forum itself has shown another number. */
const limitSchema = v.object({
  requests: v.number(),
  /** Since when it is kept to: the forum refused a request at this number, and then let some through; null while assumed. */
  refusedAt: v.nullable(v.number()),
})
type Limit = v.InferOutput<typeof limitSchema>

const slotSchema = v.tuple([v.number(), v.number()])

/** A budget as it is kept over restarts. */
export const savedBudgetSchema = v.object({
  savedAt: v.number(),
  /** Since when every request is in the windows; before it, some may be missing. */
  completeSince: v.number(),
  minute: limitSchema,
  day: limitSchema,
  /** The day's requests by stretches of five minutes, and the last minute's one by one: `[start, requests]`. */
  slots: v.array(slotSchema),
  recent: v.array(slotSchema),
  blockedUntil: v.number(),
})
export type SavedBudget = v.InferOutput<typeof savedBudgetSchema>

/**
 * Who a request is for. A held poll leaves room for questions, questions leave room for the user, and the user may go to
 * the limit, and beyond one that is only assumed: that is how a forum's higher limit is found.
 */
export type Purpose = 'live' | 'question' | 'user'

/** The last 24 hours of an account. */
export interface Spending {
  readonly requests: number
  /** How many the forum allows in that time. */
  readonly limit: number
  /** How many of them will no longer count in an hour. */
  readonly leaving: number
  /** How many in a quarter of an hour. */
  readonly leavingSoon: number
  /** How many may be made in every hour of the day to come, so that it lasts for all of it. */
  readonly sustainable: number
  /** The same, with a twentieth of the limit left for what nobody plans. */
  readonly plannable: number
  /** For how many milliseconds of them the live channel was polled, or the forum asked as often. */
  readonly busy: number
}

/** How many requests an account may still make; everything sent with its key goes through it. */
export interface Budget {
  /** Takes one request. 0 when it may be sent now, otherwise the milliseconds until it may; then nothing was taken. */
  take(purpose: Purpose): number
  /** The milliseconds that `take` would give. */
  wait(purpose: Purpose): number
  /** The forum has answered a request that was taken. */
  accepted(): void
  /** The forum has refused the request taken last, and asks to wait so many seconds; `limit` is which of its two it named. */
  refused(seconds: number, limit: LimitName | undefined): void
  /** What the day's limit has been used for. */
  today(): Spending
  /** When the forum's word ends that nothing may be sent; in the past when there is none. */
  blockedUntil(): number
  /** For the file, with the time of writing. */
  saved(): SavedBudget
}

const defaultRequests: Readonly<Record<LimitName, number>> = { minute: 20, day: 2880 }
/**
 * After so long a limit below the default is no longer taken for one: it may have been another program's doing, or a bad
 * hour of the forum. Where it stands, finding that out again costs one refusal.
 */
const limitLifetime = 45 * minute
const daySlot = 5 * minute
/** So many requests in a slot are more than are made while nobody is at the machine. */
const busySlot = 5
/** The forum counts a request when it arrives, which is later than we count it, and not always by as much. */
const travel = 1000
/** By how much our word on when a place is free may be behind the forum's. */
const leeway = daySlot + minute + travel
/** The share of a day's limit that is spread over the day. A little more than that may be used, if it turns out too short. */
const lasting = 0.98
const plannable = 0.95
/** The share of each limit that a purpose may use. */
const shares: Readonly<Record<Purpose, Readonly<Record<LimitName, number>>>> = {
  live: { minute: 0.6, day: 0.97 },
  question: { minute: 0.8, day: 0.99 },
  user: { minute: 1, day: 1 },
}

/**
 * A budget that mirrors the server's sliding windows, a minute's and a day's (protocol.md 4.3). One closure over a hundred
 * lines: both windows, the learned limits and the pause are read and changed together by each request.
 * @param saved from an earlier run; without it the key is new, and the forum begins to count with it
 * @param endedInOrder whether the earlier run wrote its budget at its end. If not, what it sent after writing is unknown,
 *   and the worst is assumed
 * @param writingInterval how long, in milliseconds, an earlier run may have gone on without writing
 */
export const createBudget = (
  clock: Clock,
  saved?: SavedBudget,
  endedInOrder = true,
  writingInterval = 5 * minute,
): Budget => {
  const start = clock.now()
  const limits: Record<LimitName, Limit> = {
    minute: saved?.minute ?? { requests: defaultRequests.minute, refusedAt: null },
    day: saved?.day ?? { requests: defaultRequests.day, refusedAt: null },
  }
  const windows: Record<LimitName, SlidingWindow> = {
    minute: createSlidingWindow(minute + travel, 1, saved?.recent, start),
    day: createSlidingWindow(day, daySlot, saved?.slots, start),
  }
  const lengths: Record<LimitName, number> = { minute, day }
  // No limit lasts longer than a day; what seems to was written by a clock that was ahead.
  let blockedUntil = Math.min(saved?.blockedUntil ?? 0, start + day)
  /** How long that may be from now at most, whatever the clock is set to meanwhile. */
  let longestBlock = Math.max(0, blockedUntil - start)
  let completeSince = saved?.completeSince ?? 0
  /** Several parts ask for it at one moment, and it goes over all slots of a day. */
  let latest: { readonly at: number; readonly spending: Spending } | undefined
  if (saved !== undefined && (!endedInOrder || saved.savedAt > start)) {
    completeSince = start
    const unknown = Math.max(0, Math.min(start - saved.savedAt, writingInterval))
    const worst = Math.ceil(unknown / minute) * limits.minute.requests
    for (let sent = 0; sent < worst; sent++) windows.day.add(saved.savedAt)
    // Of its last minute some must be left, or a program that has just crashed could show nothing.
    for (let sent = 0; sent < limits.minute.requests / 2; sent++) windows.minute.add(start)
  }

  /** The limit to keep to, and whether the forum itself has shown it lately. */
  const limitOf = (name: LimitName, now: number): { readonly requests: number; readonly isShown: boolean } => {
    const { requests, refusedAt } = limits[name]
    if (refusedAt !== null && now - refusedAt < limitLifetime) return { requests, isShown: true }
    return { requests: Math.max(requests, defaultRequests[name]), isShown: false }
  }

  const waitIn = (name: LimitName, purpose: Purpose, now: number): number => {
    const { requests, isShown } = limitOf(name, now)
    if (purpose === 'user' && !isShown) return 0
    return windows[name].wait(Math.max(1, Math.floor(requests * shares[purpose][name])), now)
  }

  const blocked = (now: number): number => {
    blockedUntil = Math.min(blockedUntil, now + longestBlock)
    return blockedUntil
  }

  const wait = (purpose: Purpose): number => {
    const now = clock.now()
    return Math.max(0, blocked(now) - now, waitIn('minute', purpose, now), waitIn('day', purpose, now))
  }

  const today: Budget['today'] = () => {
    const now = clock.now()
    if (latest?.at === now) return latest.spending
    const limit = limitOf('day', now).requests
    const evenRate = (share: number): number => hour * windows.day.evenRate(limit * share, now)
    const busySlots = windows.day.slots().filter(([, requests]) => requests >= busySlot).length
    const spending = {
      requests: windows.day.count(now),
      limit,
      leaving: windows.day.leaving(now, hour),
      leavingSoon: windows.day.leaving(now, hour / 4),
      sustainable: evenRate(lasting),
      plannable: evenRate(plannable),
      busy: busySlots * daySlot,
    }
    latest = { at: now, spending }
    return spending
  }

  return {
    wait,
    take: (purpose) => {
      const milliseconds = wait(purpose)
      if (milliseconds > 0) return milliseconds
      latest = undefined
      for (const window of Object.values(windows)) window.add(clock.now())
      return 0
    },
    accepted: () => {
      latest = undefined
      const now = clock.now()
      for (const name of ['minute', 'day'] as const) {
        const count = windows[name].count(now)
        if (count > limits[name].requests) limits[name] = { requests: count, refusedAt: null }
      }
    },
    refused: (seconds, limit) => {
      latest = undefined
      const now = clock.now()
      blockedUntil = Math.max(blocked(now), now + seconds * 1000)
      longestBlock = blockedUntil - now
      // The day's refusal has cost a place in the minute (protocol.md 4, step 3); the minute's has cost nothing.
      windows.day.takeBack()
      if (limit !== 'day') windows.minute.takeBack()
      if (limit === undefined) return
      const requests = windows[limit].count(now)
      const isComplete = completeSince <= now - lengths[limit]
      // A forum whose limit this is asks to wait until our oldest request leaves its window, and not for less.
      const isExplained = requests > 0 && windows[limit].wait(requests, now) <= seconds * 1000 + leeway
      // Nothing is sent before the wait is over, so it is from then on that the limit is kept to.
      if (isComplete && isExplained) limits[limit] = { requests, refusedAt: blockedUntil }
    },
    today,
    blockedUntil: () => blocked(clock.now()),
    saved: () => ({
      savedAt: clock.now(),
      completeSince,
      ...limits,
      slots: windows.day.slots().map(([at, requests]) => [at, requests]),
      recent: windows.minute.slots().map(([at, requests]) => [at, requests]),
      blockedUntil,
    }),
  }
}
