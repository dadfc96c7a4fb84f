import type { App } from 'electron'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { type Badge, badge } from '../../common/glance/badge.ts'

/**
 * The badge of macOS, and of Linux docks with the LauncherEntry interface
 * (electronjs.org/docs/api/app#appsetbadgecountcount); on Windows there is an overlay on the window's icon instead, see
 * overlay.ts. Only changes are passed on, because on Linux each call is a D-Bus signal. Once the system has refused, it
 * is not asked again.
 * @param onRefused called once, when the system shows no badges
 * @returns a function that shows a snapshot's badge
 */
export const createBadge = (app: Pick<App, 'setBadgeCount'>, onRefused: () => void): ((snapshot: Snapshot) => void) => {
  let shown: number | undefined = 0
  let isRefused = false
  return (snapshot) => {
    const count = badgeCount(badge(snapshot))
    if (isRefused || count === shown) return
    shown = count
    isRefused = !app.setBadgeCount(count)
    if (isRefused) onRefused()
  }
}

/** The argument of `setBadgeCount`: without a number macOS shows a plain dot, and Linux nothing. */
const badgeCount = (shown: Badge): number | undefined => {
  switch (shown.kind) {
    case 'none':
      return 0
    case 'dot':
      return undefined
    case 'number':
      return shown.count
  }
}
