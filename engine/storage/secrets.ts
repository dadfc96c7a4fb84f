import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { parseJson } from '../parsing/parse-json.ts'

/** Everything secret, kept as one keychain item (ARCHITECTURE.md, decision 3). */
const secretsSchema = v.object({
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
  /**
   * Whose key it is, by account id: with this an account can be restored, or its key revoked, when the settings file is
   * damaged, lost, or was not written before a crash.
   */
  owners: v.optional(
    v.record(
      v.string(),
      v.object({
        base: v.string(),
        username: v.string(),
        userId: v.nullable(v.number()),
        clientId: v.string(),
        scopes: v.array(v.string()),
        apiVersion: v.number(),
        approvedAt: v.number(),
        expiresAt: v.nullable(v.number()),
      }),
    ),
    {},
  ),
  /** Keys that arrived for an attempt, by attempt id, until the forum has said whose they are. */
  received: v.optional(
    v.record(v.string(), v.object({ base: v.string(), key: v.string(), expiresAt: v.nullable(v.number()) })),
    {},
  ),
  /** Keys that no account uses, replaced or never wanted, and that the forum has not confirmed as revoked yet. */
  retired: v.array(v.object({ base: v.string(), key: v.string() })),
})

export type Secrets = v.InferOutput<typeof secretsSchema>
export type KeyOwner = Secrets['owners'][string]

const versionSchema = v.object({ version: v.number() })

/**
 * Reads the text of a keychain item. Fields that came later have a value for items that lack them.
 * Failures: `keychain_newer` for what a later version of this program wrote, `keychain_damaged` for anything else that is
 * not ours.
 * @param item the name, for the sentence
 */
export const readSecrets = (text: string, item: string): Result<Secrets> => {
  const json = parseJson(text)
  const parsed = v.safeParse(secretsSchema, json)
  if (parsed.success) return ok(parsed.output)
  const version = v.safeParse(versionSchema, json)
  const isNewer = version.success && version.output.version > noSecrets().version
  return isNewer ? fail('keychain_newer') : fail('keychain_damaged', { item })
}

/**
 * Both of two states that have come apart, so that no secret of either is lost. Where both know the same thing, `ours` is
 * right: it is what this program has been working with.
 */
export const joinSecrets = (ours: Secrets, theirs: Secrets): Secrets => ({
  version: ours.version,
  keypair: ours.keypair ?? theirs.keypair,
  keys: { ...theirs.keys, ...ours.keys },
  nonces: { ...theirs.nonces, ...ours.nonces },
  grants: { ...theirs.grants, ...ours.grants },
  owners: { ...theirs.owners, ...ours.owners },
  received: { ...theirs.received, ...ours.received },
  retired: [...ours.retired, ...theirs.retired.filter(({ key }) => !ours.retired.some((entry) => entry.key === key))],
})

/** What a new vault holds. */
export const noSecrets = (): Secrets => ({
  version: 1,
  keypair: null,
  keys: {},
  nonces: {},
  grants: {},
  owners: {},
  received: {},
  retired: [],
})

/** A record without one of its entries. */
export const without = <T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> => {
  const { [id]: _, ...rest } = record
  return rest
}

/** Without anything that belongs to an account. */
export const withoutAccount = (secrets: Secrets, id: string): Secrets => ({
  ...secrets,
  keys: without(secrets.keys, id),
  owners: without(secrets.owners, id),
})

/** Without anything that belongs to an attempt; a key that arrived for it is retired, because the forum has issued it. */
export const withoutAttempt = (secrets: Secrets, id: string): Secrets => {
  const received = secrets.received[id]
  return {
    ...secrets,
    nonces: without(secrets.nonces, id),
    grants: without(secrets.grants, id),
    received: without(secrets.received, id),
    retired:
      received === undefined ? secrets.retired : [...secrets.retired, { base: received.base, key: received.key }],
  }
}
