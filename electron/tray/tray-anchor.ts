import type { Rectangle, Screen } from 'electron'
import { isWayland } from '../system/is-wayland.ts'
import type { ScreenArea } from '../window/window-position.ts'

/** What of Electron's `screen` is needed; it may be used only once the app is ready. */
export type ScreenPort = Pick<Screen, 'getCursorScreenPoint'> & {
  getDisplayMatching(area: Rectangle): ScreenArea
}

export interface TrayAnchorOptions {
  readonly screen: ScreenPort
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  /** The icon's place, as macOS and Windows report it. */
  readonly icon: Rectangle | undefined
}

/** A place for the window to stand at, and its screen. */
export interface Anchor {
  readonly at: Rectangle
  readonly screen: ScreenArea
}

/**
 * Where the tray icon is at the moment of a click. On X11 that is where the mouse is, for nobody tells of the icon. On
 * Wayland no program may know or choose where its windows are, so there is none, and the window is an ordinary one that
 * the desktop places.
 */
export const trayAnchor = ({ screen, platform, environment, icon }: TrayAnchorOptions): Anchor | undefined => {
  const at = platform === 'linux' ? pointer(screen, environment) : icon
  // Windows has an icon of no size for one that it hides.
  if (at === undefined || (platform !== 'linux' && (at.width === 0 || at.height === 0))) return undefined
  return { at, screen: screen.getDisplayMatching(at) }
}

/** What X11 says of places is not true of a Wayland desktop, also where Electron goes through Xwayland. */
const pointer = (screen: ScreenPort, environment: NodeJS.ProcessEnv): Rectangle | undefined =>
  isWayland(environment) ? undefined : { ...screen.getCursorScreenPoint(), width: 1, height: 1 }
