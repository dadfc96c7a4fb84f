import { type FocusEvent, useMemo, useState } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'

interface UnreadFirst {
  readonly accounts: readonly AccountView[]
  /** For the list: while the pointer or keys are in it, it keeps its order. */
  readonly handlers: {
    readonly onPointerEnter: () => void
    readonly onPointerLeave: () => void
    readonly onKeyUp: () => void
    readonly onBlur: (event: FocusEvent) => void
  }
}

/**
 * The accounts beside their notifications: those with something new first, until the user puts them in an order of their
 * own, which then holds. Nothing moves while the pointer is over the list, or while keys are pressed in it.
 */
export const useUnreadFirst = ({ accounts, preferences: { overview } }: Snapshot): UnreadFirst => {
  const [isPointed, setPointed] = useState(false)
  const [isAtKeys, setAtKeys] = useState(false)
  const isArranged = overview.ungrouped.length > 0 || overview.groups.length > 0
  const latest = useMemo(() => (isArranged ? accounts : unreadFirst(accounts)), [accounts, isArranged])
  const isHeld = isPointed || isAtKeys
  const [held, setHeld] = useState<readonly string[] | null>(null)
  if (isHeld !== (held !== null)) setHeld(isHeld ? latest.map(({ id }) => id) : null)
  return {
    accounts: useMemo(
      () => (isArranged || !isHeld || held === null ? latest : inPlaces(held, latest)),
      [isArranged, isHeld, held, latest],
    ),
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onKeyUp: () => setAtKeys(true),
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setAtKeys(false)
      },
    },
  }
}

const unreadFirst = (accounts: readonly AccountView[]): readonly AccountView[] => {
  const isNew = ({ counts }: AccountView) => (counts?.total ?? 0) > 0
  return [...accounts.filter(isNew), ...accounts.filter((account) => !isNew(account))]
}

/** In the places that these ids have; accounts that came later are last. */
const inPlaces = (ids: readonly string[], accounts: readonly AccountView[]): readonly AccountView[] => {
  const places = new Map(ids.map((id, place) => [id, place]))
  const placeOf = ({ id }: AccountView) => places.get(id) ?? ids.length
  return accounts.toSorted((a, b) => placeOf(a) - placeOf(b))
}
