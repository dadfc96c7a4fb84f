import * as path from 'node:path'
import { throwFuses } from './fuses.mjs'

// What electron-builder makes of the built program. Checked against its own schema (build/package/package-config.test.ts).

/** The same as the task bar and the notifications of Windows are told (electron/main.ts). */
export const appId = 'io.github.discourse-notifier'
const appName = 'Discourse Notifier'
export const executableName = 'discourse-notifier'

const keytarBinaries = 'node_modules/keytar/prebuilds'

/** Until there is a mailbox: a name that by RFC 2606 never leads anywhere. */
const maintainer = 'Discourse Notifier maintainers <maintainers@discourse-notifier.invalid>'

/** The home page of a package that is made outside of any repository. electron-builder makes no deb without one. */
const noHomepage = 'https://discourse-notifier.invalid/'

/**
 * @typedef {object} PackageOptions
 * @property {NodeJS.Platform} platform that is packed for
 * @property {import('./fuses.mjs').Flavour} flavour
 * @property {string | undefined} repository `owner/name` on GitHub, whose releases are looked at for updates; a package that is
 *   built without it never looks
 * @property {Readonly<Record<string, string | undefined>>} env names what signs (docs/packaging.md)
 */

/**
 * @param {PackageOptions} options
 * @returns {import('electron-builder').Configuration}
 */
export const packageConfig = ({ platform, flavour, repository, env }) => ({
  appId,
  // On Linux it names the folder below /opt as well, and xdg-open without a desktop takes the quotes that a space needs there
  // for part of the program's name.
  productName: platform === 'linux' ? executableName : appName,
  executableName,
  copyright: 'MIT license, the Discourse Notifier maintainers',
  directories: { output: 'dist/packages', buildResources: 'build' },
  artifactName: `${executableName}-\${version}-\${os}-\${arch}${flavour === 'test' ? '-test' : ''}.\${ext}`,
  // Everything but keytar is inside the bundles; it brings a binary for each system.
  files: [
    'dist/{electron,renderer,icons/tray}/**',
    'dist/icons/app/256x256.png',
    'dist/LICENSES.md',
    'package.json',
    '!**/*.map',
    '!**/licenses.json',
    '!**/node_modules/**',
    'node_modules/keytar/{package.json,LICENSE.md,lib/**}',
    // Both halves of a universal program hold the same files.
    `${keytarBinaries}/${platform === 'darwin' ? 'darwin-*' : `${platform}-\${arch}`}/**`,
  ],
  asar: true,
  asarUnpack: [`${keytarBinaries}/**`],
  // Its binaries fit every Node (N-API) and come with it.
  npmRebuild: false,
  extraMetadata: { homepage: repository === undefined ? noHomepage : `https://github.com/${repository}` },
  afterPack: throwFuses(flavour),
  protocols: [{ name: 'Answer of a Discourse forum', schemes: ['discourse'], role: 'Viewer' }],
  publish: repository === undefined ? null : { provider: 'github', ...ownerAndName(repository) },
  // Those of the texts (common/i18n/languages.ts): Chromium words the fields for times, and what is wrong with an input.
  electronLanguages: ['en-US', 'de', 'es', 'fr', 'pt-BR', 'ar', 'ja', 'zh-CN'],
  mac: {
    category: 'public.app-category.social-networking',
    icon: 'dist/icons/app/1024x1024.png',
    target: ['dmg', 'zip'].map((target) => ({ target, arch: ['universal'] })),
    ...signing(['CSC_LINK', 'CSC_NAME'].some((name) => env[name])),
    gatekeeperAssess: false,
    entitlements: 'build/package/entitlements.plist',
    entitlementsInherit: 'build/package/entitlements.plist',
    // One file for each processor, in both halves of the universal program.
    x64ArchFiles: '**/keytar/prebuilds/darwin-*/*.node',
    notarize: ['APPLE_API_KEY', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_KEYCHAIN_PROFILE'].some((name) => env[name]),
  },
  dmg: { sign: false },
  win: { icon: 'dist/icons/app/256x256.png', target: ['nsis'] },
  nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false, include: 'build/package/installer.nsh' },
  // For the Store: `npm run dist -- --target appx`, with the identity that the Store gives.
  appx: {
    applicationId: 'DiscourseNotifier',
    displayName: appName,
    identityName: env['APPX_IDENTITY'] || 'DiscourseNotifier',
    publisher: env['APPX_PUBLISHER'] || 'CN=DiscourseNotifier',
    publisherDisplayName: env['APPX_PUBLISHER_NAME'] || 'Discourse Notifier maintainers',
    languages: ['en-US'],
  },
  linux: {
    icon: 'dist/icons/app',
    category: 'Network;Chat;',
    synopsis: 'Notifications of your Discourse forums in the tray',
    maintainer,
    vendor: 'Discourse Notifier maintainers',
    syncDesktopName: true,
    target: ['AppImage', 'deb', 'rpm'],
    desktop: { entry: { Name: appName, Keywords: 'forum;notifications;discourse;' } },
  },
  appImage: { license: 'LICENSE' },
  deb: {
    // Alternatives where Debian 13 and Ubuntu 24.04 renamed packages for 64-bit time.
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0 | libatspi2.0-0t64',
      'libuuid1',
      'libsecret-1-0',
    ],
    recommends: ['libayatana-appindicator3-1', 'gnome-keyring | kwalletmanager'],
    fpm: [metainfoFile()],
  },
  rpm: {
    depends: [
      'gtk3',
      'libnotify',
      'nss',
      'libXScrnSaver',
      '(libXtst or libXtst6)',
      'xdg-utils',
      'at-spi2-core',
      '(libuuid or libuuid1)',
      '(libsecret or libsecret-1-0)',
    ],
    fpm: [metainfoFile()],
  },
})

/**
 * Throwing fuses breaks the signature that Electron comes with, and macOS starts nothing on ARM without one. So who has no
 * certificate signs for this computer alone; not with the hardened runtime, which then refuses Electron's own libraries.
 * @param {boolean} hasCertificate
 */
function signing(hasCertificate) {
  return hasCertificate ? { hardenedRuntime: true } : { hardenedRuntime: false, identity: '-' }
}

/** Where software centres look for what a package says about itself; written by `npm run dist`. */
function metainfoFile() {
  const name = `${appId}.metainfo.xml`
  return `${path.join(import.meta.dirname, '..', '..', 'dist', name)}=/usr/share/metainfo/${name}`
}

/** @param {string} repository */
const ownerAndName = (repository) => {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}
