import type { App } from 'electron'
import { fail, ok } from '../../common/contract/failure.ts'
import { openAutostart } from '../../engine/linux/autostart.ts'
import type { OpenAtLogin } from '../../engine/ports/open-at-login.ts'
import { executablePath } from './executable-path.ts'

export interface OpenAtLoginOptions {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  readonly execPath: string
  /** The script that Electron was started with during development; undefined in a packaged program. */
  readonly script: string | undefined
}

const args = ['--hidden']

/**
 * Opens the app at login, in the tray: with a login item on macOS and Windows, and an autostart entry on Linux, where
 * Electron has no API. undefined during development, which must not replace an installed copy.
 */
export const createOpenAtLogin = (options: OpenAtLoginOptions): OpenAtLogin | undefined => {
  const { app, platform, environment, home, execPath, script } = options
  if (script !== undefined) return undefined
  if (platform === 'linux') {
    const command = [executablePath(environment, execPath), ...args]
    return openAutostart({ environment, home, name: 'discourse-notifier', command })
  }
  // macOS passes no arguments; see `wasOpenedAtLogin`.
  const own = platform === 'win32' ? { path: execPath, args } : {}
  const isOn = (): boolean => {
    const settings = app.getLoginItemSettings(own)
    // On Windows the user may have switched it off in the Task Manager, which `openAtLogin` does not reflect.
    return platform === 'win32' ? settings.executableWillLaunchAtLogin : settings.openAtLogin
  }
  return {
    isOn,
    set: (wanted) => {
      app.setLoginItemSettings({ openAtLogin: wanted, ...own })
      if (isOn() === wanted) return ok(null)
      const needsApproval = platform === 'darwin' && app.getLoginItemSettings(own).status === 'requires-approval'
      return needsApproval ? fail('login_start_refused') : fail('login_start_failed', { reason: 'not taken' })
    },
  }
}
