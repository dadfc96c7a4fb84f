import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { ProxySetting } from '../../common/preferences/network-settings.ts'
import { type LibraryUpdater, openUpdater, type UpdaterLibrary } from './open-updater.ts'

/** electron-updater's updater, which finds version 2.0.0. */
class LibraryDouble extends EventEmitter<{ error: [Error] }> implements LibraryUpdater {
  allowDowngrade = true
  allowPrerelease = true
  autoDownload = true
  autoInstallOnAppQuit = false
  autoRunAppAfterInstall = true
  logger: LibraryUpdater['logger'] = console
  isUpdateAvailable = true
  readonly proxies: unknown[] = []
  downloads = 0
  readonly netSession: LibraryUpdater['netSession'] = {
    setProxy: async (config) => void this.proxies.push(config),
  }

  async checkForUpdates() {
    return { isUpdateAvailable: this.isUpdateAvailable, updateInfo: { version: '2.0.0' } }
  }
  async downloadUpdate(): Promise<string[]> {
    this.downloads += 1
    return []
  }
}

const setUp = async (platform: NodeJS.Platform, isAppImage = false, forcedProxy?: ProxySetting) => {
  const made: [string, LibraryDouble][] = []
  const named = (name: string) =>
    class extends LibraryDouble {
      constructor() {
        super()
        made.push([name, this])
      }
    }
  const library: UpdaterLibrary = {
    AppImageUpdater: named('AppImage'),
    DebUpdater: named('Deb'),
    MacUpdater: named('Mac'),
    NsisUpdater: named('Nsis'),
  }
  const updater = await openUpdater({ load: async () => library, platform, isAppImage, forcedProxy })
  const [first] = made
  if (first === undefined || made.length > 1) throw new Error('not exactly one updater was made')
  return { name: first[0], library: first[1], updater }
}

describe('electron-updater', () => {
  it.each<[NodeJS.Platform, boolean, string]>([
    ['win32', false, 'Nsis'],
    ['darwin', false, 'Mac'],
    ['linux', true, 'AppImage'],
    ['linux', false, 'Deb'],
  ])('is asked for what %s needs (AppImage: %s)', async (platform, isAppImage, expected) => {
    expect((await setUp(platform, isAppImage)).name).toBe(expected)
  })

  it('downloads nothing on its own, installs when the program ends and starts nothing', async () => {
    const { library } = await setUp('win32')
    expect(library).toMatchObject({
      autoDownload: false,
      autoInstallOnAppQuit: true,
      autoRunAppAfterInstall: false,
      allowDowngrade: false,
      allowPrerelease: false,
      logger: null,
    })
    // An `error` event that nobody hears ends a program.
    expect(library.emit('error', new Error('no network'))).toBe(true)
  })

  it('finds a newer version, and downloads it when asked', async () => {
    const { updater, library } = await setUp('darwin')
    expect(await updater.look()).toBe('2.0.0')
    expect(library.downloads).toBe(0)
    await updater.download()
    expect(library.downloads).toBe(1)
    library.isUpdateAvailable = false
    expect(await updater.look()).toBeUndefined()
  })

  it('uses the administrator’s proxy', async () => {
    const { library: usual } = await setUp('linux')
    expect(usual.proxies).toEqual([])
    const { library: direct } = await setUp('linux', false, { kind: 'none' })
    expect(direct.proxies).toEqual([{ mode: 'direct' }])
    const { library: forced } = await setUp('linux', false, { kind: 'manual', url: 'http://proxy.example:3128' })
    expect(forced.proxies).toEqual([{ proxyRules: 'http://proxy.example:3128' }])
  })
})
