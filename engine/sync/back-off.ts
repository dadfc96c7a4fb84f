/** After failures a forum is asked ever more rarely, down to this, in milliseconds. */
const longest = 30 * 60_000
/** A forum in trouble is never asked sooner than this. */
const shortest = 5000

/**
 * Milliseconds until a forum is asked again after so many failures in a row: anything between nothing and a span that
 * doubles, so that the many who lost the same forum do not all come back at once (“full jitter”).
 * @param failures 1 or more
 * @param interval milliseconds between two questions in good times
 * @param fraction a random number, 0 to 1
 */
export const backOff = (failures: number, interval: number, fraction: number): number =>
  Math.max(shortest, Math.min(longest, interval * 2 ** Math.min(failures, 12)) * fraction)
