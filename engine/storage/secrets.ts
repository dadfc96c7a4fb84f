import * as v from 'valibot'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { timeSchema } from '../../common/contract/time-schema.ts'
import { parseJson } from '../parsing/parse-json.ts'

/** All secrets, stored as one keychain item (ARCHITECTURE.md, decision 3). */
const secretsSchema = v.object({
  version: v.literal(1),
  keypair: v.nullable(
    v.object({
      publicKey: v.string(),
      privateKey: v.string(),
      /** Milliseconds since 1970; null for a keypair from before this was recorded. */
      createdAt: v.optional(v.nullable(timeSchema), null),
    }),
  ),
  /** User API key by account id. */
  keys: v.record(v.string(), v.string()),
  /** Nonce by attempt id. */
  nonces: v.record(v.string(), v.string()),
  /** The forum's device-code grant, by attempt id; the interval in milliseconds. */
  grants: v.optional(
    v.record(v.string(), v.object({ deviceCode: v.string(), page: v.string(), interval: v.number() })),
    {},
  ),
  /**
   * Who each key belongs to, by account id. With this an account can be restored, or its key revoked, when the settings
   * file is damaged, lost, or was not written before a crash.
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
        approvedAt: timeSchema,
        expiresAt: v.nullable(timeSchema),
      }),
    ),
    {},
  ),
  /** Keys received for an attempt, by attempt id, until the forum has said which user they belong to. */
  received: v.optional(
    v.record(v.string(), v.object({ base: v.string(), key: v.string(), expiresAt: v.nullable(timeSchema) })),
    {},
  ),
  /** Keys that no account uses, because they were replaced or unwanted, and whose revocation is not confirmed yet. */
  retired: v.array(v.object({ base: v.string(), key: v.string() })),
})

export type Secrets = v.InferOutput<typeof secretsSchema>
export type KeyOwner = Secrets['owners'][string]

const versionSchema = v.object({ version: v.number() })

/**
 * Reads the text of a keychain item. Fields added in later versions have defaults.
 * Failures: `keychain_newer` for an item written by a newer version of this program, `keychain_damaged` for anything
 * else that is not ours.
 * @param item the item's name, for the failure
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
 * Merges two diverged states so that no secret of either is lost. In a conflict `ours` wins: it is what this program
 * has been working with.
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

/** The contents of a new vault. */
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

/** Without anything that belongs to an attempt; a key received for it is retired, because the forum has issued it. */
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
