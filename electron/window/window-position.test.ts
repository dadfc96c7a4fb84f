import type { Rectangle } from 'electron'
import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { windowPosition } from './window-position.ts'

const window = { width: 400, height: 600 }
const at = (x: number, y: number, width = 24, height = 24): Rectangle => ({ x, y, width, height })
const whole = at(0, 0, 1920, 1080)

describe('the place of a window at the tray icon', () => {
  it.each<[string, Rectangle, Rectangle, Rectangle, { x: number; y: number }]>([
    ['a bar at the bottom', at(1800, 1048), whole, at(0, 0, 1920, 1040), { x: 1520, y: 440 }],
    ['a bar at the top', at(1500, 0), whole, at(0, 25, 1920, 1055), { x: 1312, y: 32 }],
    ['a bar at the left', at(10, 1000), whole, at(60, 0, 1860, 1080), { x: 60, y: 480 }],
    ['a bar at the right', at(1880, 500), whole, at(0, 0, 1860, 1080), { x: 1460, y: 212 }],
    ['a bar that hides, at the bottom', at(1700, 1060), whole, whole, { x: 1512, y: 452 }],
    ['a bar that hides, at the top', at(1700, 0), whole, whole, { x: 1512, y: 32 }],
    [
      'a screen left of the first',
      at(-100, 1050),
      at(-1920, 0, 1920, 1080),
      at(-1920, 0, 1920, 1040),
      { x: -400, y: 440 },
    ],
    [
      'a screen above the first',
      at(500, -1080),
      at(0, -1080, 1920, 1080),
      at(0, -1055, 1920, 1055),
      { x: 312, y: -1048 },
    ],
    ['half a pixel, at a scale of 150 %', at(1000, 1040, 25, 33), whole, at(0, 0, 1920, 1040), { x: 813, y: 432 }],
  ])('suits %s', (_what, icon, bounds, workArea, place) => {
    expect(windowPosition(icon, window, { bounds, workArea })).toEqual(place)
  })

  it.each<[string, Rectangle, Rectangle]>([
    ['an icon outside the screen', at(-32_000, -32_000), whole],
    ['a work area that is too small', at(300, 0), at(0, 24, 640, 456)],
  ])('is nowhere for %s', (_what, icon, workArea) => {
    const bounds = at(0, 0, Math.max(workArea.width, 640), workArea.height + 24)
    expect(windowPosition(icon, window, { bounds, workArea })).toBeUndefined()
  })

  it('is entirely within the work area, whatever the screens are', () => {
    const number = fc.integer({ min: -4000, max: 4000 })
    fc.assert(
      fc.property(
        fc.record({ left: number, top: number, width: fc.integer({ min: 400, max: 5000 }) }),
        fc.integer({ min: 600, max: 3000 }),
        fc.tuple(fc.integer({ min: 0, max: 80 }), fc.constantFrom('top', 'bottom', 'left', 'right')),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        ({ left, top, width }, height, [bar, edge], [right, down]) => {
          const bounds = at(left, top, width + 80, height + 80)
          const workArea = {
            x: left + (edge === 'left' ? bar : 0),
            y: top + (edge === 'top' ? bar : 0),
            width: bounds.width - (edge === 'left' || edge === 'right' ? bar : 0),
            height: bounds.height - (edge === 'top' || edge === 'bottom' ? bar : 0),
          }
          const icon = at(left + right * (bounds.width - 24), top + down * (bounds.height - 24))
          const place = windowPosition(icon, window, { bounds, workArea })
          expect(place).toBeDefined()
          if (place === undefined) return
          expect(place.x).toBeGreaterThanOrEqual(workArea.x)
          expect(place.y).toBeGreaterThanOrEqual(workArea.y)
          expect(place.x + window.width).toBeLessThanOrEqual(workArea.x + workArea.width)
          expect(place.y + window.height).toBeLessThanOrEqual(workArea.y + workArea.height)
        },
      ),
    )
  })
})
