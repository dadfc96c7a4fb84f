import type { Session } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import type { Updater } from './updates.ts'

/** The part of electron-updater's updaters that is used. */
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

export interface OpenUpdaterOptions {
  /** Loads electron-updater, which is not needed at start-up. */
  readonly load: () => Promise<UpdaterLibrary>
  readonly platform: NodeJS.Platform
  /** Whether the program is an AppImage. */
  readonly isAppImage: boolean
  /** The proxy that the administrator's policy sets; otherwise the system's is used. */
  readonly forcedProxy: ProxySetting | undefined
}

/**
 * Opens electron-updater, which looks for newer versions. It verifies what it downloads: the publisher's signature on
 * Windows and macOS, the digest that the release names on Linux.
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
  // It would write to the terminal. Failures reach us through the promises; the listener is there only because an
  // unhandled `error` event throws.
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

/** The updater for packages is only used to look for versions: it is never asked to install one. */
const create = (library: UpdaterLibrary, platform: NodeJS.Platform, isAppImage: boolean): LibraryUpdater => {
  if (platform === 'win32') return new library.NsisUpdater()
  if (platform === 'darwin') return new library.MacUpdater()
  return isAppImage ? new library.AppImageUpdater() : new library.DebUpdater()
}
