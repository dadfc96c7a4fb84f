import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Props of an element that the arrow keys stop at. Each starts with `tabIndex={-1}`; `useRovingFocus` makes one of them
 * the list's only tab stop.
 */
export const rovingStop = { 'data-stop': '', tabIndex: -1 } as const

/**
 * One tab stop for a whole list, and the controls beside it: Up, Down, Home and End move between stops, Left and Right
 * to the other controls beside a stop (WAI-ARIA Authoring Practices, “Roving tabindex”). When the focused element
 * disappears, the next stop gets the focus.
 */
export const useRovingFocus = (list: RefObject<HTMLElement | null>): void => {
  const place = useRef(0)
  const hasFocus = useRef(false)

  useLayoutEffect(() => {
    const present = tabStopIn(list.current) ?? stopAt(list.current, place.current)
    makeTabStop(list.current, present)
    if (hasFocus.current && document.activeElement === document.body) present?.focus({ preventScroll: true })
  })

  // Before it is painted, as in `usePageKeys`.
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return
    const onFocusIn = ({ target }: FocusEvent) => {
      hasFocus.current = true
      if (!(target instanceof HTMLElement)) return
      const all = stopsIn(element)
      const stop = all.indexOf(stopOf(target) ?? target)
      if (stop < 0) return
      place.current = stop
      makeTabStop(element, all[stop])
    }
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element.contains(relatedTarget)) hasFocus.current = false
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (!(target instanceof HTMLElement) || target.closest('dialog, [role=menu], input') !== null) return
      // Rows that were shown since have controls of their own in the order of the Tab key.
      if (key === 'Tab') makeTabStop(element, stopsIn(element)[place.current])
      // Up and Down open the menu of a button.
      if (target.matches('[aria-haspopup=menu]') && (key === 'ArrowDown' || key === 'ArrowUp')) return
      const goal =
        key === 'ArrowLeft' || key === 'ArrowRight' ? beside(target, key) : next(stopsIn(element), target, key)
      if (goal === undefined) return
      event.preventDefault()
      goal.focus()
      goal.scrollIntoView({ block: 'nearest' })
    }
    element.addEventListener('focusin', onFocusIn)
    element.addEventListener('focusout', onFocusOut)
    element.addEventListener('keydown', onKeyDown)
    return () => {
      element.removeEventListener('focusin', onFocusIn)
      element.removeEventListener('focusout', onFocusOut)
      element.removeEventListener('keydown', onKeyDown)
    }
  }, [list])
}

const stopsIn = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[data-stop]') ?? []),
]

/** The stop at a place, counted from 0, or the last one before it. */
const stopAt = (list: HTMLElement | null, place: number): HTMLElement | undefined =>
  stopsIn(list)
    .slice(0, place + 1)
    .at(-1)

const tabStopIn = (list: HTMLElement | null): HTMLElement | null | undefined =>
  list?.querySelector<HTMLElement>('[data-stop][tabindex="0"]')

/**
 * Leaves a stop, and what is beside it, in the order of the Tab key, and takes everything else in the list out of it.
 * Runs after each rendering, so it looks only at controls that are in that order, of hundreds of rows.
 */
const makeTabStop = (list: HTMLElement | null, stop: HTMLElement | undefined): void => {
  const row = stop?.closest('[data-row]')
  const setAll = (controls: Iterable<HTMLElement> | undefined, tabIndex: 0 | -1) => {
    for (const control of controls ?? []) {
      if (control.closest('dialog, [role=menu]') === null && control.tabIndex !== tabIndex) control.tabIndex = tabIndex
    }
  }
  const inOrder = list?.querySelectorAll<HTMLElement>('[data-row] :is(a, button):not([tabindex="-1"])')
  setAll(
    [...(inOrder ?? [])].filter((control) => row?.contains(control) !== true),
    -1,
  )
  setAll(row?.querySelectorAll<HTMLElement>('a, button'), 0)
}

const stopOf = (target: HTMLElement): HTMLElement | null | undefined =>
  target.closest('[data-row]')?.querySelector<HTMLElement>('[data-stop]')

const next = (stops: readonly HTMLElement[], target: HTMLElement, key: string): HTMLElement | undefined => {
  const present = stops.indexOf(stopOf(target) ?? target)
  switch (key) {
    case 'ArrowDown':
      return stops[present + 1]
    case 'ArrowUp':
      return stops[Math.max(0, present - 1)]
    case 'Home':
      return stops[0]
    case 'End':
      return stops.at(-1)
    default:
      return undefined
  }
}

/** The next control beside a stop, in reading direction. */
const beside = (target: HTMLElement, key: 'ArrowLeft' | 'ArrowRight'): HTMLElement | undefined => {
  const row = target.closest('[data-row]')
  const all = [...(row?.querySelectorAll<HTMLElement>('a, button') ?? [])]
  const forwards = target.matches('[dir="rtl"] *') ? 'ArrowLeft' : 'ArrowRight'
  return all[all.indexOf(target) + (key === forwards ? 1 : -1)]
}
