import fc from 'fast-check'
import { propertySeed } from './property-seed.ts'

const askedRuns = process.env['PROPERTY_RUNS']

/**
 * How often a property of the whole engine is tried: as often as a run of all tests has time for, or `PROPERTY_RUNS` in
 * hunts by hand, which need `--testTimeout 0`.
 */
export const propertyRuns = (runs: number): number => (askedRuns === undefined ? runs : Number(askedRuns))

/**
 * In milliseconds, less than the time limit of a test. A property stops then, whether it tries further inputs on a busy
 * machine, which passes with those it has tried, or ever smaller ones after a failure, which is reported.
 */
const interruptAfterTimeLimit = askedRuns === undefined ? 200_000 : 2 ** 31 - 1
/** In milliseconds. One input that takes longer hangs, which is a failure with that input; most take less than a second. */
const timeout = 90_000

fc.configureGlobal({ seed: propertySeed, interruptAfterTimeLimit, timeout })

export { fc }
