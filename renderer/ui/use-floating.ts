import { useEffect, useRef, useState } from 'react'

type Floating = typeof import('./floating.ts').floating

let loaded: Floating | null = null

/** Loads the code of menus and tooltips once; rejects while the page's server does not answer. */
export const loadFloating = async (): Promise<Floating> => {
  loaded ??= (await import('./floating.ts')).floating
  return loaded
}

/**
 * The code of menus and tooltips, loaded by the first component that needs it.
 * @param onFailure called when it cannot be loaded now
 * @returns null until it is there
 */
export const useFloating = (onFailure: () => void): Floating | null => {
  const [floating, setFloating] = useState(loaded)
  const failed = useRef(onFailure)
  useEffect(() => {
    loadFloating().then(setFloating, () => failed.current())
  }, [])
  return floating
}
