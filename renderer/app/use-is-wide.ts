import { useSyncExternalStore } from 'react'
import { wideWindow } from '../host/wide-window.ts'

/** A media query as an external store for React. */
const mediaStore = (query: string) => ({
  subscribe: (listener: () => void): (() => void) => {
    const media = window.matchMedia(query)
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  },
  matches: (): boolean => window.matchMedia(query).matches,
})

const wide = mediaStore(wideWindow)
/** Whether there is room for the reading pane as well. */
export const roomToRead = mediaStore('(min-width: 1100px)')

/** The popup at 200 %. */
const tiny = mediaStore('(width < 260px)')
/** The list is narrower than 560 px: alone in the window, with the forums beside it, or with what is read as well. */
const narrowList = mediaStore(
  '(max-width: 559px), (min-width: 720px) and (max-width: 831px), (min-width: 1100px) and (max-width: 1204px)',
)

/** Whether the forums and another view are side by side. */
export const useIsWide = (): boolean => useSyncExternalStore(wide.subscribe, wide.matches)

/** Whether the selected notification is shown beside the list as well. */
export const useHasRoomToRead = (): boolean => useSyncExternalStore(roomToRead.subscribe, roomToRead.matches)

/** How many lines most sentences in a list need. */
export const useTypicalLines = (): number => {
  const isTiny = useSyncExternalStore(tiny.subscribe, tiny.matches)
  const isNarrow = useSyncExternalStore(narrowList.subscribe, narrowList.matches)
  return isTiny ? 4 : isNarrow ? 2 : 1
}
