import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { digits, isDigit, trayFaces } from '../../common/glance/tray-faces.ts'
import { ico } from './ico.ts'
import { badgeSvg, traySvg, twoTonedTraySvg } from './tray-svg.ts'

/** The widths of the program's icon, in pixels: what desktops, task bars and icon containers ask for. */
export const appIconWidths = [16, 24, 32, 48, 64, 128, 256, 512] as const

/** The width of the one icon that macOS's are made from. Linux's icon themes have no folder for one that large. */
export const macIconWidth = 1024

/** Tray icon widths on Windows, in pixels, for scales from 100 % to 300 %. */
export const icoWidths = [16, 20, 24, 32, 48] as const

/** Near black on light panels, white on dark ones. */
const panelColors = { light: '#1f2328', dark: '#ffffff' } as const

/**
 * Renders every icon from the drawings in this folder.
 * - `app/<width>x<width>.png`, the names that electron-builder reads sizes from; `mac/…` for macOS
 * - `tray/<face>.png` and `…@2x.png` for Linux, whose panels have any colour
 * - `tray/<face>-<panel>.ico` for Windows
 * - `tray/<face>Template.png` and `…Template@2x.png` for macOS, which colours them itself and shows the number beside them
 * - `badge/<digit>.png`, `badge/dot.png` and `…@2x.png` over the icon in the task bar of Windows
 * @param outDir created when it is missing
 * @returns the files written, relative to `outDir`
 */
export const renderIcons = (outDir: string): readonly string[] => {
  const icon = readFileSync(path.join(import.meta.dirname, 'icon.svg'), 'utf8')
  const drawings = [
    ...appIconWidths.map((width) => ({ file: path.join('app', `${width}x${width}.png`), data: png(icon, width) })),
    { file: path.join('mac', `${macIconWidth}x${macIconWidth}.png`), data: png(icon, macIconWidth) },
    ...[...digits, 'dot' as const].flatMap((face) => scales(path.join('badge', face), badgeSvg(face), 16)),
    ...trayFaces.flatMap((face) => [
      ...(isDigit(face) ? [] : scales(path.join('tray', `${face}Template`), traySvg(face, '#000000'), 16)),
      ...scales(path.join('tray', face), twoTonedTraySvg(face), 32),
      ...Object.entries(panelColors).flatMap(([panel, color]) => {
        const svg = traySvg(face, color)
        const data = ico(icoWidths.map((width) => ({ width, pixels: render(svg, width).pixels })))
        return [{ file: path.join('tray', `${face}-${panel}.ico`), data }]
      }),
    ]),
  ]
  for (const { file, data } of drawings) {
    const target = path.join(outDir, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, data)
  }
  return drawings.map(({ file }) => file)
}

/** An image at normal and at double pixel density. */
const scales = (name: string, svg: string, width: number) => [
  { file: `${name}.png`, data: png(svg, width) },
  { file: `${name}@2x.png`, data: png(svg, width * 2) },
]

const png = (svg: string, width: number): Uint8Array => render(svg, width).asPng()

const render = (svg: string, width: number) =>
  new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } }).render()
