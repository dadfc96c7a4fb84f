import type { Clock } from '../ports/clock.ts'

/** Decides when an account's forum is asked next. */
export interface QuestionSchedule {
  /** Asks after `delay` milliseconds instead of the planned time. */
  plan(delay: number): void
  cancel(): void
  /** Something has happened: asks at once the first time, then throttled. */
  hurry(): void
  /** The pending request may already be out of date: another one follows at once. */
  askAgain(): void
  /** A request begins. */
  onQuestion(): void
  /**
   * It has ended, and the next one is due after `delay` milliseconds; sooner if `hurry` was called, unless it failed.
   */
  onAnswer(delay: number | undefined, hasFailed: boolean): void
  /** Stops asking. */
  stop(): void
}

/**
 * The minimum time between consecutive requests during a burst of bus messages, in milliseconds; the first request is
 * made at once, and the last value applies to all that follow.
 */
const gaps = [5000, 5000, 5000, 10_000, 20_000, 30_000] as const
/** A burst is over when `hurry` has led to no request for this long, in milliseconds. */
const quiet = 15_000

/**
 * @param ask makes the request; called only while none is pending
 * @param leastGap the minimum time between two hurried requests that the forum's limits allow, in milliseconds
 */
export const createQuestionSchedule = (clock: Clock, ask: () => void, leastGap: () => number): QuestionSchedule => {
  let cancelTimer: () => void = () => undefined
  let isStopped = false
  let isAsking = false
  /** When the next hurried request is due, and when the last one was. */
  let wantedAt: number | undefined
  let hurriedAt = Number.NEGATIVE_INFINITY
  /** How many requests in a row this burst has caused. */
  let inBurst = 0

  const plan = (delay: number): void => {
    cancelTimer()
    if (isStopped) return
    if (delay <= 0) ask()
    else cancelTimer = clock.after(delay, ask)
  }

  return {
    plan,
    cancel: () => cancelTimer(),
    hurry: () => {
      if (wantedAt !== undefined) return
      const now = clock.elapsed()
      inBurst = now - hurriedAt > quiet ? 0 : Math.min(inBurst + 1, gaps.length - 1)
      const pause = Math.max(gaps[inBurst] ?? 0, leastGap())
      wantedAt = Math.max(now, hurriedAt + pause)
      hurriedAt = wantedAt
      if (!isAsking) plan(wantedAt - now)
    },
    askAgain: () => {
      wantedAt = clock.elapsed()
    },
    onQuestion: () => {
      cancelTimer()
      isAsking = true
      if (wantedAt !== undefined && wantedAt <= clock.elapsed()) wantedAt = undefined
    },
    onAnswer: (delay, hasFailed) => {
      isAsking = false
      if (hasFailed) wantedAt = undefined
      // What the channel reported during the request may not be included in its response.
      if (delay !== undefined) plan(Math.min(delay, (wantedAt ?? Number.POSITIVE_INFINITY) - clock.elapsed()))
    },
    stop: () => {
      isStopped = true
      cancelTimer()
    },
  }
}
