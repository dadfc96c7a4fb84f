import * as path from 'node:path'
import { debDepends, rpmDepends } from './linux-libraries.mjs'

// What electron-builder makes of the built program. Checked against its own schema (build/package/package-config.test.ts).

/** The same as the task bar and the notifications of Windows are told (electron/main.ts). */
export const appId = 'io.github.discourse-notifier'
const appName = 'Discourse Notifier'
export const executableName = 'discourse-notifier'

/** Below the project: what packages hold besides the program (`writePackageParts`). */
export const partsFolder = 'dist/parts'

const keytarBinaries = 'node_modules/keytar/prebuilds'

/** The page that every deb and rpm brings, for a package that is made outside of any repository and must name one. */
export const ownPage = `/usr/share/doc/${executableName}/README.md`

/**
 * @typedef {object} PackageOptions
 * @property {NodeJS.Platform} platform that is packed for
 * @property {import('./fuses.mjs').Flavour} flavour
 * @property {string | undefined} repository `owner/name` on GitHub, whose releases are looked at for updates; a package that is
 *   built without it never looks
 * @property {Readonly<Record<string, string | undefined>>} env names what signs, and who makes the packages (docs/packaging.md)
 * @property {boolean} [isUncompressed] compressing a deb or an rpm takes minutes; one to try needs none
 */

/**
 * @param {PackageOptions} options
 * @returns {import('electron-builder').Configuration}
 */
export const packageConfig = ({ platform, flavour, repository, env, isUncompressed = false }) => ({
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
    'dist/{electron,headless,renderer,icons/tray}/**',
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
  extraMetadata: homepageOf(repository, platform),
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
    maintainer: maintainerOf(repository, env),
    vendor: 'Discourse Notifier maintainers',
    syncDesktopName: true,
    target: ['AppImage', 'deb', 'rpm'],
    desktop: { entry: { Name: appName, Keywords: 'forum;notifications;discourse;' } },
  },
  appImage: { license: 'LICENSE' },
  deb: {
    depends: debDepends(),
    // A keyring keeps the keys.
    recommends: ['gnome-keyring | kwalletmanager'],
    packageCategory: 'net',
    fpm: [...fpmOptions('deb', isUncompressed), ...installedParts('vendor-completions')],
  },
  rpm: {
    depends: rpmDepends(),
    packageCategory: 'Applications/Internet',
    fpm: [...fpmOptions('rpm', isUncompressed), ...installedParts('site-functions')],
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

/**
 * @param {'deb' | 'rpm'} kind
 * @param {boolean} isUncompressed
 */
const fpmOptions = (kind, isUncompressed) => [
  `--${kind}-changelog=${part(kind === 'deb' ? 'changelog.Debian' : 'changelog.rpm')}`,
  ...(isUncompressed ? [`--${kind}-compression=none`] : []),
]

/**
 * What deb and rpm install outside the program's folder, as fpm reads it: `file=place`.
 * @param {string} zshFolder where this distribution's zsh looks for what packages complete with
 * @returns {string[]}
 */
const installedParts = (zshFolder) =>
  Object.entries({
    [`${appId}.metainfo.xml`]: '/usr/share/metainfo/',
    'README.md': '/usr/share/doc/discourse-notifier/',
    copyright: '/usr/share/doc/discourse-notifier/',
    'discourse-notifier.1.gz': '/usr/share/man/man1/',
    'completion/discourse-notifier': '/usr/share/bash-completion/completions/',
    'completion/_discourse-notifier': `/usr/share/zsh/${zshFolder}/`,
    'completion/discourse-notifier.fish': '/usr/share/fish/vendor_completions.d/',
  }).map(([file, folder]) => `${part(file)}=${folder}${path.basename(file)}`)

/**
 * A file that `writePackageParts` has written.
 * @param {string} name
 */
const part = (name) => path.join(import.meta.dirname, '..', '..', partsFolder, name)

/**
 * @param {string | undefined} repository
 * @param {NodeJS.Platform} platform
 */
const homepageOf = (repository, platform) => {
  if (repository !== undefined) return { homepage: `https://github.com/${repository}` }
  // electron-builder makes no deb or rpm without one.
  return platform === 'linux' ? { homepage: `file://${ownPage}` } : {}
}

/**
 * Who makes the package, by Debian's own variables; else its repository's owner by the address that GitHub gives everybody.
 * @param {string | undefined} repository
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string} name and mailbox, which deb and rpm must have; one that leads nowhere (RFC 2606) where nobody was named
 */
export const maintainerOf = (repository, env) => {
  const mailbox = env['DEBEMAIL']
  if (mailbox !== undefined) return `${env['DEBFULLNAME'] ?? 'Discourse Notifier maintainers'} <${mailbox}>`
  if (repository === undefined) return 'Discourse Notifier maintainers <maintainers@discourse-notifier.invalid>'
  const { owner } = ownerAndName(repository)
  return `${owner} <${owner}@users.noreply.github.com>`
}

/** @param {string} repository */
const ownerAndName = (repository) => {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}
