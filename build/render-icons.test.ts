import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trayImage } from '../electron/tray-image.ts'
import { appIconWidths, renderIcons, trayFaces } from './render-icons.ts'

let folder = ''
let files: readonly string[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'icons-'))
  files = renderIcons(folder)
})

afterAll(() => rmSync(folder, { recursive: true }))

const read = (file: string): Buffer => readFileSync(path.join(folder, file))

/** Width and height from the header of a PNG (PNG specification, section 11.2.1). */
const size = (file: string): [number, number] => {
  const data = read(file)
  return [data.readUInt32BE(16), data.readUInt32BE(20)]
}

describe('the icons', () => {
  it.each(appIconWidths)('include the program’s at %d pixels', (width) => {
    expect(size(`app/${width}x${width}.png`)).toEqual([width, width])
  })

  it('include every tray image that the shell asks for, at both scales', () => {
    for (const face of trayFaces) {
      for (const platform of ['linux', 'win32', 'darwin'] as const) {
        for (const panel of ['light', 'dark'] as const) {
          const name = trayImage(face, panel, platform)
          const width = platform === 'linux' ? 32 : 16
          expect(size(`tray/${name}`)).toEqual([width, width])
          expect(size(`tray/${name.replace('.png', '@2x.png')}`)).toEqual([2 * width, 2 * width])
        }
      }
    }
  })

  it('are all PNG files, and no two of one size show the same', () => {
    const seen = new Set<string>()
    for (const file of files) {
      const data = read(file)
      expect(data.subarray(1, 4).toString('latin1')).toBe('PNG')
      // `…-16@2x` and `…-32` are the same drawing at the same size by right.
      if (!file.includes('@2x')) seen.add(createHash('sha256').update(data).digest('hex'))
    }
    expect(seen.size).toBe(files.filter((file) => !file.includes('@2x')).length)
  })

  it('are all drawn', () => {
    // A drawing that failed to render is fully transparent, and compresses to nearly nothing.
    for (const file of files) expect(read(file).length).toBeGreaterThan(120)
  })
})
