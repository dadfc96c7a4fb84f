import { appId, appName, executableName } from './package-config.mjs'

/** Header of each file, so that nobody takes it for a published package. */
const notice = 'Generated beside the packages, to be handed in by whoever publishes them. Not submitted anywhere.'

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {string} description one sentence
 * @property {string} repository `owner/name` on GitHub
 * @property {string} tag of the release
 * @property {ReadonlyMap<string, string>} hashes SHA-256 of each file of the release, in hexadecimal digits
 */

/**
 * The manifests of a release for package managers that keep their own repositories: Flatpak (flatpak-manifest(5)), winget
 * (manifest schema 1.6.0) and Homebrew (the Cask Cookbook). Only for packages that were built.
 * @param {Release} release
 * @returns {ReadonlyMap<string, string>} file names and texts; none for a kind of package that the release lacks
 */
export const storeDescriptions = (release) => {
  const { hashes } = release
  /** @type {Map<string, string>} */
  const files = new Map()
  for (const [name, sha256] of hashes) {
    if (/-test\.\w+$/.test(name)) continue
    const url = `https://github.com/${release.repository}/releases/download/${release.tag}/${name}`
    const file = { name, url, sha256 }
    if (name.endsWith('amd64.deb')) files.set(`flatpak/${appId}.yml`, flatpak(file))
    if (name.endsWith('.exe')) for (const [part, text] of winget(release, file)) files.set(`winget/${part}`, text)
    if (name.endsWith('.dmg')) files.set(`homebrew/${executableName}.rb`, cask(release, file))
  }
  return files
}

/** @typedef {{ readonly name: string, readonly url: string, readonly sha256: string }} ReleaseFile */

/** @param {ReleaseFile} file a deb, whose contents are the program */
const flatpak = ({ name, url, sha256 }) => `# ${notice}
id: ${appId}
runtime: org.freedesktop.Platform
runtime-version: '25.08'
sdk: org.freedesktop.Sdk
base: org.electronjs.Electron2.BaseApp
base-version: '25.08'
command: ${executableName}
finish-args:
  - --share=network
  - --share=ipc
  - --socket=wayland
  - --socket=fallback-x11
  - --socket=pulseaudio
  - --device=dri
  - --talk-name=org.freedesktop.secrets
  - --talk-name=org.freedesktop.Notifications
  - --talk-name=org.kde.StatusNotifierWatcher
  - --system-talk-name=org.freedesktop.login1
modules:
  - name: ${executableName}
    buildsystem: simple
    build-commands:
      - ar x ${name} && tar xf data.tar*
      - cp -r opt/${executableName} /app/lib/${executableName}
      - cp -r usr/share/. /app/share/
      - mv /app/share/applications/${executableName}.desktop /app/share/applications/${appId}.desktop
      - desktop-file-edit --set-key=Exec --set-value='${executableName} %U' --set-icon=${appId} /app/share/applications/${appId}.desktop
      - sed -i 's|>${executableName}.desktop<|>${appId}.desktop<|' /app/share/metainfo/${appId}.metainfo.xml
      - for icon in /app/share/icons/hicolor/*/apps/${executableName}.png; do mv "$icon" "$(dirname "$icon")/${appId}.png"; done
      - install -Dm755 launch.sh /app/bin/${executableName}
    sources:
      - type: file
        url: ${url}
        sha256: ${sha256}
      - type: script
        dest-filename: launch.sh
        commands:
          - exec zypak-wrapper /app/lib/${executableName}/${executableName} "$@"
`

/**
 * @param {Release} release
 * @param {ReleaseFile} file
 * @returns {ReadonlyMap<string, string>}
 */
const winget = ({ version, description, repository }, { url, sha256 }) => {
  const [owner = ''] = repository.split('/')
  const identifier = `${owner}.DiscourseNotifier`
  const document = (/** @type {string} */ type, /** @type {string} */ text) => `# ${notice}
PackageIdentifier: ${identifier}
PackageVersion: ${version}
${text}ManifestType: ${type}
ManifestVersion: 1.6.0
`
  return new Map([
    [`${identifier}.yaml`, document('version', 'DefaultLocale: en-US\n')],
    [
      `${identifier}.installer.yaml`,
      document(
        'installer',
        `InstallerType: nullsoft
Scope: user
Protocols:
  - discourse
Installers:
  - Architecture: x64
    InstallerUrl: ${url}
    InstallerSha256: ${sha256.toUpperCase()}
`,
      ),
    ],
    [
      `${identifier}.locale.en-US.yaml`,
      document(
        'defaultLocale',
        `PackageLocale: en-US
Publisher: ${owner}
PackageName: ${appName}
PackageUrl: https://github.com/${repository}
License: MIT
ShortDescription: ${description}
`,
      ),
    ],
  ])
}

/**
 * @param {Release} release
 * @param {ReleaseFile} file
 */
const cask = ({ version, description, repository }, { url, sha256 }) => `# ${notice}
cask "${executableName}" do
  version "${version}"
  sha256 "${sha256}"

  url "${url.replaceAll(version, '#{version}')}"
  name "${appName}"
  desc "${description.replace(/\.$/, '')}"
  homepage "https://github.com/${repository}"

  auto_updates true

  app "${appName}.app"

  uninstall quit: "${appId}"

  zap trash: [
    "~/Library/Application Support/${appName}",
    "~/Library/Caches/${appId}",
    "~/Library/Preferences/${appId}.plist",
  ]
end
`
