/** The program's resources in a sixth of a soak. */
export interface Footprint {
  /** Resident memory: the smallest of many samples, for garbage that is not collected yet does not count. */
  readonly megabytes: number
  /** Live objects and buffers at the end of the sixth, after forced collections, in megabytes. */
  readonly live: number
  readonly handles: number
  readonly sockets: number
}

/** How many file descriptors more are no growth: polls that happen to be under way. */
const spare = 20

/**
 * What has grown in a soak; empty when nothing has.
 *
 * A leak shows in what is live after a collection: it may differ by 5 % between the end of the first third, when every
 * account runs, and the end of the soak. An array that kept what belongs to each poll was told by that within nine
 * minutes (24.2 and 26.6 MB). Resident memory says less. V8 widens its old space as garbage comes, and keeps it: 200
 * accounts under 5 % faults had 89, 106, 129, 131, 130 and 130 MB in the sixths of 45 minutes, and 20 to 21 MB live all
 * along. So it is compared from the third sixth on, where it has its width, and may grow by 10 %, which leaks outside
 * of V8's heap would pass.
 */
export const growthIn = (sixths: readonly Footprint[]): readonly string[] => {
  const [, second, third, , , last] = sixths
  if (second === undefined || third === undefined || last === undefined) return ['a sixth was not measured']
  const grown = (what: string, from: number, to: number, limit: number): readonly string[] =>
    to <= limit ? [] : [`${what} grew from ${from} to ${to}`]
  return [
    ...grown('live memory', second.live, last.live, second.live * 1.05),
    ...grown('resident memory', third.megabytes, last.megabytes, third.megabytes * 1.1),
    ...grown('handles', second.handles, last.handles, second.handles + spare),
    ...grown('sockets', second.sockets, last.sockets, second.sockets + spare),
  ]
}
