import type { Clock } from '../../engine/ports/clock.ts'
import type { WebContentsPort, WindowPort } from './window-port.ts'

/** How long a hidden window is kept, in milliseconds: opening it again within that time needs no loading. */
export const hiddenLifetime = 10 * 60_000

/**
 * How long to wait for `ready-to-show`, in milliseconds. On many Wayland desktops it comes only for a visible window
 * (electron/electron#48859), so a hidden one would never be shown.
 */
export const readyTimeout = 2000

export interface WindowHolderOptions {
  readonly create: () => WindowPort
  readonly clock: Clock
  /** Decides itself what may be opened in the browser. */
  readonly openLink: (url: string) => void
  readonly onSessionEnd: () => void
  /** Called with each new window, before anything else. */
  readonly prepare: (made: WindowPort) => void
  /** Called when the page of a wanted window is drawn for the first time. */
  readonly onDrawn: (made: WindowPort) => void
  readonly onBlur: () => void
  /** Called when the window is gone. */
  readonly onForgotten: () => void
  /**
   * Called when the page's process has ended, and the window with it. @param wasWanted whether the user was looking at
   * it
   */
  readonly onCrashed: (wasWanted: boolean) => void
}

/**
 * Holds the one window: created when it is wanted, hidden when the user closes it, destroyed when it has not been
 * wanted for a while.
 */
export interface WindowHolder {
  /** The current window, visible or not. */
  present(): WindowPort | undefined
  /**
   * Creates the window if there is none, and keeps it. @returns the window, whether it is new, and whether its page is
   * drawn
   */
  want(): { readonly window: WindowPort; readonly isNew: boolean; readonly isDrawn: boolean }
  hide(window: WindowPort): void
  /** From now on closing the window destroys it. */
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
    // A window hidden in full screen would leave a black screen behind (electron/electron#20263).
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

/** Keeps the page where it is: no new windows, no other address, no webview (security checklist, points 12 to 14). */
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
