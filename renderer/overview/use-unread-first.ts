import { useMemo, useState, useSyncExternalStore } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'

interface UnreadFirst {
  readonly accounts: readonly AccountView[]
  /** For the list. */
  readonly handlers: { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void }
}

/**
 * The accounts beside their notifications: those with something new first, until the user puts them in an order of their
 * own, which then holds. Nothing moves while the user is there: as long as the window has the focus, or the pointer is over
 * the list, it keeps the order that it had in the beginning.
 */
export const useUnreadFirst = ({ accounts, preferences: { overview } }: Snapshot): UnreadFirst => {
  const [isPointed, setPointed] = useState(false)
  const isHeld = useSyncExternalStore(onFocusChange, () => document.hasFocus()) || isPointed
  const isArranged = overview.ungrouped.length > 0 || overview.groups.length > 0
  const latest = useMemo(() => (isArranged ? accounts : unreadFirst(accounts)), [accounts, isArranged])
  const [held, setHeld] = useState<readonly string[] | null>(null)
  if (isHeld !== (held !== null)) setHeld(isHeld ? latest.map(({ id }) => id) : null)
  return {
    accounts: useMemo(
      () => (isArranged || held === null ? latest : inPlaces(held, latest)),
      [isArranged, held, latest],
    ),
    handlers: { onPointerEnter: () => setPointed(true), onPointerLeave: () => setPointed(false) },
  }
}

const onFocusChange = (listener: () => void): (() => void) => {
  const controller = new AbortController()
  window.addEventListener('focus', listener, { signal: controller.signal })
  window.addEventListener('blur', listener, { signal: controller.signal })
  return () => controller.abort()
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
