import * as path from 'node:path'
import { debDepends, debKeyrings, rpmDepends, rpmKeyrings } from './linux-libraries.mjs'

// electron-builder's configuration for the built program. Checked against electron-builder's schema
// (build/package/package-config.test.ts).

/** Must equal the app id that Windows uses for task bar and notifications (electron/main.ts). */
export const appId = 'io.github.discourse-notifier'
export const appName = 'Discourse Notifier'
export const executableName = 'discourse-notifier'

/** Folder below the project for what packages contain besides the program (`writePackageParts`). */
export const partsFolder = 'dist/parts'

const synopsis = 'Notifications of your Discourse forums in the tray'

/** What package managers and software centres say about the program: paragraphs of lines of at most 80 characters. */
export const longDescription = `Sits in the tray and shows what is new for you on every Discourse forum you
belong to: one look for the counts, one click to the post, one click to revoke
the access.

You approve it in your browser, on the forum; your password stays there. Keys
are kept in the desktop's keyring.`

const keytarBinaries = 'node_modules/keytar/prebuilds'

/**
 * The page that every deb and rpm installs. It is the home page of packages built without a repository, since both
 * formats require one.
 */
export const ownPage = `/usr/share/doc/${executableName}/README.md`

/**
 * @typedef {object} PackageOptions
 * @property {NodeJS.Platform} platform that is packed for
 * @property {import('./fuses.mjs').Flavour} flavour
 * @property {string | undefined} repository `owner/name` on GitHub, whose releases are checked for updates; a
 *   package built without it never checks
 * @property {Readonly<Record<string, string | undefined>>} env signing credentials and the maintainer (docs/packaging.md)
 * @property {boolean} [isUncompressed] compressing a deb or an rpm takes minutes, which a trial package does not need
 */

/**
 * @param {PackageOptions} options
 * @returns {import('electron-builder').Configuration}
 */
export const packageConfig = ({ platform, flavour, repository, env, isUncompressed = false }) => ({
  appId,
  // On Linux this also names the folder below /opt. A space in it would need quotes, which xdg-open takes for part of
  // the program's name when there is no desktop.
  productName: platform === 'linux' ? executableName : appName,
  executableName,
  copyright: 'MIT license, the Discourse Notifier maintainers',
  directories: { output: 'dist/packages', buildResources: 'build' },
  artifactName: `${executableName}-\${version}-\${os}-\${arch}${flavour === 'test' ? '-test' : ''}.\${ext}`,
  // Everything except keytar is in the bundles; keytar has a binary for each system.
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
  // keytar's prebuilt binaries work with every Node (N-API).
  npmRebuild: false,
  extraMetadata: homepageOf(repository, platform),
  protocols: [{ name: 'Answer of a Discourse forum', schemes: ['discourse'], role: 'Viewer' }],
  publish: repository === undefined ? null : { provider: 'github', ...ownerAndName(repository) },
  // The languages of our texts (common/i18n/languages.ts). Chromium localizes time fields and validation messages.
  electronLanguages: ['en-US', 'de', 'es', 'fr', 'pt-BR', 'ar', 'ja', 'zh-CN'],
  mac: {
    category: 'public.app-category.social-networking',
    icon: 'dist/icons/mac/1024x1024.png',
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
  // For the Store: `npm run dist -- --target appx`, with the identity that the Store assigns.
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
    synopsis,
    maintainer: maintainerOf(repository, env),
    vendor: 'Discourse Notifier maintainers',
    syncDesktopName: true,
    target: ['AppImage', 'deb', 'rpm'],
    desktop: { entry: { Name: appName, Keywords: 'forum;notifications;discourse;' } },
  },
  // The default runtime needs FUSE 2, which new systems no longer have, and starts the program without its sandbox. With a
  // `license` here, the first start would ask for agreement to it, commands in a terminal too.
  toolsets: { appimage: '1.0.3' },
  deb: {
    depends: debDepends(),
    recommends: [debKeyrings.join(' | ')],
    packageCategory: 'net',
    fpm: [
      ...fpmOptions('deb', isUncompressed),
      // electron-builder's own begins with two spaces, which keep apt and software centres from wrapping it.
      `--description=${synopsis}\n${longDescription}`,
      ...installedParts('vendor-completions'),
    ],
  },
  rpm: {
    depends: rpmDepends(),
    packageCategory: 'Applications/Internet',
    afterRemove: part('after-remove.rpm.tpl'),
    fpm: [
      ...fpmOptions('rpm', isUncompressed),
      // fpm would write a point into the empty line.
      `--description=${longDescription.replaceAll('\n\n', '\n')}`,
      // electron-builder hands on recommendations to debs alone.
      `--rpm-tag=Recommends: (${rpmKeyrings.join(' or ')})`,
      // Links named after what Electron was built from: every program around the same Electron would have the same
      // ones, and rpm refuses to install a file twice.
      '--rpm-rpmbuild-define=_build_id_links none',
      // Otherwise its empty folders stay behind.
      ...[`/opt/${executableName}`, `/usr/share/doc/${executableName}`].map((folder) => `--directories=${folder}`),
      ...installedParts('site-functions'),
    ],
  },
})

/**
 * Flipping fuses breaks Electron's own signature, and on ARM macOS runs nothing unsigned. So without a certificate the
 * program is signed ad hoc, for this computer only, and without the hardened runtime, which would then refuse Electron's
 * own libraries.
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
 * What deb and rpm install outside the program's folder, in fpm's format `file=place`.
 * @param {string} zshFolder the folder in which this distribution's zsh looks for completions of packages
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
 * The package's maintainer, from Debian's variables; otherwise the repository's owner with their GitHub noreply address.
 * @param {string | undefined} repository
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string} name and mailbox, which deb and rpm require; an invalid one (RFC 2606) when nobody is named
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
