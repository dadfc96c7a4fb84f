/** The longest delay after failures, in milliseconds. */
const longest = 30 * 60_000
/** The shortest delay after failures, in milliseconds. */
const shortest = 5000

/**
 * Milliseconds until a forum is asked again after failures: exponential back-off with full jitter, so that the many
 * clients of a forum that was down do not all come back at once. It grows with the time for which the trouble has
 * lasted, not with the number of failures, of which chance may bring several within a minute: after an outage of a
 * minute nobody waits for ten.
 * @param lasted milliseconds since the first of the failures
 * @param interval milliseconds between two requests while nothing fails
 * @param fraction a random number, 0 to 1
 */
export const backOff = (lasted: number, interval: number, fraction: number): number =>
  Math.max(shortest, Math.min(longest, 2 * interval + lasted) * fraction)
