import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digits, trayFaces } from '../../common/glance/tray-faces.ts'
import { trayImage } from '../../electron/tray/tray-image.ts'
import { appIconWidths, icoWidths, macIconWidth, renderIcons } from './render-icons.ts'

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
  it.each(appIconWidths)('include the app icon at %d pixels', (width) => {
    expect(size(`app/${width}x${width}.png`)).toEqual([width, width])
  })

  it('include a larger one for macOS', () => {
    expect(size(`mac/${macIconWidth}x${macIconWidth}.png`)).toEqual([macIconWidth, macIconWidth])
  })

  it('include every tray image that the shell asks for, at both scales', () => {
    for (const face of trayFaces) {
      for (const platform of ['linux', 'darwin'] as const) {
        const name = trayImage(face, 'light', platform)
        const width = platform === 'linux' ? 32 : 16
        expect(size(`tray/${name}`)).toEqual([width, width])
        expect(size(`tray/${name.replace('.png', '@2x.png')}`)).toEqual([2 * width, 2 * width])
      }
    }
  })

  it('include a badge for each digit and the dot, at both scales', () => {
    for (const name of [...digits, 'dot']) {
      expect(size(`badge/${name}.png`)).toEqual([16, 16])
      expect(size(`badge/${name}@2x.png`)).toEqual([32, 32])
    }
  })

  it('hold every scale in one file for Windows, with colour and transparency as drawn', () => {
    for (const face of trayFaces) {
      for (const panel of ['light', 'dark'] as const) {
        const data = read(`tray/${trayImage(face, panel, 'win32')}`)
        // The ICO header has six bytes, then sixteen for each image.
        expect([data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)]).toEqual([0, 1, icoWidths.length])
        let end = 6 + 16 * icoWidths.length
        for (const [index, width] of icoWidths.entries()) {
          const at = 6 + 16 * index
          const [length, offset] = [data.readUInt32LE(at + 8), data.readUInt32LE(at + 12)]
          expect([data.readUInt8(at), data.readUInt8(at + 1), offset]).toEqual([width, width, end])
          expect([data.readInt32LE(offset + 4), data.readInt32LE(offset + 8)]).toEqual([width, 2 * width])
          end = offset + length
          const colors = data.subarray(offset + 40, offset + 40 + width * width * 4)
          const seen = Array.from({ length: width * width }, (_, pixel) => colors.readUInt32LE(pixel * 4))
          // Drawn pixels are near black or white, whatever their transparency; the rest is fully transparent.
          const drawn = seen.filter((color) => color >>> 24 > 200).map((color) => color & 0xffffff)
          expect(new Set(drawn.map((color) => color > 0x808080))).toEqual(new Set([panel === 'dark']))
          expect(seen).toContain(0)
        }
        expect(end).toBe(data.length)
      }
    }
  })

  it('are otherwise PNG files, and no two are identical', () => {
    const seen = new Map<string, string>()
    for (const file of files.filter((name) => name.endsWith('.png'))) {
      const data = read(file)
      expect(data.subarray(1, 4).toString('latin1')).toBe('PNG')
      const digest = createHash('sha256').update(data).digest('hex')
      expect([file, seen.get(digest)]).toEqual([file, undefined])
      seen.set(digest, file)
    }
  })

  it('are all drawn', () => {
    // A drawing that failed to render is fully transparent, and compresses to nearly nothing.
    for (const file of files) expect(read(file).length).toBeGreaterThan(120)
  })
})
