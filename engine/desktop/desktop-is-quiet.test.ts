import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopIsQuiet } from './desktop-is-quiet.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'quiet-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// The bus is asked for real in test/e2e/desktop-notifications.e2e.ts.
describe('whether the desktop is to disturb nobody', () => {
  it('is no where there is no session bus', async () => {
    expect(await desktopIsQuiet({ XDG_RUNTIME_DIR: folder })).toBe(false)
    expect(await desktopIsQuiet({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` })).toBe(false)
    expect(await desktopIsQuiet({ DBUS_SESSION_BUS_ADDRESS: 'nonsense' })).toBe(false)
  })

  it('is no where the bus hangs up', async () => {
    const socket = path.join(folder, 'bus')
    const server = createServer((connection) => connection.destroy())
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    expect(await desktopIsQuiet({ XDG_RUNTIME_DIR: folder })).toBe(false)
    server.close()
  })

  describe.skipIf(process.platform === 'win32')('on GNOME', () => {
    const onGnome = async (script: string, desktop = 'ubuntu:GNOME'): Promise<boolean> => {
      const program = path.join(folder, 'gsettings')
      writeFileSync(program, `#!/bin/sh\n${script}\n`)
      chmodSync(program, 0o755)
      return await desktopIsQuiet({ PATH: `${folder}:/usr/bin:/bin`, XDG_CURRENT_DESKTOP: desktop })
    }
    const asked = '[ "$*" = "get org.gnome.desktop.notifications show-banners" ] && echo'

    it('is as its settings say', async () => {
      expect(await onGnome(`${asked} false`)).toBe(true)
      expect(await onGnome(`${asked} true`)).toBe(false)
    })

    it('is no where they cannot be read', async () => {
      expect(await onGnome(`${asked} false; exit 1`)).toBe(false)
      expect(await onGnome('echo No such schema >&2')).toBe(false)
    })

    it('is asked of GNOME alone', async () => {
      expect(await onGnome(`${asked} false`, 'KDE')).toBe(false)
    })
  })
})
