import { isDigit, type TrayFace } from '../../common/glance/glance.ts'

/** What the panel that holds the icon looks like. */
export type Panel = 'light' | 'dark'

/**
 * The file name of a tray icon as `build/icons/render-icons.ts` writes it. Electron finds the `@2x` one beside it by itself
 * and, by its name, treats the one for macOS as a template; Windows takes the size it needs out of an `.ico`
 * (electronjs.org/docs/api/native-image).
 */
export const trayImage = (face: TrayFace, panel: Panel, platform: NodeJS.Platform): string => {
  // On macOS the number stands beside the icon.
  if (platform === 'darwin') return `${isDigit(face) ? 'idle' : face}Template.png`
  // Linux panels are 22 to 24 pixels high and scale what they get: down looks better than up.
  return platform === 'win32' ? `${face}-${panel}.ico` : `${face}-${panel}.png`
}

/** What Electron's `nativeTheme` knows. */
export interface Theme {
  readonly shouldUseDarkColors: boolean
  readonly shouldUseDarkColorsForSystemIntegratedUI: boolean
}

/**
 * Windows tells the task bar's theme apart from that of programs. GNOME's bar is dark whatever the theme; other desktops'
 * panels mostly follow it.
 */
export const panelOf = (theme: Theme, platform: NodeJS.Platform, desktop: string | undefined): Panel => {
  if (platform === 'linux') {
    const isGnome = /\b(GNOME|Unity)\b/i.test(desktop ?? '')
    return isGnome || theme.shouldUseDarkColors ? 'dark' : 'light'
  }
  return theme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light'
}
