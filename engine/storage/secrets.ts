import * as v from 'valibot'

/** Everything secret, kept as one keychain item (design decision 3). */
export const secretsSchema = v.object({
  version: v.literal(1),
  keypair: v.nullable(
    v.object({
      publicKey: v.string(),
      privateKey: v.string(),
      /** Milliseconds since 1970; null for one that was made before this was noted. */
      createdAt: v.optional(v.nullable(v.number()), null),
    }),
  ),
  /** User API key by account id. */
  keys: v.record(v.string(), v.string()),
  /** Nonce by attempt id. */
  nonces: v.record(v.string(), v.string()),
  /** What the forum granted for signing in by device code, by attempt id; the interval in milliseconds. */
  grants: v.optional(
    v.record(v.string(), v.object({ deviceCode: v.string(), page: v.string(), interval: v.number() })),
    {},
  ),
  /** Keys that no account uses, replaced or never wanted, and that the forum has not confirmed as revoked yet. */
  retired: v.array(v.object({ base: v.string(), key: v.string() })),
})

export type Secrets = v.InferOutput<typeof secretsSchema>

/** What a new vault holds. */
export const noSecrets = (): Secrets => ({ version: 1, keypair: null, keys: {}, nonces: {}, grants: {}, retired: [] })
