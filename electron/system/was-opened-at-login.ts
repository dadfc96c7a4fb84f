import type { App } from 'electron'

/** Whether the system started this run at login. Only macOS reports it, and there it takes the place of `--hidden`. */
export const wasOpenedAtLogin = (app: Pick<App, 'getLoginItemSettings'>, platform: NodeJS.Platform): boolean =>
  platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
