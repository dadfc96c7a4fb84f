import { type RefObject, useLayoutEffect, useRef } from 'react'

interface FocusAfterRemoval {
  /** For the element around the entries, each marked `data-entry`, and what adds to them, marked `data-adding`. */
  readonly frame: RefObject<HTMLDivElement | null>
  /** To be called before an entry is removed, with its place in the list. */
  readonly willRemove: (index: number) => void
}

/**
 * Keeps the focus in a list whose entries have a button that removes them: the button goes away with its entry, so that
 * of the entry in its place gets the focus, else that of the last entry, else what adds entries.
 * @param count how many entries there are
 */
export const useFocusAfterRemoval = (count: number): FocusAfterRemoval => {
  const frame = useRef<HTMLDivElement>(null)
  const removed = useRef<number | null>(null)
  const last = useRef(count)
  useLayoutEffect(() => {
    const isFewer = count < last.current
    last.current = count
    if (!isFewer || removed.current === null) return
    const entries = frame.current?.querySelectorAll('[data-entry]') ?? []
    const next = entries[Math.min(removed.current, entries.length - 1)]?.querySelector('button')
    removed.current = null
    if (document.activeElement !== document.body) return
    const adding = frame.current?.querySelector<HTMLElement>('[data-adding] :is(input, button)')
    ;(next ?? adding ?? document.querySelector('main'))?.focus()
  }, [count])
  return {
    frame,
    willRemove: (index) => {
      removed.current = index
    },
  }
}
