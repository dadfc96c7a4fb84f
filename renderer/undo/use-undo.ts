import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Result } from '../../common/contract/failure.ts'

/** What has just been done, and the way back. */
export interface UndoOffer {
  readonly text: string
  readonly undo: () => Promise<Result<unknown>>
  /** For how long, in milliseconds; without it, as long as most are. */
  readonly offeredFor?: number
  /** Called now and then while the user keeps the offer by pointing at it or going into it. */
  readonly keep?: () => void
  /** Called when the offer ends: its time is over, another takes its place, or the page is left. */
  readonly onEnd?: () => void
}

/** An offer with the number that tells it from another with the same words. */
export interface NumberedOffer {
  readonly number: number
  readonly offer: UndoOffer
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
export const useUndoOffer = (): { readonly offered: NumberedOffer | null; readonly actions: UndoActions } => {
  const [offered, setOffered] = useState<NumberedOffer | null>(null)
  const present = useRef<NumberedOffer | null>(null)
  const last = useRef(0)
  const actions = useMemo<UndoActions>(() => {
    const change = (offer: UndoOffer | null) => {
      present.current?.offer.onEnd?.()
      last.current += 1
      present.current = offer && { number: last.current, offer }
      setOffered(present.current)
    }
    return { offer: change, clear: () => change(null) }
  }, [])
  useEffect(() => {
    window.addEventListener('pagehide', actions.clear)
    return () => window.removeEventListener('pagehide', actions.clear)
  }, [actions])
  return { offered, actions }
}
