import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { keepPlace, type Place } from './kept-place.ts'
import type { InboxEntry } from './list-entries.ts'

interface KeptPlaceInput {
  readonly shown: string
  readonly entries: readonly InboxEntry[]
  readonly chosen: RefObject<Place['chosen']>
  /** Where the list begins. */
  readonly kept: Place | null
  readonly virtualizer: Virtualizer<HTMLElement, HTMLLIElement>
  /** Pixels at the top of the scrolling area that something else covers. */
  readonly padding: number
}

/** Begins a list where the user was in it, and keeps the place from then on. */
export const useKeptPlace = ({ shown, entries, chosen, kept, virtualizer, padding }: KeptPlaceInput): void => {
  const begins = useRef(kept?.top ?? null)
  const { scrollMargin } = virtualizer.options
  useLayoutEffect(() => {
    // What is above the list is measured first.
    if (begins.current === null || scrollMargin === 0) return
    const index = entries.findIndex(({ key }) => key === begins.current)
    begins.current = null
    if (index > 0) virtualizer.scrollToIndex(index, { align: 'start' })
  }, [entries, virtualizer, scrollMargin])

  const last = useRef('')
  const lastChosen = useRef(chosen.current)
  useEffect(() => {
    if (begins.current !== null) return
    // Scrolling ends a moment after the last step; what is chosen meanwhile is kept at once.
    if (virtualizer.isScrolling && chosen.current === lastChosen.current) return
    lastChosen.current = chosen.current
    // As it is now: the virtualizer hears of it later.
    const offset = virtualizer.scrollElement?.scrollTop ?? 0
    const first = offset <= scrollMargin ? undefined : virtualizer.getVirtualItemForOffset(offset + padding)
    const place: Place = { shown, chosen: chosen.current, top: first === undefined ? null : String(first.key) }
    const written = JSON.stringify(place)
    if (written === last.current) return
    last.current = written
    keepPlace(place)
  })
}
