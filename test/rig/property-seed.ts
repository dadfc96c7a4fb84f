// Property tests try the same inputs in every run, so that a change is judged by the same inputs as the one before it,
// and a failure can be repeated. `PROPERTY_SEED=random` tries new ones; a number repeats those of such a run.

const asked = process.env['PROPERTY_SEED'] ?? '1'

/** The seed of this run: of property tests, and of the jitter in rigs. */
export const propertySeed = asked === 'random' ? Date.now() % 1_000_000_000 : Number(asked)
