import { useEffect, useRef } from 'react'
import type { View } from './view.ts'

/** Where another view has taken the place of what had the focus, and takes no focus itself, its beginning has it. */
export const useKeptFocus = (view: View): void => {
  const last = useRef(view)
  useEffect(() => {
    if (last.current === view) return
    last.current = view
    if (document.activeElement === document.body) document.querySelector('main')?.focus()
  }, [view])
}
