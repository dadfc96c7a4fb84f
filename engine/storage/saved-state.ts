import * as v from 'valibot'
import { parseUrl } from '../../common/contract/parse-url.ts'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import { timeSchema } from '../../common/contract/time-schema.ts'
import { unprintable } from '../../common/contract/unprintable.ts'
import { withoutTrailingSlashes } from '../../common/contract/without-trailing-slashes.ts'
import { defaultPreferences, readPreferences } from '../../common/preferences/preferences.ts'

// What the settings file stores. It holds no secrets: keys and nonces are in the vault, under the same ids. A payload is
// encrypted for the key in the vault.

/** Cleaned as the engine writes it, for it is printed as it is. */
const text = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.transform((given) => (unprintable.test(given) ? given.replace(new RegExp(unprintable, 'gu'), '') : given)),
)
const payload = v.pipe(v.string(), v.maxLength(20_000))
/** Names files, and fields of objects, all of which have some that nobody has put there. */
const id = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/),
  v.check((name) => !(name in {})),
)
/** `JSON.parse` turns `1e400` into Infinity. */
const finite = v.pipe(v.number(), v.finite())
const scopes = v.pipe(v.array(text), v.maxLength(100))

const isWebAddress = (base: string): boolean => /^https?:$/.test(parseUrl(base)?.protocol ?? '')
/**
 * Normalised before it reaches browsers and other programs: not all of them parse `http://forum\\@evil` as Node does.
 */
const normalised = (address: string): string => {
  const { origin, pathname } = new URL(address)
  return origin + withoutTrailingSlashes(pathname)
}
const base = v.pipe(text, v.check(isWebAddress, 'is no web address'), v.transform(normalised))
const site = v.object({ base, host: text, title: text, color: v.nullable(text) })

export const savedAccountSchema = v.object({
  id,
  site,
  username: text,
  /** The user's id on the forum, part of the names of their live channels; null while unknown. */
  userId: v.optional(v.nullable(finite), null),
  /** Of this account only, and reused when signing in again (protocol.md 1.6). */
  clientId: text,
  scopes,
  apiVersion: finite,
  approvedAt: timeSchema,
  expiresAt: v.nullable(timeSchema),
  /** The forum has refused the key; the user has to sign in again. */
  refused: v.boolean(),
  /** The user has revoked the access, and the forum has not confirmed it yet. */
  revoking: v.boolean(),
})

const savedAttemptSchema = v.object({
  id,
  site,
  apiVersion: finite,
  method: signInMethodSchema,
  methods: v.array(signInMethodSchema),
  userCode: v.nullable(text),
  /** The account that is signing in again; null for a new one. */
  account: v.nullable(id),
  clientId: text,
  scopes,
  accessDays: v.nullable(finite),
  /**
   * What the forum answered to the device code, which it does only once: encrypted to our public key, and kept until the
   * key in it is in the vault. null before, and with other methods.
   */
  payload: v.optional(v.nullable(payload), null),
  canLimitAccess: v.boolean(),
  createdAt: timeSchema,
  expiresAt: timeSchema,
})

const removedSchema = v.pipe(v.array(id), v.maxLength(10_000))

export const savedStateSchema = v.object({
  version: v.literal(1),
  accounts: v.array(savedAccountSchema),
  attempts: v.array(savedAttemptSchema),
  /** Ids of removed accounts whose keys may still be in the keychain. */
  removed: v.optional(removedSchema, []),
  preferences: v.optional(v.pipe(v.unknown(), v.transform(readPreferences)), {}),
})

export type SavedState = v.InferOutput<typeof savedStateSchema>
export type SavedAccount = SavedState['accounts'][number]
export type SavedAttempt = SavedState['attempts'][number]

/** The state at the first start. */
export const emptyState = (): SavedState => ({
  version: 1,
  accounts: [],
  attempts: [],
  removed: [],
  preferences: defaultPreferences,
})

/** The state as read, and what could not be read. */
export interface ReadState {
  readonly state: SavedState
  readonly isNewer: boolean
  /** How many entries could not be read, or are more than are read. */
  readonly unreadable: number
  /** Accounts with the same id as an earlier one, at most five; `unreadable` has the others. */
  readonly duplicates: readonly SavedAccount[]
}

/** More accounts, or sign-ins, than anybody has: what goes on in a file may not hold up the start for minutes. */
const mostEntries = 2000
const mostNamed = 5

/** The minimum for a file to count as ours. */
const frameSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  accounts: v.array(v.unknown()),
  attempts: v.optional(v.unknown()),
  removed: v.optional(v.unknown()),
  preferences: v.optional(v.unknown()),
})

/** Reads a settings file's JSON entry by entry; undefined when it is not a settings file of ours. */
export const readState = (json: unknown): ReadState | undefined => {
  const frame = v.safeParse(frameSchema, json)
  if (!frame.success) return undefined
  const { version, preferences, ...stored } = frame.output
  const given = { accounts: stored.accounts, attempts: Array.isArray(stored.attempts) ? stored.attempts : [] }
  const readable = given.accounts.slice(0, mostEntries).flatMap((entry) => parsed(savedAccountSchema, entry))
  const attempts = given.attempts.slice(0, mostEntries).flatMap((entry) => parsed(savedAttemptSchema, entry))
  const ids = new Set<string>()
  const accounts: SavedAccount[] = []
  const duplicates: SavedAccount[] = []
  for (const account of readable) {
    const isFirst = !ids.has(account.id)
    ids.add(account.id)
    if (isFirst) accounts.push(account)
    else duplicates.push(account)
  }
  const named = duplicates.slice(0, mostNamed)
  const [removed = []] = parsed(removedSchema, stored.removed)
  return {
    state: {
      ...{ version: 1, accounts, attempts, removed },
      preferences: readPreferences(preferences ?? {}),
    },
    isNewer: version > 1,
    unreadable: given.accounts.length - accounts.length - named.length + given.attempts.length - attempts.length,
    duplicates: named,
  }
}

/** The entry in an array, or nothing when it cannot be read. */
const parsed = <Schema extends v.GenericSchema>(schema: Schema, entry: unknown): v.InferOutput<Schema>[] => {
  const result = v.safeParse(schema, entry)
  return result.success ? [result.output] : []
}
