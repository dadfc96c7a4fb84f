import type { BrowserWindow, NativeImage, RenderProcessGoneDetails, WebContents } from 'electron'

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
