import type { App } from 'electron'
import { badge } from '../common/badge.ts'
import type { Snapshot } from '../common/snapshot.ts'

/**
 * Makes the function that keeps the badge on the dock or task bar icon (macOS, and Linux docks with the LauncherEntry
 * interface; elsewhere the call does nothing). The system is told only of a change: on Linux each call is a D-Bus signal.
 */
export const createBadge = (app: Pick<App, 'setBadgeCount'>): ((snapshot: Snapshot) => void) => {
  let shown: number | undefined = 0
  return (snapshot) => {
    const next = badge(snapshot)
    // Without a number macOS shows a plain dot, and Linux nothing (electronjs.org/docs/api/app#appsetbadgecountcount).
    const count = { none: 0, dot: undefined, number: next.kind === 'number' ? next.count : 0 }[next.kind]
    if (count === shown) return
    shown = count
    app.setBadgeCount(count)
  }
}
