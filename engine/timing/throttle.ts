import type { Clock } from '../ports/clock.ts'

/**
 * Makes a function that requests `action` and may be called any number of times. The action runs once for all calls of
 * a turn, right after it; then not again until `interval` milliseconds have passed, once for all calls since.
 */
export const throttle = (clock: Pick<Clock, 'after' | 'now'>, interval: number, action: () => void): (() => void) => {
  let last = Number.NEGATIVE_INFINITY
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    // At most the interval, even if the computer's clock was set back.
    const wait = Math.min(interval, Math.max(0, last + interval - clock.now()))
    clock.after(wait, () => {
      isDue = false
      last = clock.now()
      action()
    })
  }
}
