import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js'
import { build, LinuxPackager, Platform } from 'electron-builder'
import { checkPackage } from './check-package.mjs'
import { throwFuses } from './fuses.mjs'
import { executableName, packageConfig } from './package-config.mjs'
import { writePackageParts } from './package-parts.mjs'

/**
 * Packs the program for Linux around a stand-in for Electron's runtime: everything that electron-builder does but what needs
 * Electron or tools that it downloads. The archive, the fuses, the desktop file and the checks are the real ones; the program
 * is not, and does not start.
 * @param {object} options
 * @param {string} options.root of the project, built
 * @param {string} options.output
 * @param {import('./fuses.mjs').Flavour} options.flavour
 * @param {string | undefined} options.repository
 * @returns {Promise<{ folder: string, desktopFile: string, problems: readonly string[] }>}
 * @throws Error where electron-builder's schema refuses the configuration
 */
export const stagePackage = async ({ root, output, flavour, repository }) => {
  const { version } = writePackageParts(root, repository)
  const runtime = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
  writeStandInRuntime(runtime)
  const desktopFile = path.join(output, `${executableName}.desktop`)
  const config = packageConfig({ platform: 'linux', flavour, repository, env: {} })
  rmSync(output, { recursive: true, force: true })
  try {
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: {
        ...config,
        directories: { ...config.directories, output },
        electronDist: runtime,
        afterPack: async (context) => {
          await throwFuses(flavour)(context)
          // What deb, rpm and AppImage would be given.
          const { packager } = context
          if (!(packager instanceof LinuxPackager)) throw new Error('Something else than Linux was packed for.')
          const helper = new LinuxTargetHelper(packager)
          writeFileSync(desktopFile, await helper.computeDesktopEntry(packager.platformSpecificBuildOptions))
        },
      },
    })
  } finally {
    rmSync(runtime, { recursive: true })
  }
  const folder = path.join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  const resources = path.join(folder, 'resources')
  const problems = await checkPackage({ resources, program: path.join(folder, executableName), flavour, version })
  return { folder, desktopFile, problems }
}

/** How Electron's tool finds the fuses in the program, and how one that is on looks there (@electron/fuses). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const on = '1'

/**
 * Writes a folder in the form of Electron's runtime for Linux, with which packing can be tried where the real one cannot be
 * had: a program that does nothing but has a wire of nine fuses, all on, and no other file than electron-builder moves about.
 * @param {string} folder
 */
const writeStandInRuntime = (folder) => {
  const count = Object.keys(FuseV1Options).length / 2
  const wire = Buffer.concat([
    Buffer.from(`#!/bin/sh\necho 'This stands in for Electron and runs nothing.'\nexit 1\n${sentinel}`, 'latin1'),
    Buffer.from([1, count]),
    Buffer.from(on.repeat(count), 'latin1'),
  ])
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  mkdirSync(path.join(folder, 'locales'), { recursive: true })
  writeFileSync(path.join(folder, 'electron'), wire, { mode: 0o755 })
  writeFileSync(path.join(folder, 'locales', 'en-US.pak'), '')
  writeFileSync(path.join(folder, 'LICENSE'), 'Electron’s licence stands here in the real runtime.\n')
}
