import * as v from 'valibot'
import type { Immutable } from '../../common/contract/immutable.ts'
import { notificationSchema } from '../../common/contract/notification.ts'
import { countsSchema } from '../../common/contract/snapshot.ts'

/** Milliseconds since 1970. JSON has numbers beyond range, such as 1e400, which are none. */
const time = v.pipe(v.number(), v.finite())

/** Many more than are kept. */
const mostRows = 1000

/**
 * What is remembered of an account besides who it is: a state file of its own, because it changes with every answer.
 * Losing it costs a few requests.
 */
export const accountCacheSchema = v.object({
  version: v.literal(1),
  counts: v.nullable(countsSchema),
  /** When the forum last gave the counts. */
  checkedAt: v.nullable(time),
  /** When the key was last used. */
  lastUsedAt: v.nullable(time),
  /** The newest notifications, the newest first; null before the first list. */
  items: v.nullable(v.pipe(v.array(notificationSchema), v.maxLength(mostRows))),
  /** When the forum last gave the list. */
  listedAt: v.nullable(time),
  /** Until when the user wants quiet on the forum, as set there; null for no such wish. */
  doNotDisturbUntil: v.nullable(time),
  /** When the forum turned out to have no totals (before 3.3, protocol.md 5.2); null while it has them or nobody knows. */
  totalsMissingSince: v.nullable(time),
  /** When the forum's live channel turned out to be of no use; null while it is, or nobody knows. */
  liveUselessSince: v.nullable(time),
  /** When something on the way turned out to hold back what the live channel streams; null while nothing is known to. */
  bufferedSince: v.optional(v.nullable(time), null),
  /** When the forum was last asked with a key that it had refused; null for a key that it takes. */
  refusedKeyTriedAt: v.optional(v.nullable(time), null),
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
