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
  /** Keys that no account uses, replaced or never wanted, and that the forum has not confirmed as revoked yet. */
  retired: v.array(v.object({ base: v.string(), key: v.string() })),
})

export type Secrets = v.InferOutput<typeof secretsSchema>

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
  retired: [...ours.retired, ...theirs.retired.filter(({ key }) => !ours.retired.some((entry) => entry.key === key))],
})

/** What a new vault holds. */
export const noSecrets = (): Secrets => ({ version: 1, keypair: null, keys: {}, nonces: {}, grants: {}, retired: [] })
