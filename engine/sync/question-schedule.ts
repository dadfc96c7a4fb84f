import type { Clock } from '../ports/clock.ts'

/** When an account's forum is asked next. */
export interface QuestionSchedule {
  /** In so many milliseconds, instead of whatever was planned. */
  plan(delay: number): void
  cancel(): void
  /** Something has happened: as soon as may be, at once the first time and then not too often. */
  hurry(): void
  /** The question that is under way may be too old already: another one follows it at once. */
  askAgain(): void
  /** A question begins. */
  onQuestion(): void
  /** It has ended, and the next one is due after so many milliseconds; sooner if that was asked for, unless it failed. */
  onAnswer(delay: number | undefined, hasFailed: boolean): void
  /** No more questions. */
  stop(): void
}

/**
 * The least time between two questions about messages that come in a row, the first of which is asked about at once. In
 * milliseconds; the last stands for all that follow.
 */
const gaps = [5000, 5000, 5000, 10_000, 20_000, 30_000] as const
/** A burst is over when nothing has been asked about for so long. */
const quiet = 15_000

/**
 * @param ask asks; called with nothing under way
 * @param leastGap the least time between two hurried questions that the forum's limits allow, in milliseconds
 */
export const createQuestionSchedule = (clock: Clock, ask: () => void, leastGap: () => number): QuestionSchedule => {
  let cancelTimer: () => void = () => undefined
  let isStopped = false
  let isAsking = false
  /** When what has happened is to be asked about, and when that was last. */
  let wantedAt: number | undefined
  let hurriedAt = Number.NEGATIVE_INFINITY
  /** How many questions in a row this burst has led to. */
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
      // What the forum said while it was being asked may not be in its answer.
      if (delay !== undefined) plan(Math.min(delay, (wantedAt ?? Number.POSITIVE_INFINITY) - clock.elapsed()))
    },
    stop: () => {
      isStopped = true
      cancelTimer()
    },
  }
}
