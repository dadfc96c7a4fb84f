import { readFileSync } from 'node:fs'
import * as path from 'node:path'

/**
 * How this program was installed, as far as updates are concerned: `self` can replace itself with a newer version,
 * `elsewhere` has to be updated the way it was installed (deb, rpm, an archive), `none` has no updates: a checkout, a
 * package from the Microsoft Store, one built without a place to look.
 */
export type Installation = 'self' | 'elsewhere' | 'none'

/** What the answer depends on. */
export interface InstallationSigns {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly isFromStore: boolean
  /** The page that announces newer versions; undefined for a package built without one. */
  readonly releases: string | undefined
  /** Whether it runs from an AppImage. */
  readonly isAppImage: boolean
}

export const installationOf = (signs: InstallationSigns): Installation => {
  const { platform, isPackaged, isFromStore, releases, isAppImage } = signs
  if (!isPackaged || isFromStore || releases === undefined) return 'none'
  if (platform === 'linux') return isAppImage ? 'self' : 'elsewhere'
  return platform === 'win32' || platform === 'darwin' ? 'self' : 'none'
}

/**
 * The releases page that a package was built for, from the file that electron-builder puts beside the archive.
 * @param resources Electron's `process.resourcesPath`
 */
export const releasesPage = (resources: string): string | undefined => {
  try {
    const text = readFileSync(path.join(resources, 'app-update.yml'), 'utf8')
    const field = (name: string) => new RegExp(`^${name}: '?([\\w.-]+)'?$`, 'm').exec(text)?.[1]
    const [owner, repo] = [field('owner'), field('repo')]
    const isKnown = field('provider') === 'github' && owner !== undefined && repo !== undefined
    return isKnown ? `https://github.com/${owner}/${repo}/releases` : undefined
  } catch {
    return undefined
  }
}
