import type { BrowserWindowConstructorOptions, NativeImage, Rectangle, Size } from 'electron'
import type { PageRequest } from '../../common/contract/page-request.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Anchor } from '../tray/tray-anchor.ts'
import { pageUrl } from './app-address.ts'
import { createCrashCounter } from './crash-counter.ts'
import { createWindowHolder } from './window-holder.ts'
import type { WindowPort } from './window-port.ts'
import { windowPosition } from './window-position.ts'

/** A click on the Windows tray takes the focus first and is reported afterwards, within this many milliseconds. */
export const clickTakesFocus = 300

/**
 * The window's options: with no more rights than a page in a browser (Electron's security checklist, points 2 to 8).
 */
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
  /** Decides itself what may be opened in the browser. */
  readonly openLink: (url: string) => void
  /** The title for a new window. */
  readonly title: () => string
  /** Where the tray icon is, if that is known and may be used. */
  readonly anchor: (icon: Rectangle | undefined) => Anchor | undefined
  /** Called with the size of a window that is visible, as often as it changes. */
  readonly onResize: (size: Size) => void
  /** Called when the window is shown: its user wants to see the current state. */
  readonly onShow: () => void
  /** Called when the page has crashed too often to be reopened automatically. */
  readonly onCrashing: () => void
  /** Called when Windows ends the user's session; there is no time to ask anything. */
  readonly onSessionEnd: () => void
  /**
   * On Wayland a window may get nothing to draw on when it is first shown (seen without a usable graphics card), and
   * one that is behind others stays there; hiding it and showing it again helps in both cases.
   */
  readonly isWayland: boolean
}

/**
 * The one window: created when it is wanted, destroyed when it has not been wanted for a while. The engine never needs
 * it.
 */
export interface AppWindow {
  /** Brings the window to the front, with the requested view. */
  show(request?: PageRequest): void
  /**
   * Brings it to the front at the tray icon, unless it is already visible or the user has moved it.
   * @param icon the icon's bounds, where the system reports them
   */
  showAtTray(icon: Rectangle | undefined, request?: PageRequest): void
  /** Whether it is on the screen, or minimised. */
  isVisible(): boolean
  /** Hides the window when it has the focus, shows it at the tray icon otherwise. */
  toggle(icon: Rectangle | undefined): void
  setTitle(title: string): void
  /** Sets the overlay on the icon in the Windows taskbar, and its description for screen readers; null removes it. */
  setOverlay(overlay: NativeImage | null, description: string): void
  /** Sends to the page, while there is one. */
  send(channel: string, message: unknown): void
  /** Whether an event came from this window's page. */
  isSender(sender: unknown): boolean
  /** From now on closing the window destroys it. */
  letClose(): void
}

export const createAppWindow = (options: AppWindowOptions): AppWindow => {
  const { create, clock, openLink, title, anchor, onResize, onShow, onCrashing, onSessionEnd, isWayland } = options
  let blurredAt = Number.NEGATIVE_INFINITY
  let shownTitle = ''
  let overlay: readonly [NativeImage | null, string] = [null, '']
  /** Where it was placed at the tray; its position differs once the user has moved it. */
  let placed: readonly number[] | undefined
  const isCrashing = createCrashCounter(clock)

  const holder = createWindowHolder({
    ...{ create, clock, openLink, onSessionEnd },
    prepare: (made) => {
      shownTitle = title()
      made.setTitle(shownTitle)
      if (overlay[0] !== null) made.setOverlayIcon(...overlay)
      // Of a window that fills the screen it is the size that it has besides.
      made.on('resize', () => {
        if (made.isVisible()) onResize(made.getNormalBounds())
      })
    },
    onDrawn: (made) => bringToFront(made, isWayland),
    onBlur: () => {
      blurredAt = clock.elapsed()
    },
    onForgotten: () => {
      placed = undefined
    },
    // A page that crashed would stay blank. A user who was looking at it gets a new one at once, but not endlessly.
    onCrashed: (wasWanted) => {
      if (isCrashing()) onCrashing()
      else if (wasWanted) show()
    },
  })

  const show = (request?: PageRequest, beforeShown?: (hidden: WindowPort) => void): void => {
    onShow()
    const { window, isNew, isDrawn } = holder.want()
    if (!window.isVisible()) beforeShown?.(window)
    // A new fragment does not reload the current page (electron/electron#36129); the page removes it once read.
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
    const hasFocus = window?.isFocused() || clock.elapsed() - blurredAt <= clickTakesFocus
    if (hasFocus && window?.isVisible() && !window.isMinimized()) holder.hide(window)
    else showAtTray(icon)
  }

  /** The window, as long as its page can be sent to. */
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

/** `loadURL` rejects when a newer load replaces it, which is expected; our own files do not fail otherwise. */
const load = (window: WindowPort, url: string): void => {
  window.loadURL(url).catch(() => undefined)
}
