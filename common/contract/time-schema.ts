import * as v from 'valibot'

/** The latest and, negative, the earliest time that a `Date` can hold (ECMA-262, 21.4.1.1). */
const farthest = 8.64e15

/**
 * Milliseconds since 1970. Any other number makes formatting throw, and with it whatever shows all accounts at once; JSON
 * can hold a number like 1e400, which JavaScript reads as Infinity.
 */
export const timeSchema = v.pipe(v.number(), v.minValue(-farthest), v.maxValue(farthest))
