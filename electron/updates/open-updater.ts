import type { Session } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import type { Updater } from './updates.ts'

/** What of electron-updater's updaters is used. */
export interface LibraryUpdater
  extends Pick<
    AppUpdater,
    'allowDowngrade' | 'allowPrerelease' | 'autoDownload' | 'autoInstallOnAppQuit' | 'autoRunAppAfterInstall' | 'logger'
  > {
  readonly netSession: Pick<Session, 'setProxy'>
  on(event: 'error', listener: (error: Error) => void): unknown
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean
    readonly updateInfo: { readonly version: string }
  } | null>
  downloadUpdate(): Promise<unknown>
}

/** electron-updater, as far as it is used. */
export type UpdaterLibrary = {
  readonly [Name in 'AppImageUpdater' | 'DebUpdater' | 'MacUpdater' | 'NsisUpdater']: new () => LibraryUpdater
}

/** What an updater is opened with. */
export interface OpenUpdaterOptions {
  /** Loads electron-updater, which a start can do without. */
  readonly load: () => Promise<UpdaterLibrary>
  readonly platform: NodeJS.Platform
  /** Whether the program is an AppImage. */
  readonly isAppImage: boolean
  /** The administrator's word on proxies; otherwise the system's holds. */
  readonly forcedProxy: ProxySetting | undefined
}

/**
 * electron-updater as the thing that looks for newer versions. It checks what it brings: the publisher's signature on Windows
 * and macOS, the digest that the release names on Linux.
 */
export const openUpdater = async (options: OpenUpdaterOptions): Promise<Updater> => {
  const { load, platform, isAppImage, forcedProxy } = options
  const library = await load()
  const updater = create(library, platform, isAppImage)
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = true
  updater.autoRunAppAfterInstall = false
  updater.allowDowngrade = false
  updater.allowPrerelease = false
  // It would write to the terminal; what failed reaches us by the promises, and here so that no event is unheard.
  updater.logger = null
  updater.on('error', () => undefined)
  if (forcedProxy?.kind === 'none') await updater.netSession.setProxy({ mode: 'direct' })
  if (forcedProxy?.kind === 'manual') await updater.netSession.setProxy({ proxyRules: forcedProxy.url })
  return {
    look: async () => {
      const answer = await updater.checkForUpdates()
      return answer?.isUpdateAvailable === true ? answer.updateInfo.version : undefined
    },
    download: async () => {
      await updater.downloadUpdate()
    },
  }
}

/** The one for packages only looks here: it is never asked to install. */
const create = (library: UpdaterLibrary, platform: NodeJS.Platform, isAppImage: boolean): LibraryUpdater => {
  if (platform === 'win32') return new library.NsisUpdater()
  if (platform === 'darwin') return new library.MacUpdater()
  return isAppImage ? new library.AppImageUpdater() : new library.DebUpdater()
}
