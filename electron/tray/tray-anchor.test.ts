import { describe, expect, it } from 'vitest'
import { ScreenDouble } from '../testing/electron-double.ts'
import { trayAnchor } from './tray-anchor.ts'

const icon = { x: 1800, y: 1040, width: 24, height: 40 }

const anchorOn = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}, bounds = icon) => {
  const screen = new ScreenDouble()
  screen.cursor = { x: 700, y: 12 }
  return trayAnchor({ screen, platform, environment, icon: bounds })?.at
}

describe('the place of the tray icon', () => {
  it.each(['darwin', 'win32'] as const)('is what the system says on %s', (platform) => {
    expect(anchorOn(platform)).toEqual(icon)
  })

  it('is unknown for an icon that Windows hides', () => {
    expect(anchorOn('win32', {}, { x: 0, y: 0, width: 0, height: 0 })).toBeUndefined()
  })

  it('is where the mouse is on X11', () => {
    expect(anchorOn('linux', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' })).toEqual({
      x: 700,
      y: 12,
      width: 1,
      height: 1,
    })
  })

  it.each([{ XDG_SESSION_TYPE: 'wayland' }, { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }])(
    'is not asked for on Wayland: %j',
    (environment) => {
      expect(anchorOn('linux', environment)).toBeUndefined()
    },
  )
})
