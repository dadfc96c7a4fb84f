import type { Clock } from '../ports/clock.ts'
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts'

/**
 * By default a forum allows one IP address 50 requests in ten seconds and 200 in a minute, whoever sends them
 * (protocol.md 2.3): all accounts on the site, and the user's browser, which must never have to wait for us. So we use
 * less than half.
 */
const limits = [
  { requests: 20, period: 10_000 },
  { requests: 80, period: 60_000 },
] as const

/** The requests to each forum from all accounts, with or without a key. */
export interface OriginBudgets {
  /** Takes one request to an origin. Returns 0 if it may be sent now, otherwise the milliseconds until it may. */
  take(origin: string): number
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

/** All times are on the monotonic clock. */
interface OriginBudget {
  readonly windows: readonly { readonly window: SlidingWindow; readonly requests: number }[]
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
      if (Math.max(blockedUntil, closedUntil) <= now && windows.every(({ window }) => window.count(now) === 0))
        budgets.delete(origin)
    sweepsAt = Math.max(mostIdle, 2 * budgets.size)
  }

  const budgetOf = (origin: string): OriginBudget => {
    const existing = budgets.get(origin)
    if (existing !== undefined) return existing
    if (budgets.size >= sweepsAt) sweep()
    const made = {
      windows: limits.map(({ period, requests }) => ({ window: createSlidingWindow(period, 1), requests })),
      ...{ blockedUntil: 0, closedUntil: 0 },
    }
    budgets.set(origin, made)
    return made
  }
  return {
    take: (origin) => {
      const now = clock.elapsed()
      const { windows } = budgetOf(origin)
      let wait = 0
      for (const { window, requests } of windows) wait = Math.max(wait, window.wait(requests, now))
      if (wait === 0) for (const { window } of windows) window.add(now)
      return wait
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
