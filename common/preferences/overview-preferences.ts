import * as v from 'valibot'
import type { Immutable } from '../contract/immutable.ts'

// Where the user has put the accounts: a list without a group, and groups with a list each. What is in no list comes last
// among those without a group (`arrange`), so that nothing here can make an account disappear.

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const mostAccounts = 1000

/** How many groups there may be, and how long a name may be, in UTF-16 code units. */
export const mostGroups = 50
export const longestGroupName = 40

const groupEntries = {
  id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestGroupName)),
  isFolded: v.boolean(),
  /** Ids, in their order. */
  accounts: v.pipe(v.array(id), v.maxLength(mostAccounts)),
}

export const overviewEntries = {
  /** Ids of the accounts that are in no group, in their order. */
  ungrouped: v.pipe(v.array(id), v.maxLength(mostAccounts)),
  groups: v.pipe(
    v.array(v.object(groupEntries)),
    v.maxLength(mostGroups),
    v.check((groups) => new Set(groups.map((group) => group.id)).size === groups.length),
  ),
}

const overviewSchema = v.object(overviewEntries)
export type OverviewPreferences = Immutable<v.InferOutput<typeof overviewSchema>>
export type AccountGroup = OverviewPreferences['groups'][number]

export const defaultOverview: OverviewPreferences = { ungrouped: [], groups: [] }

/** A list of which only valid items are kept. */
const forgivingList = <Item>(item: v.GenericSchema<unknown, Item>, most: number) =>
  v.pipe(
    v.unknown(),
    v.transform((stored): Item[] => {
      const found = (Array.isArray(stored) ? stored : []).flatMap((one) => {
        const read = v.safeParse(item, one)
        return read.success ? [read.output] : []
      })
      return found.slice(0, most)
    }),
  )

/** Reads what a settings file has; an invalid group or id does not affect the others. */
export const forgivingOverview = v.looseObject({
  ungrouped: forgivingList(id, mostAccounts),
  groups: v.pipe(
    forgivingList(
      v.looseObject({
        ...groupEntries,
        isFolded: v.fallback(v.boolean(), false),
        accounts: v.optional(forgivingList(id, mostAccounts), []),
      }),
      mostGroups,
    ),
    v.transform((groups) => [...new Map(groups.map((group) => [group.id, group])).values()]),
  ),
})
