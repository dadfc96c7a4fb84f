import { existsSync, readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js'
import { build, LinuxPackager, Platform } from 'electron-builder'
import { checkPackage } from './check-package.mjs'
import { throwFuses } from './fuses.mjs'
import { executableName, packageConfig } from './package-config.mjs'
import { writePackageParts } from './package-parts.mjs'

/**
 * @typedef {object} MakeOptions
 * @property {string} root of the project, built
 * @property {string} output folder of the packages
 * @property {import('./fuses.mjs').Flavour} flavour
 * @property {string | undefined} repository `owner/name` on GitHub
 * @property {readonly string[]} targets `dir` for the unpacked program alone; none for the defaults
 * @property {string | undefined} runtime the folder of an existing Electron; otherwise electron-builder downloads one
 * @property {boolean} [isUncompressed] of deb and rpm
 * @property {Readonly<Record<string, string | undefined>>} env signing credentials and the maintainer (docs/packaging.md)
 */

/**
 * Makes packages for the current system with electron-builder, and checks each packed program.
 * @param {MakeOptions} options
 * @returns {Promise<{ folders: readonly string[], problems: readonly string[], isPinned: boolean, desktopEntry: string | undefined }>}
 *   the unpacked programs, what is wrong with them, whether they hold the Electron that package.json names, and Linux's
 *   desktop file
 * @throws Error where electron-builder fails or its schema refuses the configuration
 */
export const makePackages = async ({ root, output, targets, runtime, ...options }) => {
  const { flavour } = options
  const { version } = writePackageParts(root, options)
  const config = packageConfig({ platform: process.platform, ...options })
  const isPinned = isPinnedElectron(root, runtime)
  /** @type {import('electron-builder').AfterPackContext[]} */
  const packed = []
  /** @type {string | undefined} */
  let desktopEntry
  await build({
    projectDir: root,
    targets: Platform.current().createTarget([...targets]),
    publish: 'never',
    config: {
      ...config,
      directories: { ...config.directories, output },
      ...(runtime === undefined ? {} : { electronDist: runtime }),
      afterPack: async (context) => {
        // electron-builder leaves files of an existing Electron in place that an app does not need.
        for (const name of ['version', 'resources/default_app.asar', 'resources/app'])
          rmSync(path.join(context.appOutDir, name), { recursive: true, force: true })
        await throwFuses(partsOf(context).program, flavour, !isPinned)
        packed.push(context)
        const { packager } = context
        if (!(packager instanceof LinuxPackager)) return
        const helper = new LinuxTargetHelper(packager)
        desktopEntry = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions)
      },
    },
  })
  // Not in `afterSign`, which is not called where nothing is signed, as on Linux. Here all signing is done and the
  // programs inside the installers still exist; the two halves of a universal program do not.
  const left = packed.filter(({ appOutDir }) => existsSync(appOutDir))
  const problems = left.length === 0 ? ['No packed program was found, so none was looked at.'] : []
  for (const context of left) {
    problems.push(...(await checkPackage({ ...partsOf(context), flavour, version, mayLackFuses: !isPinned })))
  }
  return { folders: left.map(({ appOutDir }) => appOutDir), problems, isPinned, desktopEntry }
}

/**
 * Where in a packed folder the program and its resources are.
 * @param {import('electron-builder').AfterPackContext} context
 */
const partsOf = ({ appOutDir, electronPlatformName, packager }) => {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'darwin') {
    const program = path.join(appOutDir, `${name}.app`)
    return { program, resources: path.join(program, 'Contents', 'Resources') }
  }
  const file = electronPlatformName === 'win32' ? `${name}.exe` : executableName
  return { program: path.join(appOutDir, file), resources: path.join(appOutDir, 'resources') }
}

/**
 * Whether a runtime has the version pinned in package.json, as the one that electron-builder downloads has.
 * @param {string} root
 * @param {string | undefined} runtime
 */
const isPinnedElectron = (root, runtime) => {
  if (runtime === undefined) return true
  const file = path.join(runtime, 'version')
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return existsSync(file) && readFileSync(file, 'utf8').trim().replace(/^v/, '') === devDependencies.electron
}
