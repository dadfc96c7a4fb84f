import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { languages } from '../../common/i18n/languages.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { appIconWidths } from '../icons/render-icons.ts'
import { fusesOf } from './fuses.mjs'
import { appId, executableName, ownPage, packageConfig } from './package-config.mjs'

const platforms = ['linux', 'darwin', 'win32'] as const
const config = (platform: NodeJS.Platform, env = {}, flavour: 'release' | 'test' = 'release') =>
  packageConfig({ platform, flavour, repository: 'someone/discourse-notifier', env })

describe('the configuration of packages', () => {
  it.each(platforms)('fits electron-builder’s own schema for %s', async (platform) => {
    await expect(validateConfiguration(config(platform), new DebugLogger(false))).resolves.toBeUndefined()
  })

  it('is refused by that schema when an option does not exist', async () => {
    const wrong = { ...config('linux'), electronFuse: {} }
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow('electronFuse')
  })

  it('uses the same names as the rest of the project', () => {
    const main = readFileSync(path.join(import.meta.dirname, '..', '..', 'electron', 'main.ts'), 'utf8')
    expect(main).toContain(`appId = '${appId}'`)
    expect(config('win32').productName).toBe(packageJson.productName)
    expect(config('darwin').productName).toBe(createTranslate()('app.name'))
    expect(executableName).toBe(packageJson.name)
    // Wayland, docks and `xdg-settings` find the program by the name of its desktop file.
    expect(packageJson.desktopName).toBe(`${executableName}.desktop`)
    expect(config('linux').linux?.syncDesktopName).toBe(true)
  })

  it('has the languages of our texts', () => {
    const tags = Object.keys(languages).map((tag) => (tag === 'en' ? 'en-US' : tag))
    expect(config('linux').electronLanguages).toEqual(tags)
  })

  it('makes every kind of package', () => {
    const { mac, win, linux } = config('linux')
    expect(mac?.target).toEqual([
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ])
    expect(win?.target).toEqual(['nsis'])
    expect(linux?.target).toEqual(['AppImage', 'deb', 'rpm'])
  })

  it('has each distribution’s section, and a changelog', () => {
    const { deb, rpm } = config('linux')
    expect(deb?.packageCategory).toBe('net')
    expect(rpm?.packageCategory).toBe('Applications/Internet')
    expect(deb?.fpm).toEqual(expect.arrayContaining([expect.stringMatching(/^--deb-changelog=.*changelog\.Debian$/)]))
    expect(rpm?.fpm).toEqual(expect.arrayContaining([expect.stringMatching(/^--rpm-changelog=.*changelog\.rpm$/)]))
  })

  it('recommends a keyring in both formats, any of those that desktops have', () => {
    const { deb, rpm } = config('linux')
    expect(deb?.recommends).toEqual(['gnome-keyring | libkf5wallet-bin (>= 5.97) | kwalletmanager | keepassxc'])
    expect(rpm?.fpm).toContain(
      '--rpm-tag=Recommends: (gnome-keyring or kf6-kwallet or kf5-kwallet or kwalletd6 or kwalletd5 or keepassxc)',
    )
  })

  it('of an AppImage has a runtime that keeps the sandbox on, and asks for no agreement to a licence', () => {
    const { toolsets, appImage } = config('linux')
    expect(toolsets).toEqual({ appimage: '1.0.3' })
    expect(appImage ?? {}).not.toHaveProperty('license')
  })

  it('describes the program in both formats, in lines of at most 80 characters that nothing indents', () => {
    const { deb, rpm } = config('linux')
    const describedBy = (fpm: readonly string[] | null = []) =>
      (fpm?.find((option) => option.startsWith('--description=')) ?? '').replace('--description=', '').split('\n')
    const [synopsis, ...lines] = describedBy(deb?.fpm)
    expect(synopsis).toBe(config('linux').linux?.synopsis)
    // fpm writes an empty line of an rpm with a point in it.
    expect(describedBy(rpm?.fpm)).toEqual(lines.filter((line) => line !== ''))
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) expect(line).toMatch(/^(\S.{0,78}\S)?$/)
  })

  it('of an rpm has its own script for removals, owns its folders, and no links that other programs have too', () => {
    const { rpm } = config('linux')
    expect(rpm?.afterRemove).toMatch(/\/after-remove\.rpm\.tpl$/)
    expect(rpm?.fpm).toEqual(
      expect.arrayContaining([
        '--rpm-rpmbuild-define=_build_id_links none',
        '--directories=/opt/discourse-notifier',
        '--directories=/usr/share/doc/discourse-notifier',
      ]),
    )
  })

  it('names the maintainer, from Debian’s variables or the owner of the repository', () => {
    const given = { DEBEMAIL: 'eve@example.org', DEBFULLNAME: 'Eve' }
    expect(config('linux', given).linux?.maintainer).toBe('Eve <eve@example.org>')
    expect(config('linux').linux?.maintainer).toBe('someone <someone@users.noreply.github.com>')
  })

  it('uses the hardened runtime with one exception, and is notarised where there are credentials', () => {
    const certificate = { CSC_LINK: 'certificate.p12' }
    expect(config('darwin', certificate).mac).toMatchObject({ hardenedRuntime: true, notarize: false })
    expect(config('darwin', certificate).mac).not.toHaveProperty('identity')
    expect(config('darwin', { ...certificate, APPLE_API_KEY: 'key.p8' }).mac).toMatchObject({ notarize: true })
    const entitlements = readFileSync(path.join(import.meta.dirname, 'entitlements.plist'), 'utf8')
    expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ])
  })

  it('is signed ad hoc without a certificate', () => {
    expect(config('darwin').mac).toMatchObject({ hardenedRuntime: false, identity: '-', notarize: false })
  })

  it('is ready for the Store, with the identity that the Store assigns', () => {
    const given = { APPX_IDENTITY: '12345Someone.Notifier', APPX_PUBLISHER: 'CN=0000', APPX_PUBLISHER_NAME: 'Someone' }
    expect(config('win32', given).appx).toMatchObject({
      identityName: '12345Someone.Notifier',
      publisher: 'CN=0000',
      publisherDisplayName: 'Someone',
    })
    // The manifest declares the URL scheme, because a Store app cannot write to the registry.
    expect(config('win32').protocols).toMatchObject([{ schemes: ['discourse'] }])
  })

  it('uses the rendered icons', () => {
    // Icon themes and Flatpak have no folder for larger ones.
    expect(Math.max(...appIconWidths)).toBe(512)
    expect(appIconWidths).toEqual(expect.arrayContaining([16, 32, 48, 128, 256]))
    expect(config('linux').linux?.icon).toBe('dist/icons/app')
    expect(config('darwin').mac?.icon).toBe('dist/icons/mac/1024x1024.png')
  })

  it('has its repository as home page, or the installed page where a home page is required', () => {
    expect(config('linux').extraMetadata).toEqual({ homepage: 'https://github.com/someone/discourse-notifier' })
    const without = (platform: NodeJS.Platform) =>
      packageConfig({ platform, flavour: 'release', repository: undefined, env: {} })
    expect(without('linux').extraMetadata).toEqual({ homepage: `file://${ownPage}` })
    expect(without('linux').deb?.fpm).toContainEqual(expect.stringMatching(new RegExp(`=${ownPage}$`)))
    expect(without('win32').extraMetadata).toEqual({})
  })

  it('checks for updates only when its repository is known', () => {
    expect(config('linux').publish).toEqual({ provider: 'github', owner: 'someone', repo: 'discourse-notifier' })
    expect(packageConfig({ platform: 'linux', flavour: 'release', repository: undefined, env: {} }).publish).toBeNull()
  })
})

describe('the fuses', () => {
  const names = Object.keys(FuseV1Options).filter((name) => !/^\d/.test(name))

  it('are all nine set, in every flavour', () => {
    expect(names).toHaveLength(9)
    for (const flavour of ['release', 'test'] as const) {
      const decided = Object.keys(fusesOf(flavour)).filter((name) => /^\d/.test(name))
      expect(decided).toHaveLength(names.length)
    }
  })

  it('are those of the design', () => {
    expect(fusesOf('release')).toMatchObject({
      strictlyRequireAllFuses: true,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: false,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.WasmTrapHandlers]: true,
    })
  })

  it('of the test flavour differ in one, and the configuration only in the file name', () => {
    const release = fusesOf('release')
    const different = Object.entries(fusesOf('test')).filter(([name, value]) => Reflect.get(release, name) !== value)
    expect(different).toEqual([[String(FuseV1Options.EnableNodeCliInspectArguments), true]])
    const { artifactName, ...rest } = config('linux', {}, 'test')
    const { artifactName: releaseName, ...releaseRest } = config('linux')
    expect(rest).toEqual(releaseRest)
    expect(artifactName).not.toBe(releaseName)
  })
})
