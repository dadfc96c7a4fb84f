import type { Clock } from '../../engine/clock.ts'

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves on, firing each timer that falls due in its order and at its time. */
  advance(milliseconds: number): void
  /** How many timers are waiting. */
  pending(): number
}

/** A clock that begins at `start`, in milliseconds since 1970. */
export const createFakeClock = (start = Date.UTC(2026, 10, 23, 12)): FakeClock => {
  let now = start
  let timers: readonly { readonly at: number; readonly action: () => void }[] = []
  return {
    now: () => now,
    after: (milliseconds, action) => {
      const timer = { at: now + milliseconds, action }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (milliseconds) => {
      const end = now + milliseconds
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.action()
      }
      now = end
    },
    pending: () => timers.length,
  }
}
