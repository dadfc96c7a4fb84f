import type { Snapshot } from '../../common/contract/snapshot.ts'
import type { Log } from '../../engine/ports/log.ts'

/**
 * Returns a function that shows a snapshot in every place that the system has for it. A place that throws does not
 * affect the others, nor bring up Electron's error dialog at each change; it is logged once.
 * @param places functions that show a snapshot, by their name in the log
 */
export const createShowEach = (
  places: Readonly<Record<string, (snapshot: Snapshot) => void>>,
  log: Log,
): ((snapshot: Snapshot) => void) => {
  const noted = new Set<string>()
  return (snapshot) => {
    for (const [place, show] of Object.entries(places)) {
      try {
        show(snapshot)
      } catch {
        if (!noted.has(place)) log('error', 'show', { place })
        noted.add(place)
      }
    }
  }
}
