import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import packageJson from '../../package.json' with { type: 'json' }
import { makePackages } from './make-packages.mjs'
import { executableName } from './package-config.mjs'

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
  writeFileSync(path.join(folder, 'version'), packageJson.devDependencies.electron)
  mkdirSync(path.join(folder, 'resources', 'app'))
  writeFileSync(path.join(folder, 'locales', 'en-US.pak'), '')
  writeFileSync(path.join(folder, 'LICENSE'), 'Electron’s licence stands here in the real runtime.\n')
}
