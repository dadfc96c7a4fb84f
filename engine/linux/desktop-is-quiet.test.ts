import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReadProperty } from './desktop-bus.ts'
import { desktopIsQuiet } from './desktop-is-quiet.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'quiet-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const silent = async () => undefined

// A notification service is asked for real in test/e2e/desktop-notifications.e2e.ts.
describe('whether the desktop is to disturb nobody', () => {
  it('is as the service that shows notifications says', async () => {
    const saying = (from: string, name: string, value: unknown): ReadProperty => {
      return async (property) => (property.interface === from && property.name === name ? value : undefined)
    }
    expect(await desktopIsQuiet({}, saying('org.freedesktop.Notifications', 'Inhibited', true))).toBe(true)
    expect(await desktopIsQuiet({}, saying('org.dunstproject.cmd0', 'paused', true))).toBe(true)
    expect(await desktopIsQuiet({}, saying('org.dunstproject.cmd0', 'paused', false))).toBe(false)
    expect(await desktopIsQuiet({}, saying('org.dunstproject.cmd0', 'paused', 'true'))).toBe(false)
  })

  it('is no where nobody says so', async () => {
    expect(await desktopIsQuiet({}, silent)).toBe(false)
  })

  describe.skipIf(process.platform === 'win32')('on GNOME', () => {
    const onGnome = async (
      script: string,
      desktop: NodeJS.ProcessEnv = { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' },
    ): Promise<boolean> => {
      const program = path.join(folder, 'gsettings')
      writeFileSync(program, `#!/bin/sh\n${script}\n`)
      chmodSync(program, 0o755)
      return await desktopIsQuiet({ PATH: `${folder}:/usr/bin:/bin`, ...desktop }, silent)
    }
    const asked = '[ "$*" = "get org.gnome.desktop.notifications show-banners" ] && echo'

    it('is as its settings say', async () => {
      expect(await onGnome(`${asked} false`)).toBe(true)
      expect(await onGnome(`${asked} true`)).toBe(false)
    })

    it('is so where Electron has put another name in its place, as on Ubuntu', async () => {
      const renamed = { XDG_CURRENT_DESKTOP: 'Unity', ORIGINAL_XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }
      expect(await onGnome(`${asked} false`, renamed)).toBe(true)
    })

    it('is no where they cannot be read', async () => {
      expect(await onGnome(`${asked} false; exit 1`)).toBe(false)
      expect(await onGnome('echo No such schema >&2')).toBe(false)
    })

    it('is asked of GNOME alone', async () => {
      expect(await onGnome(`${asked} false`, { XDG_CURRENT_DESKTOP: 'KDE' })).toBe(false)
    })
  })
})
