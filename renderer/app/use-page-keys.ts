import { useEffect, useRef, useSyncExternalStore } from 'react'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'

/** Whether single letters and signs do something, by the user's choice. */
export const useSingleKeys = (): boolean => {
  const { host } = useServices()
  return useSyncExternalStore(
    host.subscribe,
    () => host.getState().snapshot?.preferences.general.singleKeys ?? defaultPreferences.general.singleKeys,
  )
}

/**
 * Listens to keys pressed anywhere in the page, but not while something is typed or chosen, in a dialog or a menu, or
 * together with a modifier: those belong to the element, the dialog or the browser. Letters and signs only if the user
 * wants them to do something.
 * @param onKey says whether it has done something; then the browser does nothing more
 */
export const usePageKeys = (onKey: (key: string, target: Element) => boolean): void => {
  const hasSingleKeys = useSingleKeys()
  const latest = useRef(onKey)
  useEffect(() => {
    latest.current = onKey
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      if (!(target instanceof Element) || target.closest(others) !== null) return
      if (!hasSingleKeys && key.length === 1) return
      if (latest.current(key, target)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [hasSingleKeys])
}

const others = 'input, select, textarea, dialog, [role=menu]'
