import { useSyncExternalStore } from 'react'

let isPainted = true
const listeners = new Set<() => void>()

/**
 * Holds back what a page can do without for the first frames: pictures, which stand behind letters until they have come, and
 * buttons that only a pointer over them shows. Called before the page is rendered.
 * @param painted resolves once the first view is on the screen; must not reject
 */
export const holdBackUntil = (painted: Promise<void>): void => {
  isPainted = false
  void painted.then(() => {
    isPainted = true
    for (const listener of [...listeners]) listener()
  })
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Whether what is held back may be there now; always, where nothing is. */
export const useIsPainted = (): boolean => useSyncExternalStore(subscribe, () => isPainted)
