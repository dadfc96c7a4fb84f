import * as path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of an icon that `build/icons/render-icons.ts` has rendered, by folder and name. */
export const iconFile = (...names: readonly string[]): string =>
  path.join(fileURLToPath(new URL('../icons', import.meta.url)), ...names)

/** The app's icon, for windows and dialogs. */
export const appIcon = iconFile('app', '256x256.png')
