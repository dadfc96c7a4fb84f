import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { FuseV1Options } from '@electron/fuses'

/** How Electron's tool finds the fuses in the program, and how one that is on looks there (@electron/fuses). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const on = '1'

/**
 * Writes a folder in the form of Electron's runtime for Linux, with which packing can be tried where the real one cannot be
 * had: a program that does nothing but has a wire of nine fuses, all on, and no other file than electron-builder moves about.
 * @param {string} folder
 */
export const writeStandInRuntime = (folder) => {
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
