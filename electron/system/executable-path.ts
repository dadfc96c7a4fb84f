import * as path from 'node:path'

/**
 * The path that starts this program again: the AppImage that it runs from, because the executable inside is mounted for
 * this run only; otherwise Electron's executable. Programs that an AppImage starts inherit its variables, so they count
 * only when they are about this program.
 */
export const executablePath = ({ APPIMAGE, APPDIR }: NodeJS.ProcessEnv, execPath: string): string =>
  APPIMAGE !== undefined && APPDIR !== undefined && execPath.startsWith(`${path.posix.normalize(APPDIR)}/`)
    ? APPIMAGE
    : execPath
