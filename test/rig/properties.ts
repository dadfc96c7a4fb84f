import fc from 'fast-check'

// Property tests try the same inputs in every run, so that a change is judged by the same inputs as the one before it,
// and a failure can be repeated. `PROPERTY_SEED=random` tries new ones; a number repeats those of such a run.

const asked = process.env['PROPERTY_SEED'] ?? '1'

/** The seed of this run, for properties that print it. */
export const propertySeed = asked === 'random' ? Date.now() % 1_000_000_000 : Number(asked)

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
