import { arrange, type Section } from './arrange.ts'
import { mostGroups, type OverviewPreferences } from './overview-preferences.ts'

// What the user can do to the order of accounts and to their groups. Each gives the whole section of the preferences as
// it is afterwards, naming every account.

interface Identified {
  readonly id: string
}

/** Where an account can be put: in a group or none, before another account or, with null, at the end. */
export interface Place {
  readonly group: string | null
  readonly before: string | null
}

export type Direction = 'up' | 'down'

/** Where an account is, counted from 1, as it can be told. */
export interface Position {
  /** The name of its group. */
  readonly group: string | null
  readonly place: number
  readonly count: number
}

type Sections = readonly Section<Identified>[]

const written = (sections: Sections): OverviewPreferences => {
  const idsOf = ({ accounts }: Section<Identified>) => accounts.map(({ id }) => id)
  return {
    ungrouped: sections.flatMap((section) => (section.group === null ? idsOf(section) : [])),
    groups: sections.flatMap((section) =>
      section.group === null
        ? []
        : [
            {
              id: section.group.id,
              name: section.group.name,
              isFolded: section.group.isFolded,
              accounts: idsOf(section),
            },
          ],
    ),
  }
}

/** Puts an account somewhere, and unfolds its new group so that it can be seen. A group that is gone is none. */
export const moveAccount = (
  overview: OverviewPreferences,
  accounts: readonly Identified[],
  id: string,
  { group, before }: Place,
): OverviewPreferences => {
  if (id === before || !accounts.some((account) => account.id === id)) return written(arrange(overview, accounts))
  const wanted = overview.groups.some((one) => one.id === group) ? group : null
  const sections = arrange(overview, accounts).map((section) => {
    const others = section.accounts.filter((account) => account.id !== id)
    if ((section.group?.id ?? null) !== wanted) return { ...section, accounts: others }
    const at = others.findIndex((account) => account.id === before)
    return {
      group: section.group === null ? null : { ...section.group, isFolded: false },
      accounts: others.toSpliced(at < 0 ? others.length : at, 0, { id }),
    }
  })
  return written(sections)
}

/** Where one step up or down leads, over the borders of groups too; null at either end. */
export const placeBeside = (
  overview: OverviewPreferences,
  accounts: readonly Identified[],
  id: string,
  direction: Direction,
): Place | null => {
  const sections = arrange(overview, accounts)
  const index = sections.findIndex((section) => section.accounts.some((account) => account.id === id))
  const section = sections[index]
  if (section === undefined) return null
  const group = section.group?.id ?? null
  const at = section.accounts.findIndex((account) => account.id === id)
  const previous = section.accounts[at - 1]
  if (direction === 'up' && previous !== undefined) return { group, before: previous.id }
  if (direction === 'down' && at + 1 < section.accounts.length) {
    return { group, before: section.accounts[at + 2]?.id ?? null }
  }
  const next = direction === 'up' ? index - 1 : index + 1
  const neighbour = sections[next]
  if (neighbour === undefined) return null
  const before = direction === 'up' ? null : (neighbour.accounts[0]?.id ?? null)
  return { group: neighbour.group?.id ?? null, before }
}

export const positionOf = (
  overview: OverviewPreferences,
  accounts: readonly Identified[],
  id: string,
): Position | null => {
  for (const section of arrange(overview, accounts)) {
    const at = section.accounts.findIndex((account) => account.id === id)
    if (at >= 0) return { group: section.group?.name ?? null, place: at + 1, count: section.accounts.length }
  }
  return null
}

/**
 * A new group, below all others, with one account in it.
 * @returns null when there are as many groups as there may be
 */
export const addGroup = (
  overview: OverviewPreferences,
  accounts: readonly Identified[],
  name: string,
  account: string,
): { readonly overview: OverviewPreferences; readonly id: string } | null => {
  if (overview.groups.length >= mostGroups) return null
  const taken = new Set(overview.groups.map((group) => group.id))
  let number = 1
  while (taken.has(`group-${number}`)) number += 1
  const id = `group-${number}`
  const groups = [...overview.groups, { id, name, isFolded: false, accounts: [] }]
  const place = { group: id, before: null }
  return { overview: moveAccount({ ...overview, groups }, accounts, account, place), id }
}

/** Gives a group another name, or folds or unfolds it. */
export const changeGroup = (
  overview: OverviewPreferences,
  id: string,
  some: { readonly name?: string; readonly isFolded?: boolean },
): OverviewPreferences => ({
  ...overview,
  groups: overview.groups.map((group) => (group.id === id ? { ...group, ...some } : group)),
})

/** Takes a group away; its accounts come last among those without one. */
export const removeGroup = (
  overview: OverviewPreferences,
  accounts: readonly Identified[],
  id: string,
): OverviewPreferences => {
  const sections = arrange(overview, accounts)
  const freed = sections.find((section) => section.group?.id === id)?.accounts ?? []
  const others = sections.filter((section) => section.group?.id !== id)
  return written(
    others.map((section) =>
      section.group === null ? { ...section, accounts: [...section.accounts, ...freed] } : section,
    ),
  )
}

/** Puts a group one place up or down among the groups; at either end it stays. */
export const moveGroup = (overview: OverviewPreferences, id: string, direction: Direction): OverviewPreferences => {
  const at = overview.groups.findIndex((group) => group.id === id)
  const group = overview.groups[at]
  const to = direction === 'up' ? at - 1 : at + 1
  if (group === undefined || to < 0 || to >= overview.groups.length) return overview
  return { ...overview, groups: overview.groups.toSpliced(at, 1).toSpliced(to, 0, group) }
}
