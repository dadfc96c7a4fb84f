import { useEffect, useRef } from 'react'

/** Focuses the beginning of a view that has taken the place of what had the focus, unless the view takes it itself. */
export const useKeptFocus = (visit: number): void => {
  const last = useRef(visit)
  useEffect(() => {
    if (last.current === visit) return
    last.current = visit
    if (document.activeElement === document.body) document.querySelector('main')?.focus()
  }, [visit])
}
