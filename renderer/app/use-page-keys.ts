import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { useServices } from '../services/services.ts'

/** Whether the user has single-character shortcuts turned on. */
export const useSingleKeys = (): boolean => {
  const { host } = useServices()
  return useSyncExternalStore(
    host.subscribe,
    () => host.getState().snapshot?.preferences.general.singleKeys ?? defaultPreferences.general.singleKeys,
  )
}

/**
 * Listens to keys pressed anywhere in the page, but not in a field, a dialog or a menu, or with a modifier: those keys
 * belong to the element, the dialog or the browser. Single characters only if the user has turned such shortcuts on.
 * @param onKey returns whether it has handled the key; the browser then does nothing more
 */
export const usePageKeys = (onKey: (key: string, target: Element) => boolean): void => {
  const hasSingleKeys = useSingleKeys()
  const latest = useRef(onKey)
  useLayoutEffect(() => {
    latest.current = onKey
  })
  // Before the page is painted: a key pressed as soon as there is something to see is heard.
  useLayoutEffect(() => {
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
