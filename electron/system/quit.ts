import type { App } from 'electron'
import type { Clock } from '../../engine/ports/clock.ts'

/** The part of Electron's `app` that is used. */
export interface QuitApp extends Pick<App, 'quit'> {
  readonly commandLine: Pick<App['commandLine'], 'appendSwitch'>
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  on(event: 'window-all-closed' | 'will-quit' | 'quit', listener: () => void): unknown
}

/** The part of Electron's `powerMonitor` that is used. */
export interface ShutdownEvents {
  /**
   * Electron's types give the listener no event, its documentation does
   * (electronjs.org/docs/api/power-monitor#event-shutdown-linux-macos).
   */
  on(event: 'shutdown', listener: (...told: unknown[]) => void): unknown
}

/** How long quitting may be delayed, in milliseconds; what matters has been written long before. */
export const quitTimeout = 1000

/**
 * Chromium's, read whenever its GPU process ends. A session that ends sends SIGTERM to all of our processes at once, and
 * Chromium, which cannot start that one again, would end the main process with a dump before it has stopped in order.
 */
const withoutGpuLimit = 'disable-gpu-process-crash-limit'

export interface QuitOptions {
  readonly app: QuitApp
  readonly power: ShutdownEvents
  readonly clock: Clock
  /** Writes everything. Called once; the program ends whether it succeeds or not. */
  readonly stop: () => Promise<void>
  /** Whether a call to the keychain is still running. */
  readonly isKeychainBusy: () => boolean
  /** Ends the process at once. */
  readonly kill: () => void
}

/**
 * Shuts the program down in order: the first `before-quit` is delayed until `stop` has written everything, for a second
 * at most; then the program quits. Closing the last window does not quit it: without a listener for that event Electron
 * would.
 *
 * A keychain that waits for the user occupies a thread of libuv's pool, and a process does not end before those
 * (measured with Node 20: `process.exit` does not return). In that case the process is killed at the very end, after an
 * update has been installed.
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
    app.commandLine.appendSwitch(withoutGpuLimit)
    const cancel = clock.after(quitTimeout, end)
    stop()
      .catch(() => undefined)
      .finally(() => {
        cancel()
        end()
      })
  })
  // Linux and macOS wait a little for a program that asks for it. Windows only notifies windows; see window.ts.
  power.on('shutdown', (event) => {
    if (isPreventable(event)) event.preventDefault()
    app.quit()
  })
  // Registered only now, so that it runs after every other `quit` listener.
  app.on('will-quit', () => {
    app.on('quit', () => {
      if (isKeychainBusy()) kill()
    })
  })
}

const isPreventable = (event: unknown): event is { preventDefault(): void } =>
  typeof event === 'object' && event !== null && 'preventDefault' in event && typeof event.preventDefault === 'function'
