import type { Clock } from '../../engine/ports/clock.ts'

/** Three within a minute are no accident. */
const most = 3
const span = 60_000

/** Counts crashes. The returned function records one, and says whether there have been too many in the last minute. */
export const createCrashCounter = (clock: Pick<Clock, 'elapsed'>): (() => boolean) => {
  let crashes: readonly number[] = []
  return () => {
    const now = clock.elapsed()
    crashes = [...crashes.filter((at) => now - at < span), now]
    return crashes.length >= most
  }
}
