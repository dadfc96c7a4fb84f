import * as v from 'valibot'
import { timeSchema } from '../../common/contract/time-schema.ts'
import type { Clock } from '../ports/clock.ts'
import { createSlidingWindow, type SlidingWindow, type Slot } from './sliding-window.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The forum's two rate limits on a key (protocol.md 2.3 and 4.3). */
export type LimitName = 'minute' | 'day'

/** Far more than any forum allows in a day; a file with a larger number would keep a start counting without end. */
const requestsSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))

/** What is known about a limit: Discourse's default, until the forum's responses have shown another number. */
const limitSchema = v.object({
  requests: requestsSchema,
  /** Since when we keep to it, because the forum refused a request at this number; null while it is assumed. */
  refusedAt: v.nullable(timeSchema),
})
type Limit = v.InferOutput<typeof limitSchema>

const slotSchema = v.tuple([timeSchema, requestsSchema])
type SavedSlot = v.InferOutput<typeof slotSchema>
const readSlot = ([start, requests]: SavedSlot): Slot => ({ start, requests })
const writeSlot = ({ start, requests }: Slot): SavedSlot => [start, requests]
/** A day in slots of five minutes has 288, a minute of single requests no more than a forum allows. */
const slotsSchema = v.pipe(v.array(slotSchema), v.maxLength(10_000))

/** A budget as it is saved across restarts. */
export const savedBudgetSchema = v.object({
  savedAt: timeSchema,
  /** Since when the windows contain every request; before that, some may be missing. */
  completeSince: timeSchema,
  minute: limitSchema,
  day: limitSchema,
  /** The day's requests in slots of five minutes, and the last minute's one by one: `[start, requests]`. */
  slots: slotsSchema,
  recent: slotsSchema,
  blockedUntil: timeSchema,
})
export type SavedBudget = v.InferOutput<typeof savedBudgetSchema>

/**
 * What a request is for: a poll of the live channel, a scheduled question about the counts, or the user. Polls leave
 * room for questions, and questions for the user. The user may use the whole limit, and exceed one that is only
 * assumed: that is how a forum's higher limit is discovered.
 */
export type Purpose = 'live' | 'question' | 'user'

/** How an account's budget was spent in the last 24 hours. */
export interface Spending {
  readonly requests: number
  /** How many the forum allows in that time. */
  readonly limit: number
  /** How many of the requests will have left the window in an hour. */
  readonly leaving: number
  /** How many will have left it in a quarter of an hour. */
  readonly leavingSoon: number
  /** How many requests per hour the budget can sustain for the next 24 hours. */
  readonly sustainable: number
  /** The same, with a twentieth of the limit reserved for unplanned requests. */
  readonly plannable: number
  /** For how many milliseconds of the day the live channel was polled, or requests were about as frequent. */
  readonly busy: number
}

/** How many requests an account may still make; every request with its key counts against it. */
export interface Budget {
  /** Takes one request. Returns 0 if it may be sent now; otherwise the milliseconds until it may, and takes nothing. */
  take(purpose: Purpose): number
  /** What `take` would return. */
  wait(purpose: Purpose): number
  /** The forum has accepted a request that was taken. */
  accepted(): void
  /** The forum has refused the last request and asks to wait `seconds`; `limit` is the limit it named, if any. */
  refused(seconds: number, limit: LimitName | undefined): void
  /** How the day's limit has been spent. */
  today(): Spending
  /** Until when the forum has asked us to send nothing; in the past when it has not. */
  blockedUntil(): number
  /** For the state file, with the current time. */
  saved(): SavedBudget
}

const defaultRequests: Readonly<Record<LimitName, number>> = { minute: 20, day: 2880 }
/**
 * How long a limit below the default is believed: another program or a temporary problem of the forum may have caused
 * it. If it is real, finding that out again costs one refused request.
 */
const limitLifetime = 45 * minute
const daySlot = 5 * minute
/** From so many requests on, a slot counts as busy: there are fewer while the user is away. */
const busySlot = 5
/** The forum counts a request when it arrives, which is later than when we count it, by a varying delay. */
const travel = 1000
/** By how much our estimate of when a request fits again may be later than the forum's. */
const leeway = daySlot + minute + travel
/** The share of a day's limit that is spread over the day; the rest absorbs errors in the plan. */
const lasting = 0.98
const plannable = 0.95
/** The share of each limit that a purpose may use. */
const shares: Readonly<Record<Purpose, Readonly<Record<LimitName, number>>>> = {
  live: { minute: 0.6, day: 0.97 },
  question: { minute: 0.8, day: 0.99 },
  user: { minute: 1, day: 1 },
}

/**
 * A budget that mirrors the server's two sliding windows, of a minute and a day (protocol.md 4.3). One closure over a
 * hundred lines: every request reads and changes both windows, the learned limits and the pause together.
 * @param saved from an earlier run; absent for a new key, for which the forum starts counting at zero
 * @param endedInOrder whether the earlier run saved its budget on exit. If not, the requests since the last save are
 *   unknown, and the worst case is assumed
 * @param writingInterval how long an earlier run may have gone on after its last save, in milliseconds
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
    minute: createSlidingWindow(minute + travel, 1, saved?.recent.map(readSlot), start),
    day: createSlidingWindow(day, daySlot, saved?.slots.map(readSlot), start),
  }
  const lengths: Record<LimitName, number> = { minute, day }
  // No block lasts longer than a day; one that seems to was saved by a clock that was ahead.
  let blockedUntil = Math.min(saved?.blockedUntil ?? 0, start + day)
  /** The longest remaining block, so that setting the clock back does not extend it. */
  let longestBlock = Math.max(0, blockedUntil - start)
  let completeSince = saved?.completeSince ?? 0
  if (saved !== undefined && (!endedInOrder || saved.savedAt > start)) {
    completeSince = start
    const unknown = Math.max(0, Math.min(start - saved.savedAt, writingInterval))
    const worst = Math.ceil(unknown / minute) * limits.minute.requests
    for (let sent = 0; sent < worst; sent++) windows.day.add(saved.savedAt)
    // Only half of the minute is assumed to be used, or a program restarted after a crash could show nothing at first.
    for (let sent = 0; sent < limits.minute.requests / 2; sent++) windows.minute.add(start)
  }

  /** The limit to keep to, and whether the forum has enforced it recently. */
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
    const limit = limitOf('day', now).requests
    const evenRate = (share: number): number => hour * windows.day.evenRate(limit * share, now)
    return {
      requests: windows.day.count(now),
      limit,
      leaving: windows.day.leaving(now, hour),
      leavingSoon: windows.day.leaving(now, hour / 4),
      // Each of these visits all slots of the day, and no pace depends on more than one.
      get sustainable() {
        return evenRate(lasting)
      },
      get plannable() {
        return evenRate(plannable)
      },
      get busy() {
        return windows.day.slots().filter(({ requests }) => requests >= busySlot).length * daySlot
      },
    }
  }

  return {
    wait,
    take: (purpose) => {
      const milliseconds = wait(purpose)
      if (milliseconds > 0) return milliseconds
      const now = clock.now()
      windows.minute.add(now)
      windows.day.add(now)
      return 0
    },
    accepted: () => {
      const now = clock.now()
      for (const name of ['minute', 'day'] as const) {
        const count = windows[name].count(now)
        if (count > limits[name].requests) limits[name] = { requests: count, refusedAt: null }
      }
    },
    refused: (seconds, limit) => {
      const now = clock.now()
      blockedUntil = Math.max(blocked(now), now + seconds * 1000)
      longestBlock = blockedUntil - now
      // A refusal by the day's limit still counts in the minute (protocol.md 4, step 3); one by the minute's does not.
      windows.day.takeBack()
      if (limit !== 'day') windows.minute.takeBack()
      if (limit === undefined) return
      const requests = windows[limit].count(now)
      const isComplete = completeSince <= now - lengths[limit]
      // If this is the forum's real limit, it asks us to wait at least until our oldest request leaves the window.
      const isExplained = requests > 0 && windows[limit].wait(requests, now) <= seconds * 1000 + leeway
      // Nothing is sent before the wait is over, so the limit's lifetime starts then.
      if (isComplete && isExplained) limits[limit] = { requests, refusedAt: blockedUntil }
    },
    today,
    blockedUntil: () => blocked(clock.now()),
    saved: () => ({
      savedAt: clock.now(),
      completeSince,
      ...limits,
      slots: windows.day.slots().map(writeSlot),
      recent: windows.minute.slots().map(writeSlot),
      blockedUntil,
    }),
  }
}
