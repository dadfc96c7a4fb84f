import { useEffect, useState } from 'react'
import { useFloating } from './use-floating.ts'

/**
 * The tooltips of everything that has the attribute `data-tooltip`; once in the page, so that a hundred buttons cost no more
 * than one. Loaded, together with menus, when the user first points at something or presses a key.
 */
export const Tooltips = () => {
  const [first, setFirst] = useState<Event | null>(null)
  useEffect(() => {
    if (first !== null) return
    const signs = ['pointerover', 'keydown'] as const
    for (const sign of signs) document.addEventListener(sign, setFirst, true)
    return () => {
      for (const sign of signs) document.removeEventListener(sign, setFirst, true)
    }
  }, [first])
  // Where they cannot be had, the next sign tries again.
  return first && <LoadedTooltips first={first} onFailure={() => setFirst(null)} />
}

interface LoadedTooltipsProps {
  readonly first: Event
  readonly onFailure: () => void
}

const LoadedTooltips = ({ first, onFailure }: LoadedTooltipsProps) => {
  const floating = useFloating(onFailure)
  return floating && <floating.TooltipLayer first={first} />
}
