import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeImage,
  Rectangle,
  RenderProcessGoneDetails,
  WebContents,
} from 'electron'
import type { PageRequest } from '../../common/contract/page-request.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Anchor } from '../tray/tray-anchor.ts'
import { pageUrl } from './app-address.ts'
import { createCrashCounter } from './crash-counter.ts'
import { windowPosition } from './window-position.ts'

/** How long a hidden window is kept, in milliseconds: opening it again within that time takes no loading. */
export const hiddenLifetime = 10 * 60_000

/**
 * How long the desktop has for saying that the page is drawn, in milliseconds. On many Wayland desktops it says so of a
 * shown window only (electron/electron#48859), which would then never be one.
 */
export const readyTimeout = 2000

/** A click on the tray of Windows takes the focus first and is told of then, within so many milliseconds. */
export const clickTakesFocus = 300

interface Preventable {
  preventDefault(): void
}

/** What of Electron's `WebContents` the window needs. */
export interface WebContentsPort extends Pick<WebContents, 'send'> {
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
  on(event: 'will-navigate', listener: (event: Preventable) => void): unknown
  on(event: 'will-frame-navigate', listener: (event: Preventable) => void): unknown
  on(event: 'will-redirect', listener: (event: Preventable) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(
    event: 'render-process-gone',
    listener: (event: unknown, details: Pick<RenderProcessGoneDetails, 'reason'>) => void,
  ): unknown
}

/** What of Electron's `BrowserWindow` is needed. */
export interface WindowPort
  extends Pick<
    BrowserWindow,
    | 'destroy'
    | 'focus'
    | 'getPosition'
    | 'getSize'
    | 'hide'
    | 'isDestroyed'
    | 'isFocused'
    | 'isFullScreen'
    | 'isMinimized'
    | 'isVisible'
    | 'loadURL'
    | 'restore'
    | 'setFullScreen'
    | 'setPosition'
    | 'setTitle'
    | 'show'
  > {
  readonly webContents: WebContentsPort
  on(event: 'close', listener: (event: Preventable) => void): unknown
  on(event: 'page-title-updated', listener: (event: Preventable) => void): unknown
  on(event: 'blur' | 'closed' | 'leave-full-screen' | 'session-end', listener: () => void): unknown
  /** Windows only; what stands over the icon in the task bar. */
  setOverlayIcon(overlay: NativeImage | null, description: string): void
  once(event: 'ready-to-show', listener: () => void): unknown
}

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
  let window: WindowPort | undefined
  let isReady = false
  let cancelReady = (): void => undefined
  let isWanted = false
  let blurredAt = Number.NEGATIVE_INFINITY
  let mayClose = false
  let keepAlive: (() => void) | undefined
  let shownTitle = ''
  let overlay: readonly [NativeImage | null, string] = [null, '']
  /** Where it was put at the tray; it is elsewhere once its user has moved it. */
  let placed: readonly number[] | undefined
  const isCrashing = createCrashCounter(clock)

  const forget = (): void => {
    keepAlive?.()
    keepAlive = undefined
    cancelReady()
    window = undefined
    placed = undefined
  }

  const hide = (shown: WindowPort): void => {
    isWanted = false
    // Hidden on a screen of its own it would leave that there, black (electron/electron#20263).
    if (shown.isFullScreen()) {
      shown.setFullScreen(false)
      return
    }
    shown.hide()
    keepAlive?.()
    keepAlive = clock.after(hiddenLifetime, () => {
      if (!shown.isDestroyed()) shown.destroy()
    })
  }

  const open = (): WindowPort => {
    const made = create()
    isReady = false
    window = made
    shownTitle = title()
    made.setTitle(shownTitle)
    if (overlay[0] !== null) made.setOverlayIcon(...overlay)
    // The page sets the same title; ours is also right while the page is still loading.
    made.on('page-title-updated', (event) => event.preventDefault())
    made.on('close', (event) => {
      if (mayClose) return
      event.preventDefault()
      hide(made)
    })
    made.on('closed', () => {
      if (window === made) forget()
    })
    made.on('session-end', onSessionEnd)
    made.on('blur', () => {
      blurredAt = clock.now()
    })
    made.on('leave-full-screen', () => {
      if (!isWanted) hide(made)
    })
    const ready = (): void => {
      cancelReady()
      if (isReady || window !== made) return
      isReady = true
      if (isWanted) bringToFront(made)
    }
    made.once('ready-to-show', ready)
    cancelReady = clock.after(readyTimeout, ready)
    guard(made.webContents, openLink)
    // A page that crashed would stay blank. A user who was looking at it gets a new one at once, but not for ever.
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      const wasWanted = isWanted
      isWanted = false
      if (!made.isDestroyed()) made.destroy()
      if (reason === 'clean-exit' || mayClose) return
      if (isCrashing()) onCrashing()
      else if (wasWanted) show()
    })
    return made
  }

  const bringToFront = (shown: WindowPort): void => {
    const isInFront = shown.isFocused()
    shown.show()
    if (!isWayland || isInFront) return
    shown.hide()
    shown.show()
  }

  const show = (request?: PageRequest, beforeShown?: (hidden: WindowPort) => void): void => {
    keepAlive?.()
    keepAlive = undefined
    isWanted = true
    onShow()
    const isNew = window === undefined
    const shown = window ?? open()
    if (!shown.isVisible()) beforeShown?.(shown)
    // A new fragment on the page that is there is no loading anew (electron/electron#36129); the page takes it away.
    if (isNew || request !== undefined) load(shown, request === undefined ? pageUrl : `${pageUrl}#${request}`)
    if (!isReady) return
    if (shown.isMinimized()) shown.restore()
    bringToFront(shown)
    shown.focus()
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

  return {
    show: (request) => show(request),
    showAtTray,
    isVisible: () => window?.isVisible() === true,
    toggle: (icon) => {
      const hasFocus = window?.isFocused() || clock.now() - blurredAt <= clickTakesFocus
      if (hasFocus && window?.isVisible() && !window.isMinimized()) hide(window)
      else showAtTray(icon)
    },
    setTitle: (text) => {
      if (text === shownTitle) return
      shownTitle = text
      window?.setTitle(text)
    },
    setOverlay: (image, description) => {
      overlay = [image, description]
      window?.setOverlayIcon(image, description)
    },
    send: (channel, message) => {
      if (window !== undefined && !window.isDestroyed()) window.webContents.send(channel, message)
    },
    isSender: (sender) => window !== undefined && !window.isDestroyed() && sender === window.webContents,
    letClose: () => {
      mayClose = true
    },
  }
}

/** Rejects when a newer loading takes over, which is as it should be; our own files do not fail otherwise. */
const load = (window: WindowPort, url: string): void => {
  window.loadURL(url).catch(() => undefined)
}

/** The page stays the page: no new window, no other address, no webview (security checklist, points 12 to 14). */
const guard = (contents: WebContentsPort, openLink: (url: string) => void): void => {
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
