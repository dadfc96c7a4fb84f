import type { Rectangle, Screen } from 'electron'
import { isWayland } from '../system/is-wayland.ts'
import type { ScreenArea } from '../window/window-position.ts'

/** The part of Electron's `screen` that is used; it may be used only once the app is ready. */
export type ScreenPort = Pick<Screen, 'getCursorScreenPoint'> & {
  getDisplayMatching(area: Rectangle): ScreenArea
  getPrimaryDisplay(): ScreenArea
}

export interface TrayAnchorOptions {
  readonly screen: ScreenPort
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  /** The icon's bounds, as macOS and Windows report them. */
  readonly icon: Rectangle | undefined
}

/** What to place the window beside, and the screen that it is on. */
export interface Anchor {
  readonly at: Rectangle
  readonly screen: ScreenArea
}

/**
 * Where the tray icon is when it is clicked. X11 does not report that, so the position of the mouse is used. On Wayland
 * no program may know or choose where its windows are, so there is no anchor, and the desktop places the window like
 * any other.
 */
export const trayAnchor = ({ screen, platform, environment, icon }: TrayAnchorOptions): Anchor | undefined => {
  const at = platform === 'linux' ? pointer(screen, environment) : icon
  // Windows reports a hidden icon as having no size.
  if (at === undefined || (platform !== 'linux' && (at.width === 0 || at.height === 0))) return undefined
  return { at, screen: screen.getDisplayMatching(at) }
}

/** The screen that a new window most likely appears on: the one with the pointer; on Wayland, where that is unknown, the first. */
export const screenForWindow = ({ screen, platform, environment }: Omit<TrayAnchorOptions, 'icon'>): ScreenArea => {
  const at = platform === 'linux' ? pointer(screen, environment) : pointerOn(screen)
  return at === undefined ? screen.getPrimaryDisplay() : screen.getDisplayMatching(at)
}

/**
 * Positions that X11 reports are wrong on a Wayland desktop, even when Electron runs on Xwayland; where it runs on Wayland
 * itself, the question ends the program (SIGSEGV, Electron 33.2.1).
 */
const pointer = (screen: ScreenPort, environment: NodeJS.ProcessEnv): Rectangle | undefined =>
  isWayland(environment) ? undefined : pointerOn(screen)

const pointerOn = (screen: ScreenPort): Rectangle => ({ ...screen.getCursorScreenPoint(), width: 1, height: 1 })
