import { isDigit, type TrayFace } from '../../common/glance/tray-faces.ts'

/** The theme of the Windows taskbar. */
export type Panel = 'light' | 'dark'

/**
 * The file name of a tray icon as `build/icons/render-icons.ts` writes it. Electron finds the `@2x` file beside it, and
 * treats the one for macOS as a template because of its name; Windows picks the size it needs from an `.ico`
 * (electronjs.org/docs/api/native-image).
 */
export const trayImage = (face: TrayFace, panel: Panel, platform: NodeJS.Platform): string => {
  // On macOS the number is shown beside the icon.
  if (platform === 'darwin') return `${isDigit(face) ? 'idle' : face}Template.png`
  // Linux panels are 22 to 24 pixels high and scale the icon: down looks better than up. No desktop reports their
  // colour, which differs from the theme's on XFCE and is not known on tint2 or waybar, so the icon there has two
  // tones.
  return platform === 'win32' ? `${face}-${panel}.ico` : `${face}.png`
}

/** What Electron's `nativeTheme` knows about the taskbar, whose theme Windows keeps apart from that of apps. */
export interface Theme {
  readonly shouldUseDarkColorsForSystemIntegratedUI: boolean
}

export const panelOf = (theme: Theme): Panel => (theme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light')
