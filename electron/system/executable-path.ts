import * as path from 'node:path'

/**
 * What starts this program anew: the AppImage that it runs from, because what Electron runs from there is mounted for this
 * run alone; otherwise Electron itself. Programs that an AppImage starts inherit its variables, so they count only where
 * they are about this program.
 */
export const executablePath = ({ APPIMAGE, APPDIR }: NodeJS.ProcessEnv, execPath: string): string =>
  APPIMAGE !== undefined && APPDIR !== undefined && execPath.startsWith(`${path.posix.normalize(APPDIR)}/`)
    ? APPIMAGE
    : execPath
