import type { Clock } from '../ports/clock.ts'
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts'

/**
 * By default a forum allows one IP address 50 requests in ten seconds and 200 in a minute, whoever sends them
 * (protocol.md 2.3): all accounts on the site, and the user's browser, which must never have to wait for us. So we use
 * less than half, and more only after a page full of pictures: those are counted apart, so that nothing waits for them.
 */
const limits = [
  { requests: 20, pictures: 15, period: 10_000 },
  { requests: 80, pictures: 50, period: 60_000 },
] as const

/** The requests to each forum from all accounts, with or without a key. */
export interface OriginBudgets {
  /** Takes one request to an origin. Returns 0 if it may be sent now, otherwise the milliseconds until it may. */
  take(origin: string): number
  /** The same for a picture: it takes what other requests have left, not all of it, and they never wait for it. */
  takePicture(origin: string): number
  /** The forum asks this IP address to wait for so many seconds. */
  refused(origin: string, seconds: number): void
  /** Milliseconds until that ends; 0 when there is nothing to wait for. */
  blockedFor(origin: string): number
  /** The forum is down and asks to be left alone for so many seconds. */
  closed(origin: string, seconds: number): void
  /** Milliseconds until that ends; 0 when there is nothing to wait for. Only the user may ask sooner. */
  closedFor(origin: string): number
  /** How many origins are remembered. */
  size(): number
}

/** The requests of one period. */
interface Windows {
  readonly limit: (typeof limits)[number]
  readonly all: SlidingWindow
  readonly pictures: SlidingWindow
  /** All but the pictures. */
  readonly others: SlidingWindow
}

/** All times are on the monotonic clock. */
interface OriginBudget {
  readonly windows: readonly Windows[]
  blockedUntil: number
  closedUntil: number
}

/**
 * From how many origins on those that nothing is known about any more are dropped: forums name origins, as those of
 * pictures, and may name another one each time.
 */
const mostIdle = 1000

export const createOriginBudgets = (clock: Clock): OriginBudgets => {
  const budgets = new Map<string, OriginBudget>()
  let sweepsAt = mostIdle

  const sweep = (): void => {
    const now = clock.elapsed()
    for (const [origin, { windows, blockedUntil, closedUntil }] of budgets)
      if (Math.max(blockedUntil, closedUntil) <= now && windows.every(({ all }) => all.count(now) === 0))
        budgets.delete(origin)
    sweepsAt = Math.max(mostIdle, 2 * budgets.size)
  }

  const budgetOf = (origin: string): OriginBudget => {
    const existing = budgets.get(origin)
    if (existing !== undefined) return existing
    if (budgets.size >= sweepsAt) sweep()
    const windows = limits.map((limit): Windows => {
      const window = (): SlidingWindow => createSlidingWindow(limit.period, 1)
      return { limit, all: window(), pictures: window(), others: window() }
    })
    const made = { windows, blockedUntil: 0, closedUntil: 0 }
    budgets.set(origin, made)
    return made
  }

  return {
    take: (origin) => {
      const now = clock.elapsed()
      const { windows } = budgetOf(origin)
      let wait = 0
      for (const { others, limit } of windows) wait = Math.max(wait, others.wait(limit.requests, now))
      if (wait > 0) return wait
      for (const { all, others } of windows) {
        all.add(now)
        others.add(now)
      }
      return 0
    },
    takePicture: (origin) => {
      const now = clock.elapsed()
      const { windows } = budgetOf(origin)
      let wait = 0
      for (const { all, pictures, limit } of windows)
        wait = Math.max(wait, all.wait(limit.requests, now), pictures.wait(limit.pictures, now))
      if (wait > 0) return wait
      for (const { all, pictures } of windows) {
        all.add(now)
        pictures.add(now)
      }
      return 0
    },
    refused: (origin, seconds) => {
      const budget = budgetOf(origin)
      budget.blockedUntil = Math.max(budget.blockedUntil, clock.elapsed() + seconds * 1000)
    },
    blockedFor: (origin) => Math.max(0, budgetOf(origin).blockedUntil - clock.elapsed()),
    closed: (origin, seconds) => {
      budgetOf(origin).closedUntil = clock.elapsed() + seconds * 1000
    },
    closedFor: (origin) => Math.max(0, budgetOf(origin).closedUntil - clock.elapsed()),
    size: () => budgets.size,
  }
}
