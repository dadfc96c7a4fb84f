import { useSyncExternalStore } from 'react'

/** A media query as React takes what stands outside of it. */
const mediaStore = (query: string) => ({
  subscribe: (listener: () => void): (() => void) => {
    const media = window.matchMedia(query)
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  },
  matches: (): boolean => window.matchMedia(query).matches,
})

const wide = mediaStore('(min-width: 720px)')
const roomToRead = mediaStore('(min-width: 1100px)')

/** The popup at 200 %. */
const tiny = mediaStore('(width < 260px)')
/** The list is narrower than 560 px: it has the window for itself, or the forums stand beside it. */
const narrowList = mediaStore('(max-width: 559px), (min-width: 720px) and (max-width: 831px)')

/** Whether the forums and another view stand side by side. */
export const useIsWide = (): boolean => useSyncExternalStore(wide.subscribe, wide.matches)

/** Whether the notification that is selected stands beside the list as well. */
export const useHasRoomToRead = (): boolean => useSyncExternalStore(roomToRead.subscribe, roomToRead.matches)

/** How many lines the sentences of a list need. */
export const useSentenceLines = (): number => {
  const isTiny = useSyncExternalStore(tiny.subscribe, tiny.matches)
  const isNarrow = useSyncExternalStore(narrowList.subscribe, narrowList.matches)
  return isTiny ? 4 : isNarrow ? 2 : 1
}
