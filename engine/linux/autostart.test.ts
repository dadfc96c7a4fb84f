import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onPath } from '../../test/system-parts.mjs'
import { openAutostart } from './autostart.ts'

let home = ''
let file = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'autostart-'))
  file = path.join(home, '.config', 'autostart', 'discourse-notifier.desktop')
})
afterEach(() => rmSync(home, { recursive: true }))

const open = (command: readonly string[] = ['/opt/notifier', '--hidden'], environment: NodeJS.ProcessEnv = {}) =>
  openAutostart({ environment, home, name: 'discourse-notifier', command })

const put = (...lines: readonly string[]): void => {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, ['[Desktop Entry]', 'Type=Application', ...lines, ''].join('\n'))
}

describe('starting at login on a Linux desktop', () => {
  it('is an entry in the autostart folder, and no entry', () => {
    const login = open()
    expect(login.isOn()).toBe(false)
    expect(login.set(true)).toEqual({ ok: true, value: null })
    expect(login.isOn()).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('\nExec=/opt/notifier --hidden\n')
    // Desktops pass over an entry whose program has been removed.
    expect(readFileSync(file, 'utf8')).toContain('\nTryExec=/opt/notifier\n')
    expect(login.set(false)).toEqual({ ok: true, value: null })
    expect(existsSync(file)).toBe(false)
    expect(login.set(false)).toEqual({ ok: true, value: null })
  })

  it('is where the desktop keeps its settings', () => {
    const config = path.join(home, 'elsewhere')
    open(undefined, { XDG_CONFIG_HOME: config }).set(true)
    expect(existsSync(path.join(config, 'autostart', 'discourse-notifier.desktop'))).toBe(true)
    expect(existsSync(file)).toBe(false)
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off where the desktop has written %s', (line) => {
    put('Exec=/opt/notifier --hidden', line)
    const login = open()
    expect(login.isOn()).toBe(false)
    login.set(true)
    expect(login.isOn()).toBe(true)
  })

  it('follows the program to another place, and leaves the rest of the entry alone', () => {
    put('TryExec=/old/notifier', 'Exec=/old/notifier --hidden', 'X-GNOME-Autostart-Delay=20')
    open(['/new/$&/notifier', '--hidden'])
    expect(readFileSync(file, 'utf8')).toBe(
      String.raw`[Desktop Entry]
Type=Application
TryExec=/new/$&/notifier
Exec="/new/\\$&/notifier" --hidden
X-GNOME-Autostart-Delay=20
`,
    )
  })

  it('is replaced as a whole, so that a full disk leaves the one that was there', () => {
    put('Exec=/old/notifier --hidden')
    const before = openSync(file, 'r')
    open(['/new/notifier', '--hidden'])
    expect(readFileSync(before, 'utf8')).toContain('Exec=/old/notifier --hidden')
    closeSync(before)
    expect(readFileSync(file, 'utf8')).toContain('Exec=/new/notifier --hidden')
  })

  it('writes nothing for a user who has not asked for it', () => {
    open()
    expect(existsSync(path.dirname(file))).toBe(false)
  })

  // Root may write everywhere, and so may everybody where folders have no modes (Windows).
  it.skipIf(process.getuid === undefined || process.getuid() === 0)(
    'says why when the folder cannot be written',
    () => {
      mkdirSync(path.dirname(file), { recursive: true })
      chmodSync(path.dirname(file), 0o500)
      expect(open().set(true)).toEqual({
        ok: false,
        failure: { code: 'login_start_failed', params: { reason: 'EACCES' } },
      })
      chmodSync(path.dirname(file), 0o700)
    },
  )

  it('says why when something else has the folder’s name', () => {
    mkdirSync(path.join(home, '.config'))
    writeFileSync(path.join(home, '.config', 'autostart'), '')
    const { ok } = open().set(true)
    expect(ok).toBe(false)
    expect(open().isOn()).toBe(false)
  })

  it.skipIf(!onPath('gio'))(
    'starts the program wherever it lies, by what GNOME reads entries with (needs gio)',
    async () => {
      const folder = path.join(home, 'Jürgen’s "50%" $HOME `x`\\y\nn\tt & (b);')
      const program = path.join(folder, 'notifier')
      const started = path.join(home, 'started')
      mkdirSync(folder)
      writeFileSync(
        program,
        `#!/bin/sh\nprintf '%s\\n' "$0" "$@" > '${started}.new'\nmv '${started}.new' '${started}'\n`,
      )
      chmodSync(program, 0o755)
      open([program, '--hidden']).set(true)
      execFileSync('gio', ['launch', file])
      await vi.waitUntil(() => existsSync(started), { timeout: 60_000 })
      expect(readFileSync(started, 'utf8')).toBe(`${program}\n--hidden\n`)
    },
  )

  const validator = 'desktop-file-validate'
  it.skipIf(!onPath(validator))('is written as the specification has it (needs desktop-file-validate)', () => {
    open(['/opt/My "Apps"/50% $HOME `x`\\y/\n\t/notifier', '--profile', '/home/eve/p q', '--hidden']).set(true)
    expect(execFileSync(validator, [file], { encoding: 'utf8' })).toBe('')
  })
})
