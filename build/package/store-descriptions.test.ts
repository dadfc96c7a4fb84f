import { spawnSync } from 'node:child_process'
import * as path from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { defaultProfile } from '../../engine/storage/profile.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { onPath } from '../../test/system-parts.mjs'
import { appId } from './package-config.mjs'
import { storeDescriptions } from './store-descriptions.mjs'

const sha256 = 'ab'.repeat(32)
const names = ['notifier-0.1.0-linux-amd64.deb', 'notifier-0.1.0-win-x64.exe', 'notifier-0.1.0-mac-universal.dmg']
const release = {
  ...{
    version: '0.1.0',
    description: packageJson.description,
    repository: 'someone/discourse-notifier',
    tag: 'v0.1.0',
  },
  hashes: new Map(names.map((name) => [name, sha256])),
}
const files = storeDescriptions(release)
const read = (name: string): string => files.get(name) ?? ''

const downloads = 'https://github.com/someone/discourse-notifier/releases/download/v0.1.0'
const address = v.pipe(v.string(), v.url(), v.startsWith(downloads))

/** What flatpak-manifest(5) requires, and of its optional parts only those that we write. */
const flatpakSchema = v.strictObject({
  id: v.literal(appId),
  runtime: v.string(),
  'runtime-version': v.string(),
  sdk: v.string(),
  base: v.string(),
  'base-version': v.string(),
  command: v.string(),
  'finish-args': v.array(v.pipe(v.string(), v.regex(/^--(share|socket|device|(system-)?talk-name)=[\w.-]+$/))),
  modules: v.array(
    v.strictObject({
      name: v.string(),
      buildsystem: v.literal('simple'),
      'build-commands': v.array(v.string()),
      sources: v.tuple([
        v.strictObject({
          type: v.literal('file'),
          url: address,
          sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        }),
        v.strictObject({ type: v.literal('script'), 'dest-filename': v.string(), commands: v.array(v.string()) }),
      ]),
    }),
  ),
})

/** The patterns are those of winget's own schema, 1.6.0. */
const wingetHead = {
  PackageIdentifier: v.pipe(v.string(), v.regex(/^[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}$/)),
  PackageVersion: v.pipe(v.string(), v.regex(/^[^\\/:*?"<>|]+$/), v.maxLength(128)),
  ManifestVersion: v.literal('1.6.0'),
}
const wingetSchemas = {
  'someone.DiscourseNotifier.yaml': v.strictObject({
    ...wingetHead,
    DefaultLocale: v.string(),
    ManifestType: v.literal('version'),
  }),
  'someone.DiscourseNotifier.installer.yaml': v.strictObject({
    ...wingetHead,
    InstallerType: v.literal('nullsoft'),
    Scope: v.literal('user'),
    Protocols: v.tuple([v.literal('discourse')]),
    Installers: v.array(
      v.strictObject({
        Architecture: v.picklist(['x64', 'arm64']),
        InstallerUrl: address,
        InstallerSha256: v.pipe(v.string(), v.regex(/^[A-Fa-f0-9]{64}$/)),
      }),
    ),
    ManifestType: v.literal('installer'),
  }),
  'someone.DiscourseNotifier.locale.en-US.yaml': v.strictObject({
    ...wingetHead,
    PackageLocale: v.literal('en-US'),
    Publisher: v.string(),
    PackageName: v.string(),
    PackageUrl: v.pipe(v.string(), v.url()),
    License: v.string(),
    ShortDescription: v.pipe(v.string(), v.minLength(3), v.maxLength(256)),
    ManifestType: v.literal('defaultLocale'),
  }),
}

describe('descriptions for package managers', () => {
  it('say that they have not been submitted', () => {
    expect(files.size).toBe(5)
    for (const text of files.values()) expect(text.split('\n')[0]).toMatch(/^# .*Not submitted anywhere\.$/)
  })

  it('of Flatpak fit the manifest’s schema', () => {
    expect(v.safeParse(flatpakSchema, parse(read(`flatpak/${appId}.yml`))).issues).toBeUndefined()
  })

  it('of Flatpak may talk to what the program needs: keyring, tray, notifications, and logind for sleep and lock', () => {
    const { 'finish-args': permissions } = v.parse(flatpakSchema, parse(read(`flatpak/${appId}.yml`)))
    for (const name of ['org.freedesktop.secrets', 'org.kde.StatusNotifierWatcher', 'org.freedesktop.Notifications'])
      expect(permissions).toContain(`--talk-name=${name}`)
    expect(permissions).toContain('--system-talk-name=org.freedesktop.login1')
  })

  it('of Flatpak gives the desktop file the name of the id, in the metadata too', () => {
    const manifest = read(`flatpak/${appId}.yml`)
    expect(manifest).toContain(
      `mv /app/share/applications/discourse-notifier.desktop /app/share/applications/${appId}.desktop`,
    )
    expect(manifest).toContain(`>discourse-notifier.desktop<|>${appId}.desktop<|`)
  })

  it.each(Object.entries(wingetSchemas))('of winget fit the schema of %s', (name, schema) => {
    expect(v.safeParse(schema, parse(read(`winget/${name}`))).issues).toBeUndefined()
  })

  it('of Homebrew have the stanzas of a cask in their order, and the address with its version', () => {
    const cask = read('homebrew/discourse-notifier.rb')
    const stanzas = [...cask.matchAll(/^ {2}(\w+) /gm)].map(([, word]) => word)
    expect(stanzas).toEqual([
      'version',
      'sha256',
      'url',
      'name',
      'desc',
      'homepage',
      'auto_updates',
      'app',
      'uninstall',
      'zap',
    ])
    // Where the program keeps its profile (engine/storage/profile.ts).
    const profile = path.basename(defaultProfile('darwin', {}, '~'))
    expect(cask).toContain(`"~/Library/Application Support/${profile}"`)
    expect(cask).toContain('releases/download/v#{version}/notifier-#{version}-mac-universal.dmg"')
  })

  it.skipIf(!onPath('ruby'))('of Homebrew are valid Ruby (needs ruby)', () => {
    const { status } = spawnSync('ruby', ['-c'], { input: read('homebrew/discourse-notifier.rb') })
    expect(status).toBe(0)
  })

  it('are left out for packages that were not built, and for those that only tests can use', () => {
    const names = ['notifier.rpm', 'notifier-mac-universal-test.dmg', 'notifier-win-x64-test.exe']
    const hashes = new Map(names.map((name) => [name, sha256]))
    expect([...storeDescriptions({ ...release, hashes })]).toEqual([])
  })
})
