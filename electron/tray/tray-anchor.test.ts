import { describe, expect, it } from 'vitest'
import { isWayland } from '../system/is-wayland.ts'
import { ScreenDouble } from '../testing/electron-double.ts'
import { screenForWindow, trayAnchor } from './tray-anchor.ts'

const onWayland = [{ XDG_SESSION_TYPE: 'wayland' }, { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }]
const icon = { x: 1800, y: 1040, width: 24, height: 40 }

const screenOn = (environment: NodeJS.ProcessEnv) => {
  const screen = new ScreenDouble()
  screen.cursor = isWayland(environment) ? null : { x: 700, y: 12 }
  return screen
}

const anchorOn = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}, bounds = icon) => {
  const screen = screenOn(environment)
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

  it.each(onWayland)('is not asked for on Wayland: %j', (environment) => {
    expect(anchorOn('linux', environment)).toBeUndefined()
  })
})

describe('the screen of a new window', () => {
  const around = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}) => {
    const screen = screenOn(environment)
    const asked: unknown[] = []
    screen.getDisplayMatching = (...area: unknown[]) => {
      asked.push(...area)
      return screen.display
    }
    expect(screenForWindow({ screen, platform, environment })).toBe(screen.display)
    return asked
  }

  it.each([['darwin'], ['win32'], ['linux']] as const)('is the one with the pointer on %s', (platform) => {
    expect(around(platform)).toEqual([{ x: 700, y: 12, width: 1, height: 1 }])
  })

  it.each(onWayland)('is the first on Wayland, where to ask for the pointer ends the program: %j', (environment) => {
    expect(around('linux', environment)).toEqual([])
  })
})
