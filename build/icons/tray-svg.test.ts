import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { type TrayFace, trayFaces } from '../../common/glance/tray-faces.ts'
import { twoTonedTraySvg } from './tray-svg.ts'

/** The size at which most panels draw the icon, in pixels. */
const width = 22

/** Relative luminance of each pixel on a panel of one colour (WCAG 2.2, relative luminance). @param panel a grey, 0 to 255 */
const luminances = (face: TrayFace, panel: number): readonly number[] => {
  const { pixels } = new Resvg(twoTonedTraySvg(face), { fitTo: { mode: 'width', value: width } }).render()
  return Array.from({ length: width * width }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(4 * index, 4 * index + 4)
    // The renderer returns premultiplied alpha.
    const linear = [red, green, blue].map((value) => {
      const part = (value + panel * (1 - alpha / 255)) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
  })
}

/** How many pixels differ by the contrast that graphics need (WCAG 2.2, 1.4.11). */
const differing = (one: readonly number[], other: readonly number[]): number =>
  one.filter((value, index) => {
    const [low = 0, high = 0] = [value, other[index] ?? 0].toSorted((a, b) => a - b)
    return (high + 0.05) / (low + 0.05) >= 3
  }).length

describe.each([
  ['white', 255],
  ['light grey', 220],
  ['grey', 128],
  ['dark grey', 48],
  ['black', 0],
])('the icon on a panel that is %s', (_, panel) => {
  const drawn = trayFaces.map((face) => [face, luminances(face, panel)] as const)

  it.each(drawn)('stands out as %s', (_face, picture) => {
    // Nothing is drawn in the corner.
    const bare = picture.map(() => picture[0] ?? 0)
    expect(differing(picture, bare)).toBeGreaterThan(80)
  })

  it('has a dot that is light inside a dark ring', () => {
    const picture = luminances('dot', panel)
    /** The luminances at a distance from the dot's middle, both in units of the drawing. */
    const around = (distance: number): readonly number[] =>
      Array.from({ length: 8 }, (_, eighth) => {
        const [x, y] = [Math.cos, Math.sin].map((part) => distance * part((eighth * Math.PI) / 4))
        const at = [11.5 + (x ?? 0), 4.5 + (y ?? 0)].map((place) => Math.floor((place * width) / 16))
        return picture[(at[1] ?? 0) * width + (at[0] ?? 0)] ?? 0
      })
    expect(Math.min(...around(2))).toBeGreaterThan(0.9)
    expect(Math.max(...around(4))).toBeLessThan(0.3)
  })

  it('looks different in each state', () => {
    for (const [face, picture] of drawn) {
      const alike = drawn.filter(([, other]) => differing(picture, other) < 6).map(([other]) => other)
      expect(alike).toEqual([face])
    }
  })
})
