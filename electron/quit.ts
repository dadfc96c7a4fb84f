import type { App } from 'electron'

/** What of Electron's `app` ending needs. */
export interface QuitApp extends Pick<App, 'quit'> {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
}

/**
 * Ends the program in order: the first `before-quit` is put off until `stop` has written everything, then it quits.
 * Closing the last window ends nothing: a program without a listener for that event would quit.
 * @param stop called once; whatever becomes of it, the program ends
 */
export const quitInOrder = (app: QuitApp, stop: () => Promise<void>): void => {
  let state: 'running' | 'stopping' | 'stopped' = 'running'
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state === 'stopping') return
    state = 'stopping'
    stop()
      .catch(() => undefined)
      .finally(() => {
        state = 'stopped'
        app.quit()
      })
  })
}
