import * as v from 'valibot'
import type { Immutable } from '../../common/contract/immutable.ts'
import { notificationSchema } from '../../common/contract/notification.ts'
import { countsSchema } from '../../common/contract/snapshot.ts'

/**
 * What is remembered of an account besides who it is: a state file of its own, because it changes with every answer.
 * Losing it costs a few requests.
 */
export const accountCacheSchema = v.object({
  version: v.literal(1),
  counts: v.nullable(countsSchema),
  /** When the forum last gave the counts. */
  checkedAt: v.nullable(v.number()),
  /** When the key was last used. */
  lastUsedAt: v.nullable(v.number()),
  /** The newest notifications, the newest first; null before the first list. */
  items: v.nullable(v.array(notificationSchema)),
  /** When the forum last gave the list. */
  listedAt: v.nullable(v.number()),
  /** Until when the user wants quiet on the forum, as set there; null for no such wish. */
  doNotDisturbUntil: v.nullable(v.number()),
  /** When the forum turned out to have no totals (before 3.3, protocol.md 5.2); null while it has them or nobody knows. */
  totalsMissingSince: v.nullable(v.number()),
  /** When the forum's live channel turned out to be of no use; null while it is, or nobody knows. */
  liveUselessSince: v.nullable(v.number()),
  /** When something on the way turned out to hold back what the live channel streams; null while nothing is known to. */
  bufferedSince: v.optional(v.nullable(v.number()), null),
  /** When the forum was last asked with a key that it had refused; null for a key that it takes. */
  refusedKeyTriedAt: v.optional(v.nullable(v.number()), null),
})

export type AccountCache = Immutable<v.InferOutput<typeof accountCacheSchema>>

/** What is known of an account that has just been added. */
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
