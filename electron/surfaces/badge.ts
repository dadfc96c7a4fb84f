import type { App } from 'electron'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { type Badge, badge } from '../../common/glance/badge.ts'

/** The number on the dock's or task bar's icon. */
export interface AppBadge {
  show(snapshot: Snapshot): void
  /** Whether the system does not take it. */
  isRefused(): boolean
}

/**
 * The badge of macOS, and of Linux docks with the LauncherEntry interface (electronjs.org/docs/api/app#appsetbadgecountcount);
 * Windows has one over the window's icon instead, see overlay.ts. The system is told only of a change: on Linux each call is
 * a D-Bus signal. Where it says that it does not take it, it is not told again.
 */
export const createBadge = (app: Pick<App, 'setBadgeCount'>): AppBadge => {
  let shown: number | undefined = 0
  let isRefused = false
  return {
    show: (snapshot) => {
      const count = badgeCount(badge(snapshot))
      if (isRefused || count === shown) return
      shown = count
      isRefused = !app.setBadgeCount(count)
    },
    isRefused: () => isRefused,
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
