import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { testElectron } from '../electron-runtime.mjs'
import { test } from './fixtures.ts'

// The desktop shell as an ordinary user in Chromium's real sandbox, which root cannot use.

test.skip(process.getuid?.() !== 0, 'every other test of an ordinary user runs in the sandbox')

const nobody = 65534
const root = fileURLToPath(new URL('../..', import.meta.url))

/** The processes of a program of this folder, by what Chromium calls them. */
const processesBelow = (folder: string, type: string): readonly string[] =>
  readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    const words = readIfThere(`/proc/${name}/cmdline`).split(/[\0 ]/)
    return words[0]?.startsWith(folder) && words.includes(`--type=${type}`)
  })

/** Processes end while they are being looked at. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

test('an ordinary user starts it without a switch, and its page is in the sandbox', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notifier-sandbox-'))
  const home = path.join(folder, 'home')
  const profile = path.join(home, 'profile')
  try {
    chmodSync(folder, 0o755)
    mkdirSync(home, { mode: 0o700 })
    chownSync(home, nobody, nobody)
    // Where that user may read it, without a second copy on the disk.
    execFileSync('cp', ['-al', path.dirname(testElectron() ?? ''), path.join(folder, 'electron')])
    // Chromium's own helper, for a kernel that lets ordinary users make no namespaces; not the one in the cache.
    const helper = path.join(folder, 'electron', 'chrome-sandbox')
    rmSync(helper)
    cpSync(path.join(path.dirname(testElectron() ?? ''), 'chrome-sandbox'), helper)
    chmodSync(helper, 0o4755)
    for (const part of ['dist', 'package.json'])
      cpSync(path.join(root, part), path.join(folder, part), { recursive: true })
    const { DISPLAY: _x, DBUS_SESSION_BUS_ADDRESS: _bus, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
    const user = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
    const session = ['xvfb-run', '-a', 'dbus-run-session', '--']
    const program = [
      path.join(folder, 'electron', 'electron'),
      '--disable-gpu',
      path.join(folder, 'dist/electron/start.js'),
    ]
    const [first = '', ...words] = [...user, ...session, ...program, '--no-keychain', '--profile', profile]
    const child = spawn(first, words, { env: { ...rest, HOME: home, XDG_RUNTIME_DIR: home }, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    // As that user: the control socket answers nobody else.
    const cli = (...asked: readonly string[]): string => {
      const [setpriv = '', ...rights] = user
      const script = path.join(folder, 'dist', 'headless', 'cli.js')
      const words = [...rights, process.execPath, script, ...asked, '--profile', profile]
      return spawnSync(setpriv, words, { env: { ...rest, HOME: home, XDG_RUNTIME_DIR: home }, encoding: 'utf8' }).stdout
    }

    await expect.poll(() => processesBelow(folder, 'renderer')).toHaveLength(1)
    const [page = ''] = processesBelow(folder, 'renderer')
    const status = readFileSync(`/proc/${page}/status`, 'utf8')
    // A filter of system calls, and none of root's rights.
    expect(status).toMatch(/^Seccomp:\t2$/m)
    expect(status).toMatch(new RegExp(`^Uid:\\t${nobody}\\t`, 'm'))
    await expect.poll(() => cli('status')).toContain('No forums yet')
    cli('quit')
    await ended
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
