import { readFileSync } from 'node:fs'
import * as path from 'node:path'

/**
 * How this program came here, as far as updates care: `self` can put a newer one in its own place, `elsewhere` was brought
 * by something that has to bring the newer one as well (deb, rpm, an archive), `none` has nothing to do with updates: a
 * checkout, a package of the Store, one built without a place to look.
 */
export type Installation = 'self' | 'elsewhere' | 'none'

/** What tells it. */
export interface InstallationSigns {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly isFromStore: boolean
  /** Where newer versions are announced; undefined for a package built without. */
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
 * The page of releases that a package was built for, from the file that electron-builder puts beside the archive.
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
