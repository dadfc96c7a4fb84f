/** The longest delay after failures, in milliseconds. */
const longest = 30 * 60_000
/** The shortest delay after failures, in milliseconds. */
const shortest = 5000

/**
 * Milliseconds until a forum is asked again after consecutive failures: exponential back-off with full jitter, so that
 * the many clients of a forum that was down do not all come back at once.
 * @param failures how many in a row, 1 or more
 * @param interval milliseconds between two requests while nothing fails
 * @param fraction a random number, 0 to 1
 */
export const backOff = (failures: number, interval: number, fraction: number): number =>
  Math.max(shortest, Math.min(longest, interval * 2 ** Math.min(failures, 12)) * fraction)
