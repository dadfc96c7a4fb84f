import * as v from 'valibot'
import type { NotificationItem } from '../../../common/contract/notification.ts'
import { countsSchema } from '../../../common/contract/snapshot.ts'
import { timeSchema } from '../../../common/contract/time-schema.ts'
import type { Account } from '../../account.ts'
import { parseJson } from '../../parsing/parse-json.ts'
import type { StateFiles } from '../../storage/state-files.ts'
import { storedRowSchema } from '../../storage/stored-row.ts'
import { type AlertLedger, emptyLedger } from './alert-ledger.ts'

// Before there were ledgers, what the user had been alerted to was kept in three places: the account's cache (by ids),
// `told` (what was shown for which account) and `held-back` (what was deferred). They are read once for each account,
// when it has no ledger yet.

const cacheSchema = v.object({
  items: v.nullable(v.array(storedRowSchema)),
  counts: v.nullable(countsSchema),
  listedAt: v.nullable(timeSchema),
  toldUpTo: v.number(),
  toldAbove: v.optional(v.array(v.number()), []),
})
const shownSchema = v.object({
  told: v.array(v.tuple([v.string(), v.object({ account: v.string(), at: timeSchema })])),
})
const deferredSchema = v.object({
  held: v.record(v.string(), v.object({ notifications: v.array(v.number()), before: v.nullable(countsSchema) })),
})

/** The ledger according to the files of an earlier version; undefined if there are none for this account. */
export const readEarlierLedger = (files: StateFiles, { id, site }: Account): AlertLedger | undefined => {
  const read = v.safeParse(cacheSchema, files.read(`account-${id}`))
  if (!read.success) return undefined
  const { items, counts, listedAt, toldUpTo, toldAbove } = read.output
  const rows = items ?? []
  const told = rows.filter((row) => row.id <= toldUpTo || toldAbove.includes(row.id))
  const deferred = deferredOf(files, id)
  return {
    ...emptyLedger(coveredSince(rows, toldUpTo) ?? listedAt ?? 0),
    known: told.map((row) => ({ id: row.id, content: null, isRead: row.read })),
    counts: deferred.before ?? counts,
    isRiseDeferred: deferred.before !== null,
    deferred: rows.filter((row) => deferred.notifications.includes(row.id)),
    shown: shownOf(files, id, site.base),
  }
}

/** The time of the newest row that the user had been alerted to along with all before it. */
const coveredSince = (rows: readonly NotificationItem[], toldUpTo: number): number | undefined => {
  const times = rows.filter((row) => row.id <= toldUpTo).map((row) => row.createdAt)
  return times.length === 0 ? undefined : Math.max(...times)
}

const deferredOf = (files: StateFiles, account: string) => {
  const read = v.safeParse(deferredSchema, files.read('held-back'))
  return (read.success ? read.output.held[account] : undefined) ?? { notifications: [], before: null }
}

const shownOf = (files: StateFiles, account: string, base: string): AlertLedger['shown'] => {
  const read = v.safeParse(shownSchema, files.read('told'))
  return (read.success ? read.output.told : []).flatMap(([key, { account: whose, at }]) => {
    const place = v.safeParse(placeSchema, parseJson(key))
    return whose === account && place.success && place.output[0] === base
      ? [{ place: JSON.stringify(place.output.slice(1)), at }]
      : []
  })
}

const placeSchema = v.tuple([v.string(), v.string(), v.nullable(v.string())])
