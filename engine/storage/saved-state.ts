import * as v from 'valibot'
import { signInMethodSchema } from '../../common/contract/sign-in-method.ts'
import { defaultPreferences, readPreferences } from '../../common/preferences/preferences.ts'

// What is kept in the settings file. No secret is in it: keys and nonces are in the vault under the same ids.

const site = v.object({ base: v.string(), host: v.string(), title: v.string(), color: v.nullable(v.string()) })
export const savedAccountSchema = v.object({
  id: v.string(),
  site,
  username: v.string(),
  /** The forum's number for the user, part of the names of their live channels; null while unknown. */
  userId: v.optional(v.nullable(v.number()), null),
  /** Random per account and kept for signing in again (protocol.md 1.6). */
  clientId: v.string(),
  scopes: v.array(v.string()),
  apiVersion: v.number(),
  approvedAt: v.number(),
  expiresAt: v.nullable(v.number()),
  /** The forum has refused the key; it is not asked again until the user has signed in again. */
  refused: v.boolean(),
  /** The user wants the access taken back, and the forum has not confirmed it yet. */
  revoking: v.boolean(),
})

const savedAttemptSchema = v.object({
  id: v.string(),
  site,
  apiVersion: v.number(),
  method: signInMethodSchema,
  methods: v.array(signInMethodSchema),
  userCode: v.nullable(v.string()),
  /** The account that is signed in again; null for a new one. */
  account: v.nullable(v.string()),
  clientId: v.string(),
  scopes: v.array(v.string()),
  accessDays: v.nullable(v.number()),
  canLimitAccess: v.boolean(),
  createdAt: v.number(),
  expiresAt: v.number(),
})

export const savedStateSchema = v.object({
  version: v.literal(1),
  accounts: v.array(savedAccountSchema),
  attempts: v.array(savedAttemptSchema),
  /** Ids of accounts that were removed and whose keys the keychain may still hold. */
  removed: v.optional(v.array(v.string()), []),
  /** Never a reason to set the file aside. */
  preferences: v.optional(v.pipe(v.unknown(), v.transform(readPreferences)), {}),
})

export type SavedState = v.InferOutput<typeof savedStateSchema>
export type SavedAccount = SavedState['accounts'][number]
export type SavedAttempt = SavedState['attempts'][number]

/** What a first start begins with. */
export const emptyState = (): SavedState => ({
  version: 1,
  accounts: [],
  attempts: [],
  removed: [],
  preferences: defaultPreferences,
})
