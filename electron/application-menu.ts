import type { MenuItemConstructorOptions } from 'electron'

/**
 * On macOS the shortcuts for copying and pasting work only through a menu. Elsewhere there is none, and setting none
 * before `ready` saves building Electron's default one (electronjs.org/docs/tutorial/performance, point 8).
 */
export const applicationMenu = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null
