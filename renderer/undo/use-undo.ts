import { createContext, useContext, useMemo, useState } from 'react'
import type { Result } from '../../common/contract/failure.ts'

/** What has just been done, and the way back. */
export interface UndoOffer {
  readonly text: string
  readonly undo: () => Promise<Result<unknown>>
}

/** The same functions for as long as the page lives. */
interface UndoActions {
  /** Takes the place of what was offered before. */
  readonly offer: (offer: UndoOffer) => void
  /** Something else is being changed: the earlier state would take that back as well. */
  readonly clear: () => void
}

const UndoContext = createContext<UndoActions>({ offer: () => undefined, clear: () => undefined })
export const UndoProvider = UndoContext.Provider
export const useUndo = (): UndoActions => useContext(UndoContext)

/** The one offer there may be at a time. */
export const useUndoOffer = (): { readonly offered: UndoOffer | null; readonly actions: UndoActions } => {
  const [offered, setOffered] = useState<UndoOffer | null>(null)
  const actions = useMemo<UndoActions>(() => ({ offer: setOffered, clear: () => setOffered(null) }), [])
  return { offered, actions }
}
