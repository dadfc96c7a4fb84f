import * as v from 'valibot'
import type { Immutable } from '../../common/contract/immutable.ts'
import { countsSchema } from '../../common/contract/snapshot.ts'
import { timeSchema } from '../../common/contract/time-schema.ts'
import { storedRowSchema } from './stored-row.ts'

/** Many more than are ever stored. */
const mostRows = 1000

/**
 * What is cached about an account besides its identity. It has its own state file because it changes with every
 * response. Losing it costs a few requests.
 */
export const accountCacheSchema = v.object({
  version: v.literal(1),
  counts: v.nullable(countsSchema),
  /** When the forum last sent the counts. */
  checkedAt: v.nullable(timeSchema),
  /** When the key was last used. */
  lastUsedAt: v.nullable(timeSchema),
  /** The newest notifications, newest first; null before the first list. */
  items: v.nullable(v.pipe(v.array(storedRowSchema), v.maxLength(mostRows))),
  /** When the forum last sent the list. */
  listedAt: v.nullable(timeSchema),
  /** When the user's do-not-disturb on the forum ends; null if it is off. */
  doNotDisturbUntil: v.nullable(timeSchema),
  /** When the forum turned out to have no totals (before 3.3, protocol.md 5.2); null if it has them, or until known. */
  totalsMissingSince: v.nullable(timeSchema),
  /** When the forum's live channel turned out to be unusable; null if it is usable, or until known. */
  liveUselessSince: v.nullable(timeSchema),
  /** When a proxy was found to buffer the live channel; null if none is known to. */
  bufferedSince: v.optional(v.nullable(timeSchema), null),
  /** When a key that the forum had refused was last tried again; null for a key that it accepts. */
  refusedKeyTriedAt: v.optional(v.nullable(timeSchema), null),
})

export type AccountCache = Immutable<v.InferOutput<typeof accountCacheSchema>>

/** The cache of an account that has just been added. */
export const emptyCache = (): AccountCache => ({
  version: 1,
  counts: null,
  checkedAt: null,
  lastUsedAt: null,
  items: null,
  listedAt: null,
  doNotDisturbUntil: null,
  totalsMissingSince: null,
  liveUselessSince: null,
  bufferedSince: null,
  refusedKeyTriedAt: null,
})
