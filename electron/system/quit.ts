import type { App } from 'electron'
import type { Clock } from '../../engine/ports/clock.ts'

/** What of Electron's `app` ending needs. */
export interface QuitApp extends Pick<App, 'quit'> {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  on(event: 'window-all-closed' | 'will-quit' | 'quit', listener: () => void): unknown
}

/** What of Electron's `powerMonitor` ending needs. */
export interface ShutdownEvents {
  /** Its types have no event; its documentation has (electronjs.org/docs/api/power-monitor#event-shutdown-linux-macos). */
  on(event: 'shutdown', listener: (...told: unknown[]) => void): unknown
}

/** How long ending may be held up, in milliseconds; what matters is written long before. */
export const quitTimeout = 1000

/** What ending in order is made with. */
export interface QuitOptions {
  readonly app: QuitApp
  readonly power: ShutdownEvents
  readonly clock: Clock
  /** Writes everything. Called once; whatever becomes of it, the program ends. */
  readonly stop: () => Promise<void>
  /** Whether the keychain still thinks about something. */
  readonly isKeychainBusy: () => boolean
  /** Ends the process at once. */
  readonly kill: () => void
}

/**
 * Ends the program in order: the first `before-quit` is put off until `stop` has written everything, or a second at most,
 * then it quits. Closing the last window ends nothing: a program without a listener for that event would quit.
 *
 * A keychain that waits for its owner occupies a thread of libuv's, and the end of a process waits for those (measured with
 * Node 20: `process.exit` does not return). Then the process is killed as the very last thing, after an update was put in place.
 */
export const quitInOrder = ({ app, power, clock, stop, isKeychainBusy, kill }: QuitOptions): void => {
  let state: 'running' | 'stopping' | 'stopped' = 'running'
  const end = (): void => {
    if (state === 'stopped') return
    state = 'stopped'
    app.quit()
  }
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state === 'stopping') return
    state = 'stopping'
    const cancel = clock.after(quitTimeout, end)
    stop()
      .catch(() => undefined)
      .finally(() => {
        cancel()
        end()
      })
  })
  // Linux and macOS wait a little for who asks for it. Windows tells windows only; see window.ts.
  power.on('shutdown', (event) => {
    if (isPreventable(event)) event.preventDefault()
    app.quit()
  })
  // Listening only now puts it behind everybody else who waits for the end.
  app.on('will-quit', () => {
    app.on('quit', () => {
      if (isKeychainBusy()) kill()
    })
  })
}

const isPreventable = (event: unknown): event is { preventDefault(): void } =>
  typeof event === 'object' && event !== null && 'preventDefault' in event && typeof event.preventDefault === 'function'
