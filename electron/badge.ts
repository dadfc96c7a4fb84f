import type { App } from 'electron'
import { totalNew } from '../common/glance.ts'
import type { Snapshot } from '../common/snapshot.ts'

/**
 * Makes the function that keeps the number on the dock or task bar icon (macOS, and Linux docks with the LauncherEntry
 * interface; elsewhere the call does nothing). The system is told only of a change: on Linux each call is a D-Bus signal.
 */
export const createBadge = (app: Pick<App, 'setBadgeCount'>): ((snapshot: Snapshot) => void) => {
  let shown = 0
  return (snapshot) => {
    const count = totalNew(snapshot)
    if (count === shown) return
    shown = count
    app.setBadgeCount(count)
  }
}
