import { isDigit, type TrayFace } from '../../common/glance/tray-faces.ts'

/** What the task bar of Windows looks like. */
export type Panel = 'light' | 'dark'

/**
 * The file name of a tray icon as `build/icons/render-icons.ts` writes it. Electron finds the `@2x` one beside it by itself
 * and, by its name, treats the one for macOS as a template; Windows takes the size it needs out of an `.ico`
 * (electronjs.org/docs/api/native-image).
 */
export const trayImage = (face: TrayFace, panel: Panel, platform: NodeJS.Platform): string => {
  // On macOS the number stands beside the icon.
  if (platform === 'darwin') return `${isDigit(face) ? 'idle' : face}Template.png`
  // Linux panels are 22 to 24 pixels high and scale what they get: down looks better than up. No desktop tells their colour,
  // which is not the theme's on XFCE, and nobody's on tint2 or waybar, so the icon there has two tones.
  return platform === 'win32' ? `${face}-${panel}.ico` : `${face}.png`
}

/** What Electron's `nativeTheme` knows of the task bar, whose theme Windows tells apart from that of programs. */
export interface Theme {
  readonly shouldUseDarkColorsForSystemIntegratedUI: boolean
}

export const panelOf = (theme: Theme): Panel => (theme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light')
