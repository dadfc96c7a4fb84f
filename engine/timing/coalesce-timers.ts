import type { Clock } from '../ports/clock.ts'

/** Calls `action` once after about so many milliseconds; gives a function that cancels it. */
export type CoalescedTimer = (milliseconds: number, action: () => void) => () => void

/**
 * Timers that may fire a little earlier or later than asked, so that those of one moment fire together: waking an idle
 * processor costs more than most of what is then done. Each fires at the nearest multiple of `slot` milliseconds, never
 * before half a slot has gone by for what has no time left.
 */
export const coalesceTimers = (clock: Pick<Clock, 'after' | 'elapsed'>, slot: number): CoalescedTimer => {
  const slots = new Map<number, Set<() => void>>()

  const fire = (at: number): void => {
    const actions = slots.get(at) ?? []
    slots.delete(at)
    for (const action of actions) action()
  }

  return (milliseconds, action) => {
    const now = clock.elapsed()
    const at = Math.max(Math.round((now + milliseconds) / slot), Math.floor(now / slot) + 1)
    const due = slots.get(at) ?? new Set()
    if (due.size === 0) {
      slots.set(at, due)
      clock.after(at * slot - now, () => fire(at))
    }
    const once = (): void => action()
    due.add(once)
    return () => void due.delete(once)
  }
}
