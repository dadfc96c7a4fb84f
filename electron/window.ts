import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron'
import type { Clock } from '../engine/clock.ts'
import { pageUrl } from './app-address.ts'

/** How long a hidden window is kept, in milliseconds: opening it again within that time takes no loading. */
export const hiddenLifetime = 10 * 60_000

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
  on(event: 'render-process-gone', listener: () => void): unknown
}

/** What of Electron's `BrowserWindow` is needed. */
export interface WindowPort
  extends Pick<
    BrowserWindow,
    | 'destroy'
    | 'focus'
    | 'hide'
    | 'isDestroyed'
    | 'isFocused'
    | 'isMinimized'
    | 'isVisible'
    | 'loadURL'
    | 'restore'
    | 'setTitle'
    | 'show'
  > {
  readonly webContents: WebContentsPort
  on(event: 'close', listener: (event: Preventable) => void): unknown
  on(event: 'page-title-updated', listener: (event: Preventable) => void): unknown
  on(event: 'closed', listener: () => void): unknown
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

/** What the window is made with. */
export interface AppWindowOptions {
  readonly create: () => WindowPort
  readonly clock: Clock
  /** What should be opened in the browser is decided there, not here. */
  readonly openLink: (url: string) => void
  /** The title for a window that is being made. */
  readonly title: () => string
}

/** The one window: there when it is wanted, gone when it has not been for a while. The engine never needs it. */
export interface AppWindow {
  /** Brings the window to the front. With `add`, it asks for a forum's address at once. */
  show(request?: 'add'): void
  /** Hides the window when the user is in it, shows it otherwise. */
  toggle(): void
  setTitle(title: string): void
  /** Sends to the page, while there is one. */
  send(channel: string, message: unknown): void
  /** Whether an event came from this window's page. */
  isSender(sender: unknown): boolean
  /** From now on closing the window ends it. */
  letClose(): void
}

export const createAppWindow = ({ create, clock, openLink, title }: AppWindowOptions): AppWindow => {
  let window: WindowPort | undefined
  let isReady = false
  let isWanted = false
  let mayClose = false
  let keepAlive: (() => void) | undefined
  let shownTitle = ''

  const forget = (): void => {
    keepAlive?.()
    keepAlive = undefined
    window = undefined
  }

  const hide = (shown: WindowPort): void => {
    isWanted = false
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
    made.once('ready-to-show', () => {
      isReady = true
      if (isWanted && !made.isDestroyed()) made.show()
    })
    guard(made.webContents, openLink)
    // A page that crashed would stay blank; the next opening makes a new one.
    made.webContents.on('render-process-gone', () => {
      if (!made.isDestroyed()) made.destroy()
    })
    return made
  }

  const show = (request?: 'add'): void => {
    keepAlive?.()
    keepAlive = undefined
    isWanted = true
    const isNew = window === undefined
    const shown = window ?? open()
    // A new fragment on the page that is there is no loading anew (electron/electron#36129); the page takes it away.
    if (isNew || request !== undefined) load(shown, request === undefined ? pageUrl : `${pageUrl}#${request}`)
    if (!isReady) return
    if (shown.isMinimized()) shown.restore()
    shown.show()
    shown.focus()
  }

  return {
    show,
    toggle: () => {
      if (window?.isVisible() && !window.isMinimized() && window.isFocused()) hide(window)
      else show()
    },
    setTitle: (text) => {
      if (text === shownTitle) return
      shownTitle = text
      window?.setTitle(text)
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
