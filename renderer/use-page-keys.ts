import { useEffect, useRef } from 'react'

/**
 * Listens to keys pressed anywhere in the page, but not while something is typed or chosen, in a dialog, or together with
 * a modifier: those belong to the element, the dialog or the browser.
 * @param onKey says whether it has done something; then the browser does nothing more
 */
export const usePageKeys = (onKey: (key: string, target: Element) => boolean): void => {
  const latest = useRef(onKey)
  useEffect(() => {
    latest.current = onKey
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      if (!(target instanceof Element) || target.closest('input, select, textarea, dialog') !== null) return
      if (latest.current(key, target)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
