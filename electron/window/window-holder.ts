import type { Clock } from '../../engine/ports/clock.ts'
import type { WebContentsPort, WindowPort } from './window-port.ts'

/** How long a hidden window is kept, in milliseconds: opening it again within that time takes no loading. */
export const hiddenLifetime = 10 * 60_000

/**
 * How long the desktop has for saying that the page is drawn, in milliseconds. On many Wayland desktops it says so of a
 * shown window only (electron/electron#48859), which would then never be one.
 */
export const readyTimeout = 2000

export interface WindowHolderOptions {
  readonly create: () => WindowPort
  readonly clock: Clock
  /** What should be opened in the browser is decided there, not here. */
  readonly openLink: (url: string) => void
  readonly onSessionEnd: () => void
  /** Called with each window that is made, before anything else. */
  readonly prepare: (made: WindowPort) => void
  /** Its page is drawn for the first time, and it is wanted. */
  readonly onDrawn: (made: WindowPort) => void
  readonly onBlur: () => void
  /** There is none any more. */
  readonly onForgotten: () => void
  /** Its page's process has ended, and the window with it. @param wasWanted whether the user was looking at it */
  readonly onCrashed: (wasWanted: boolean) => void
}

/** Holds the one window there is: made when it is wanted, hidden when its user closes it, destroyed when nobody has wanted it for a while. */
export interface WindowHolder {
  /** The one there is, on the screen or not. */
  present(): WindowPort | undefined
  /** Makes the window if there is none, and keeps it. @returns whether it was made, and whether its page is drawn */
  want(): { readonly window: WindowPort; readonly isNew: boolean; readonly isDrawn: boolean }
  hide(window: WindowPort): void
  /** From now on closing the window ends it. */
  letClose(): void
}

export const createWindowHolder = (options: WindowHolderOptions): WindowHolder => {
  const { create, clock, openLink, onSessionEnd, prepare, onDrawn, onBlur, onForgotten, onCrashed } = options
  let window: WindowPort | undefined
  let isDrawn = false
  let isWanted = false
  let mayClose = false
  let cancelReady = (): void => undefined
  let cancelEnd = (): void => undefined

  const forget = (): void => {
    cancelEnd()
    cancelReady()
    window = undefined
    onForgotten()
  }

  const hide = (shown: WindowPort): void => {
    isWanted = false
    // Hidden on a screen of its own it would leave that there, black (electron/electron#20263).
    if (shown.isFullScreen()) {
      shown.setFullScreen(false)
      return
    }
    shown.hide()
    cancelEnd()
    cancelEnd = clock.after(hiddenLifetime, () => {
      if (!shown.isDestroyed()) shown.destroy()
    })
  }

  const awaitDrawing = (made: WindowPort): void => {
    isDrawn = false
    const drawn = (): void => {
      cancelReady()
      if (isDrawn || window !== made) return
      isDrawn = true
      if (isWanted) onDrawn(made)
    }
    made.once('ready-to-show', drawn)
    cancelReady = clock.after(readyTimeout, drawn)
  }

  const open = (): WindowPort => {
    const made = create()
    window = made
    prepare(made)
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
    made.on('blur', onBlur)
    made.on('leave-full-screen', () => {
      if (!isWanted) hide(made)
    })
    awaitDrawing(made)
    guard(made.webContents, openLink)
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      const wasWanted = isWanted
      isWanted = false
      if (!made.isDestroyed()) made.destroy()
      if (reason !== 'clean-exit' && !mayClose) onCrashed(wasWanted)
    })
    return made
  }

  return {
    present: () => window,
    want: () => {
      cancelEnd()
      isWanted = true
      const isNew = window === undefined
      return { window: window ?? open(), isNew, isDrawn }
    },
    hide,
    letClose: () => {
      mayClose = true
    },
  }
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
