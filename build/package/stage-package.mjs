import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import packageJson from '../../package.json' with { type: 'json' }
import { makePackages } from './make-packages.mjs'
import { executableName } from './package-config.mjs'

/**
 * Packs the program for Linux around a stand-in for Electron's runtime: everything that electron-builder does, except what
 * needs Electron or downloaded tools. The archive, the fuses, the desktop file and the checks are real; the executable is
 * not, and does not start.
 * @param {object} options
 * @param {string} options.root of the project, built
 * @param {string} options.output
 * @param {import('./fuses.mjs').Flavour} options.flavour
 * @param {string | undefined} options.repository
 * @returns {Promise<{ folder: string, desktopFile: string, problems: readonly string[] }>}
 * @throws Error where electron-builder's schema refuses the configuration
 */
export const stagePackage = async ({ root, output, flavour, repository }) => {
  const runtime = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
  writeStandInRuntime(runtime)
  rmSync(output, { recursive: true, force: true })
  try {
    const options = { root, output, flavour, repository, runtime, targets: ['dir'], env: {} }
    const { folders, problems, desktopEntry = '' } = await makePackages(options)
    const desktopFile = path.join(output, `${executableName}.desktop`)
    writeFileSync(desktopFile, desktopEntry)
    return { folder: folders[0] ?? '', desktopFile, problems }
  } finally {
    rmSync(runtime, { recursive: true })
  }
}

/**
 * The marker by which Electron's tool finds the fuses in the executable, and the value of an enabled fuse
 * (@electron/fuses).
 */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const on = '1'

/**
 * Writes a stand-in for Electron's Linux runtime, to test packing where the real one is not available: an executable that
 * does nothing but has a fuse wire of nine fuses, all on, and only the files that electron-builder handles.
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
  writeFileSync(path.join(folder, 'version'), packageJson.devDependencies.electron)
  mkdirSync(path.join(folder, 'resources', 'app'))
  writeFileSync(path.join(folder, 'locales', 'en-US.pak'), '')
  writeFileSync(path.join(folder, 'LICENSE'), 'Electron’s licence stands here in the real runtime.\n')
}
