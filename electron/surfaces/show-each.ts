import type { Snapshot } from '../../common/contract/snapshot.ts'
import type { Log } from '../../engine/ports/log.ts'

/**
 * Makes the function that shows a snapshot in every place that the system has for it. A place that fails takes nothing from
 * the others, and brings up no dialog of Electron's at each change; it is noted, once.
 * @param places what shows, by its name in the log
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
