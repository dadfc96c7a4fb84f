import type { BrowserWindow, NativeImage, RenderProcessGoneDetails, WebContents } from 'electron'

interface Preventable {
  preventDefault(): void
}

/** The part of Electron's `WebContents` that is used. */
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

/** The part of Electron's `BrowserWindow` that is used. */
export interface WindowPort
  extends Pick<
    BrowserWindow,
    | 'destroy'
    | 'focus'
    | 'getNormalBounds'
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
  on(event: 'blur' | 'closed' | 'leave-full-screen' | 'resize' | 'session-end', listener: () => void): unknown
  /** Windows only: the overlay on the icon in the taskbar. */
  setOverlayIcon(overlay: NativeImage | null, description: string): void
  once(event: 'ready-to-show', listener: () => void): unknown
}
