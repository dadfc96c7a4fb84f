import type { Clock } from '../ports/clock.ts'

/**
 * Makes a function that asks for `action` and may be called as often as one likes. The action follows once for all
 * calls of a turn, right after it; then not again before `interval` milliseconds are over, once for all calls since.
 */
export const throttle = (clock: Pick<Clock, 'after' | 'now'>, interval: number, action: () => void): (() => void) => {
  let last = Number.NEGATIVE_INFINITY
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    // No more than the interval, also when the computer's clock was set back.
    const wait = Math.min(interval, Math.max(0, last + interval - clock.now()))
    clock.after(wait, () => {
      isDue = false
      last = clock.now()
      action()
    })
  }
}
