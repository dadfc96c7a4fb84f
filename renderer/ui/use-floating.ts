import { useEffect, useRef, useState } from 'react'

type Floating = typeof import('./floating.ts').floating

let loaded: Floating | null = null

/** Loads what menus and tooltips are made with, once; rejects while nobody serves it. */
export const loadFloating = async (): Promise<Floating> => {
  loaded ??= (await import('./floating.ts')).floating
  return loaded
}

/**
 * What menus and tooltips are made with, loaded by whoever needs it first.
 * @param onFailure called when it cannot be had now
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
