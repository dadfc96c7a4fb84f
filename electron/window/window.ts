import type { BrowserWindowConstructorOptions, NativeImage, Rectangle } from 'electron'
import type { PageRequest } from '../../common/contract/page-request.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Anchor } from '../tray/tray-anchor.ts'
import { pageUrl } from './app-address.ts'
import { createCrashCounter } from './crash-counter.ts'
import { createWindowHolder } from './window-holder.ts'
import type { WindowPort } from './window-port.ts'
import { windowPosition } from './window-position.ts'

/** A click on the tray of Windows takes the focus first and is told of then, within so many milliseconds. */
export const clickTakesFocus = 300

/** How the window is made: with no more rights than a page in a browser (Electron's security checklist, points 2 to 8). */
export const windowOptions = (preload: string, icon: string): BrowserWindowConstructorOptions => ({
  width: 400,
  height: 600,
  minWidth: 320,
  minHeight: 400,
  show: false,
  autoHideMenuBar: true,
  icon,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
  },
})

export interface AppWindowOptions {
  readonly create: () => WindowPort
  readonly clock: Clock
  /** What should be opened in the browser is decided there, not here. */
  readonly openLink: (url: string) => void
  /** The title for a window that is being made. */
  readonly title: () => string
  /** Where to put the window at the tray icon, as far as that is known and may be used. */
  readonly anchor: (icon: Rectangle | undefined) => Anchor | undefined
  /** It comes into sight: who looks wants to see how things are now. */
  readonly onShow: () => void
  /** The page has failed so often that it is not opened anew by itself. */
  readonly onCrashing: () => void
  /** Windows ends the user's session; there is no time to ask anybody. */
  readonly onSessionEnd: () => void
  /**
   * On Wayland a window may get nothing to draw on when it is first shown (seen without a usable graphics card), and one
   * that is behind others stays there; hiding it and showing it again helps in both cases.
   */
  readonly isWayland: boolean
}

/** The one window: there when it is wanted, gone when it has not been for a while. The engine never needs it. */
export interface AppWindow {
  /** Brings the window to the front, with the view that is asked for. */
  show(request?: PageRequest): void
  /**
   * Brings it to the front at the tray icon, unless it is on the screen or its user has put it elsewhere.
   * @param icon where the icon is, where the system reports that
   */
  showAtTray(icon: Rectangle | undefined, request?: PageRequest): void
  /** Whether it is on the screen, or in the task bar. */
  isVisible(): boolean
  /** Hides the window when the user is in it, shows it at the tray icon otherwise. */
  toggle(icon: Rectangle | undefined): void
  setTitle(title: string): void
  /** What stands over the icon in the task bar of Windows, and what a screen reader says of it; null for nothing. */
  setOverlay(overlay: NativeImage | null, description: string): void
  /** Sends to the page, while there is one. */
  send(channel: string, message: unknown): void
  /** Whether an event came from this window's page. */
  isSender(sender: unknown): boolean
  /** From now on closing the window ends it. */
  letClose(): void
}

export const createAppWindow = (options: AppWindowOptions): AppWindow => {
  const { create, clock, openLink, title, anchor, onShow, onCrashing, onSessionEnd, isWayland } = options
  let blurredAt = Number.NEGATIVE_INFINITY
  let shownTitle = ''
  let overlay: readonly [NativeImage | null, string] = [null, '']
  /** Where it was put at the tray; it is elsewhere once its user has moved it. */
  let placed: readonly number[] | undefined
  const isCrashing = createCrashCounter(clock)

  const holder = createWindowHolder({
    ...{ create, clock, openLink, onSessionEnd },
    prepare: (made) => {
      shownTitle = title()
      made.setTitle(shownTitle)
      if (overlay[0] !== null) made.setOverlayIcon(...overlay)
    },
    onDrawn: (made) => bringToFront(made, isWayland),
    onBlur: () => {
      blurredAt = clock.now()
    },
    onForgotten: () => {
      placed = undefined
    },
    // A page that crashed would stay blank. A user who was looking at it gets a new one at once, but not for ever.
    onCrashed: (wasWanted) => {
      if (isCrashing()) onCrashing()
      else if (wasWanted) show()
    },
  })

  const show = (request?: PageRequest, beforeShown?: (hidden: WindowPort) => void): void => {
    onShow()
    const { window, isNew, isDrawn } = holder.want()
    if (!window.isVisible()) beforeShown?.(window)
    // A new fragment on the page that is there is no loading anew (electron/electron#36129); the page takes it away.
    if (isNew || request !== undefined) load(window, request === undefined ? pageUrl : `${pageUrl}#${request}`)
    if (!isDrawn) return
    if (window.isMinimized()) window.restore()
    bringToFront(window, isWayland)
    window.focus()
  }

  const showAtTray = (icon: Rectangle | undefined, request?: PageRequest): void =>
    show(request, (hidden) => place(hidden, icon))

  const place = (shown: WindowPort, icon: Rectangle | undefined): void => {
    const isMoved = placed !== undefined && String(shown.getPosition()) !== String(placed)
    const found = isMoved ? undefined : anchor(icon)
    const [width = 0, height = 0] = shown.getSize()
    const point = found && windowPosition(found.at, { width, height }, found.screen)
    if (point === undefined) return
    shown.setPosition(point.x, point.y)
    placed = shown.getPosition()
  }

  const toggle = (icon: Rectangle | undefined): void => {
    const window = holder.present()
    const hasFocus = window?.isFocused() || clock.now() - blurredAt <= clickTakesFocus
    if (hasFocus && window?.isVisible() && !window.isMinimized()) holder.hide(window)
    else showAtTray(icon)
  }

  /** The window, as long as its page can be talked to. */
  const living = (): WindowPort | undefined => {
    const window = holder.present()
    return window?.isDestroyed() === false ? window : undefined
  }

  return {
    show: (request) => show(request),
    showAtTray,
    isVisible: () => holder.present()?.isVisible() === true,
    toggle,
    setTitle: (text) => {
      if (text === shownTitle) return
      shownTitle = text
      holder.present()?.setTitle(text)
    },
    setOverlay: (image, description) => {
      overlay = [image, description]
      holder.present()?.setOverlayIcon(image, description)
    },
    send: (channel, message) => living()?.webContents.send(channel, message),
    isSender: (sender) => sender !== undefined && sender === living()?.webContents,
    letClose: holder.letClose,
  }
}

const bringToFront = (shown: WindowPort, isWayland: boolean): void => {
  const isInFront = shown.isFocused()
  shown.show()
  if (!isWayland || isInFront) return
  shown.hide()
  shown.show()
}

/** Rejects when a newer loading takes over, which is as it should be; our own files do not fail otherwise. */
const load = (window: WindowPort, url: string): void => {
  window.loadURL(url).catch(() => undefined)
}
