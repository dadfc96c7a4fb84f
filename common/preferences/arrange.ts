import type { AccountGroup, OverviewPreferences } from './overview-preferences.ts'

interface Identified {
  readonly id: string
}

/** The accounts of a group, or with null those of none. */
export interface Section<Item> {
  readonly group: AccountGroup | null
  readonly accounts: readonly Item[]
}

/**
 * Arranges accounts as the user has: those without a group first, then each group. Every account is in exactly
 * one section, whatever the preferences say: one that they do not name comes last among those without a group, one that
 * they name twice is where they name it first, and anything else they name is ignored.
 */
export const arrange = <Item extends Identified>(
  { ungrouped, groups }: OverviewPreferences,
  accounts: readonly Item[],
): readonly [Section<Item>, ...Section<Item>[]] => {
  const left = new Map(accounts.map((account) => [account.id, account]))
  const take = (ids: readonly string[]): readonly Item[] =>
    ids.flatMap((id) => {
      const account = left.get(id)
      left.delete(id)
      return account === undefined ? [] : [account]
    })
  const first = take(ungrouped)
  const others = groups.map((group) => ({ group, accounts: take(group.accounts) }))
  return [{ group: null, accounts: [...first, ...left.values()] }, ...others]
}

/** All accounts in the order of `arrange`, which every list of accounts follows. */
export const inOrder = <Item extends Identified>(
  overview: OverviewPreferences,
  accounts: readonly Item[],
): readonly Item[] => arrange(overview, accounts).flatMap((section) => section.accounts)
