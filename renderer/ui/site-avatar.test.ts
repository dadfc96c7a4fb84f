import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { firstLetter, readableInk } from './site-avatar.tsx'

it.each([
  ['Meta', 'M'],
  [' rust users', 'R'],
  ['3D forum', '3'],
  ['élan', 'É'],
  ['e\u0301lan', 'E\u0301'],
  ['👩‍💻 coders', '👩‍💻'],
  ['منتدى', 'م'],
  ['', ''],
])('of %j the first letter is %j', (name, letter) => {
  expect(firstLetter(name)).toBe(letter)
})

const luminance = (color: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe('the ink on a forum’s colour', () => {
  it('is white on dark grounds and black on light ones', () => {
    expect(readableInk('#000000')).toBe('#ffffff')
    expect(readableInk('#ffffff')).toBe('#000000')
    expect(readableInk('#ffd500')).toBe('#000000')
  })

  it('has at least 4.5 : 1 on every ground', () => {
    const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
    const enough = fc.property(color, (ground) => {
      expect(contrast(readableInk(ground), ground)).toBeGreaterThanOrEqual(4.5)
    })
    fc.assert(enough)
  })
})
