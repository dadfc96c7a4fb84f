import { useEffect, useRef } from 'react'

/**
 * Focuses the start of a view that replaced what had the focus, unless the view takes the focus itself. Where a window that
 * became wider or narrower has the same link or forum in another place, the focus goes there.
 * @param visit another number for each visit to a view
 * @param layout names which views stand side by side
 */
export const useKeptFocus = (visit: number, layout: string): void => {
  const last = useRef({ visit, layout })
  /** What the user has focused last; the start of a view that the focus fell back to is not that. */
  const focused = useRef<Element | null>(null)
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && !target.matches('main')) focused.current = target
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [])
  useEffect(() => {
    const before = last.current
    last.current = { visit, layout }
    if (before.visit !== visit) {
      if (!hasNoFocus()) return
      focused.current = null
      if (document.activeElement === document.body) document.querySelector('main')?.focus()
    } else if (before.layout !== layout) {
      // A list has its rows only after it was laid out.
      const frame = window.requestAnimationFrame(() => {
        const { current } = focused
        if (hasNoFocus() && current?.isConnected === false)
          (sameElsewhere(current) ?? document.querySelector('main'))?.focus()
      })
      return () => window.cancelAnimationFrame(frame)
    }
    return undefined
  }, [visit, layout])
}

/** Whether the focus is nowhere, or at the start of the view, where it falls back to. */
const hasNoFocus = (): boolean => document.activeElement?.matches('body, main') === true

/** The same link, or else the first one of the same forum or to the same place. */
const sameElsewhere = (gone: Element): HTMLElement | undefined => {
  const from = gone.closest('a')
  const links = [...document.querySelectorAll('a')]
  const same = links.filter((link) => from !== null && link.href === from.href)
  const account = accountOf(gone)
  return (
    same.find(({ title }) => title === from?.title) ??
    links.find((link) => account !== undefined && accountOf(link) === account) ??
    same[0]
  )
}

const accountOf = (element: Element) => element.closest<HTMLElement>('[data-account]')?.dataset['account']
