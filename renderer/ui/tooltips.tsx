import { type RefObject, useEffect, useRef, useState } from 'react'
import { useFloating } from './use-floating.ts'

/**
 * The tooltips of everything that has the attribute `data-tooltip`; once in the page, so that a hundred buttons cost no more
 * than one. Loaded, together with menus, when the user first points at something or presses a key.
 */
export const Tooltips = () => {
  const last = useRef<Event>(null)
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    const signs = ['pointerover', 'pointerdown', 'keydown'] as const
    const note = (event: Event) => {
      last.current = event
      setWanted(true)
    }
    for (const sign of signs) document.addEventListener(sign, note, true)
    return () => {
      for (const sign of signs) document.removeEventListener(sign, note, true)
    }
  }, [])
  // Where they cannot be had, the next sign tries again.
  return isWanted && <LoadedTooltips last={last} onFailure={() => setWanted(false)} />
}

interface LoadedTooltipsProps {
  readonly last: RefObject<Event | null>
  readonly onFailure: () => void
}

const LoadedTooltips = ({ last, onFailure }: LoadedTooltipsProps) => {
  const floating = useFloating(onFailure)
  return floating && <floating.TooltipLayer last={last} />
}
