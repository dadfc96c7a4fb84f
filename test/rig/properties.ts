import fc from 'fast-check'

// Property tests try the same inputs in every run: a change is not judged by inputs that the change before it did not have,
// and a failure is seen again by running again. `PROPERTY_SEED=random` looks for new ones; a number repeats those of such a run.

const asked = process.env['PROPERTY_SEED'] ?? '1'

/** The seed of this run, for properties that print it. */
export const propertySeed = asked === 'random' ? Date.now() % 1_000_000_000 : Number(asked)

fc.configureGlobal({ seed: propertySeed })

export { fc }
