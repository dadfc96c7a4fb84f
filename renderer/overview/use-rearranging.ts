import { createContext, useContext, useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { arrange, type Section } from '../../common/preferences/arrange.ts'
import { mostGroups, type OverviewPreferences } from '../../common/preferences/overview-preferences.ts'
import {
  addGroup,
  changeGroup,
  type Direction,
  moveAccount,
  moveGroup,
  type Place,
  placeBeside,
  positionOf,
  removeGroup,
} from '../../common/preferences/rearrange.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { useOptimisticPreferences } from '../settings/optimistic-preferences.ts'
import { useUndo } from '../undo/use-undo.ts'

/** What has last been done, for those who listen and for the focus. */
export type Rearranged =
  | { readonly kind: 'moved'; readonly words: string; readonly id: string }
  | { readonly kind: 'added'; readonly words: string; readonly id: string }
  | { readonly kind: 'removed'; readonly words: string }

/** The order of the accounts and their groups as they are shown, and what can be done to them. */
export interface Rearranging {
  readonly sections: readonly Section<AccountView>[]
  readonly overview: OverviewPreferences
  readonly canAddGroup: boolean
  readonly canStep: (account: string, direction: Direction) => boolean
  readonly move: (account: string, place: Place) => void
  readonly step: (account: string, direction: Direction) => void
  /** Puts an account in a group of its own. */
  readonly addGroup: (account: string) => void
  readonly renameGroup: (group: string, name: string) => void
  readonly foldGroup: (group: string, isFolded: boolean) => void
  readonly moveGroup: (group: string, direction: Direction) => void
  readonly removeGroup: (group: string) => void
  readonly last: Rearranged | null
  /** Why the last change was not taken. */
  readonly failure: Failure | null
}

const RearrangingContext = createContext<Rearranging | null>(null)
export const RearrangingProvider = RearrangingContext.Provider

/** For what is shown for a moment only: with each change of any account there is another one. */
export const useRearrangingHere = (): Rearranging => {
  const rearranging = useContext(RearrangingContext)
  if (rearranging === null) throw new Error('A component stands outside of RearrangingProvider')
  return rearranging
}

export const useRearranging = ({ accounts, preferences: present }: Snapshot): Rearranging => {
  const { host, t } = useServices()
  const { preferences, optimistic } = useOptimisticPreferences(present)
  const { state, run } = useTask()
  const [last, setLast] = useState<Rearranged | null>(null)
  const { overview } = preferences
  const { clear, offer } = useUndo()

  const send = async (next: OverviewPreferences): Promise<boolean> => {
    const change = changeTo(next)
    clear()
    optimistic.begin(change)
    const result = await run(host.execute('preferences.change', change))
    optimistic.end(result.ok)
    return result.ok
  }
  const apply = (next: OverviewPreferences) => {
    if (JSON.stringify(next) !== JSON.stringify(overview)) void send(next)
  }
  const remove = async (id: string, name: string) => {
    const before = changeTo(overview)
    setLast({ kind: 'removed', words: '' })
    // The offer says what has been done.
    if (!(await send(removeGroup(overview, accounts, id)))) return
    offer({
      text: t('overview.groupRemoved', { name }),
      undo: () => host.execute('preferences.change', before),
    })
  }

  const move = (id: string, to: Place) => {
    const next = moveAccount(overview, accounts, id, to)
    apply(next)
    const position = positionOf(next, accounts, id)
    const name = accounts.find((account) => account.id === id)?.site.title
    if (position === null || name === undefined) return
    const { group, place, count: total } = position
    const words =
      group === null
        ? t('overview.moved', { name, place, total })
        : t('overview.movedIn', { name, place, total, group })
    setLast({ kind: 'moved', words, id })
  }

  return {
    sections: arrange(overview, accounts),
    overview,
    canAddGroup: overview.groups.length < mostGroups,
    canStep: (id, direction) => placeBeside(overview, accounts, id, direction) !== null,
    move,
    step: (id, direction) => {
      const place = placeBeside(overview, accounts, id, direction)
      if (place !== null) move(id, place)
    },
    addGroup: (account) => {
      const added = addGroup(overview, accounts, t('overview.newGroupName'), account)
      if (added === null) return
      apply(added.overview)
      setLast({ kind: 'added', words: '', id: added.id })
    },
    renameGroup: (id, name) => apply(changeGroup(overview, id, { name })),
    foldGroup: (id, isFolded) => apply(changeGroup(overview, id, { isFolded })),
    moveGroup: (id, direction) => {
      const next = moveGroup(overview, id, direction)
      const at = next.groups.findIndex((group) => group.id === id)
      const name = next.groups[at]?.name
      if (next === overview || name === undefined) return
      apply(next)
      const words = t('overview.moved', { name, place: at + 1, total: next.groups.length })
      setLast({ kind: 'moved', words, id })
    },
    removeGroup: (id) => {
      const name = overview.groups.find((group) => group.id === id)?.name
      if (name !== undefined) void remove(id, name)
    },
    last,
    failure: state.kind === 'failed' ? state.failure : null,
  }
}

const changeTo = ({ ungrouped, groups }: OverviewPreferences) => ({
  overview: {
    ungrouped: [...ungrouped],
    groups: groups.map((group) => ({ ...group, accounts: [...group.accounts] })),
  },
})
