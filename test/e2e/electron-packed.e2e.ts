import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import packageJson from '../../package.json' with { type: 'json' }
import { testElectron } from '../electron-runtime.mjs'
import { needs, test } from './fixtures.ts'
import { startPanel } from './panel.ts'

// The program as electron-builder packs it for users, around the Electron of the tests: everything but what compresses it. It
// runs as an ordinary user, in Chromium's real sandbox, on a desktop of that user's own.

test.skip(process.getuid?.() !== 0, 'needs root, to become an ordinary user')
needs('panel')
needs('keychain')
needs('handler')

// One package for all tests of this file.
test.describe.configure({ mode: 'default' })

const user = { uid: 65534, gid: 65534 }
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder = ''
/** The packed program's folder in it, which is moved once. */
let place = 'linux-unpacked'
const packed = (...names: readonly string[]): string => path.join(folder, place, ...names)
const program = (): string => packed('discourse-notifier')

test.beforeAll(() => {
  test.setTimeout(180_000)
  folder = mkdtempSync(path.join(tmpdir(), 'packed-'))
  chmodSync(folder, 0o755)
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: path.dirname(testElectron() ?? '') }
  const words = [path.join(root, 'build', 'dist.mjs'), '--dir', '--output', folder]
  const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  // What a deb's own script does where ordinary users can make no namespaces (electron-builder's after-install.tpl).
  chmodSync(packed('chrome-sandbox'), 0o4755)
  cpSync(path.join(root, 'dist', 'headless'), path.join(folder, 'headless'), { recursive: true })
})

test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // Processes end while they are being looked at.
    return ''
  }
}

/** The processes of the packed program, by their folders in /proc. */
const processes = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => `/proc/${name}`)
    .filter((name) => readIfThere(`${name}/cmdline`).startsWith(folder))

interface Session {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Runs a program in it to its end, and gives what it printed. */
  run(command: string, ...args: readonly string[]): string
  /** Runs the command line on the default profile. */
  cli(...args: readonly string[]): string
  /** Starts the packed program on the default profile; `quit` ends it. */
  start(...args: readonly string[]): Promise<{ readonly quit: () => Promise<void> }>
  /** The same by a command that starts it. */
  startBy(command: string, ...args: readonly string[]): ReturnType<Session['start']>
  stop(): Promise<void>
}

/** A desktop session of an ordinary user, with an unlocked keyring and no other program. */
const startSession = async (): Promise<Session> => {
  const home = mkdtempSync(path.join(folder, 'home-'))
  chownSync(home, user.uid, user.gid)
  const { DISPLAY: _x, DBUS_SESSION_BUS_ADDRESS: _bus, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const env: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
  }
  const script = [
    'echo pw | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 & keyring=$!',
    'echo "$DISPLAY $XAUTHORITY $DBUS_SESSION_BUS_ADDRESS"',
    'cat >/dev/null',
    'kill $keyring',
  ].join('\n')
  const session = spawn('xvfb-run', ['-a', 'dbus-run-session', '--', 'bash', '-c', script], {
    ...user,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const line: unknown = (await once(createInterface({ input: session.stdout }), 'line'))[0]
  const [DISPLAY = '', XAUTHORITY = '', DBUS_SESSION_BUS_ADDRESS = ''] = String(line).split(' ')
  const own = { ...env, DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS }
  const run: Session['run'] = (command, ...args) =>
    spawnSync(command, args, { ...user, env: own, encoding: 'utf8' }).stdout.trim()
  const cli: Session['cli'] = (...args) => run(process.execPath, path.join(folder, 'headless', 'cli.js'), ...args)
  const startBy: Session['startBy'] = async (command, ...args) => {
    const child = spawn(command, args, { ...user, env: own, stdio: 'ignore' })
    const ended = once(child, 'exit')
    await expect.poll(() => cli('status')).toContain('No forums yet')
    return {
      quit: async () => {
        cli('quit')
        await ended
      },
    }
  }
  return {
    ...{ env: own, home, run, cli, startBy },
    start: (...args) => startBy(program(), '--disable-gpu', ...args),
    stop: async () => {
      const ended = once(session, 'exit')
      session.stdin.end()
      await ended
    },
  }
}

/** Makes a call to the control socket that it is given, and prints the answer. */
const callScript = `
  const socket = require('node:net').connect(process.argv[1])
  socket.write(process.argv[2] + '\\n')
  socket.once('data', (answer) => process.stdout.write(answer, () => socket.destroy()))
`

/** The desktop file that this session's `discourse:` links go to. */
const handlerOf = ({ run, env }: Session): string => {
  const name = run('xdg-mime', 'query', 'default', 'x-scheme-handler/discourse')
  const { HOME = '' } = env
  return name === '' ? '' : readIfThere(path.join(HOME, '.local', 'share', 'applications', name))
}

/** What a start of a program prints that ends by itself. */
const startOnce = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync(file, args, {
    ...user,
    env: { ...rest, HOME: folder, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stdout, stderr }
}

test('it is neither Node nor open to a debugger, whatever its environment and its arguments say', () => {
  const asNode = startOnce(program(), ['--version'], { ELECTRON_RUN_AS_NODE: '1' })
  expect(asNode.stdout).toBe(`${packageJson.version}\n`)

  const script = path.join(folder, 'script.cjs')
  writeFileSync(script, "process.stdout.write('foreign code')")
  const withOptions = startOnce(program(), ['--version'], { NODE_OPTIONS: `--require ${script}` })
  expect(withOptions.stdout).toBe(`${packageJson.version}\n`)

  for (const option of ['--inspect=0', '--inspect-brk=0']) {
    const inspected = startOnce(program(), [option, '--version'], {})
    expect(inspected.stdout).toBe(`${packageJson.version}\n`)
    expect(inspected.stderr).not.toContain('Debugger')
  }
})

test('it runs no other code in the place of its archive', () => {
  // Chromium's and Electron's files as they are; the app is what somebody else has put there.
  const copy = path.join(folder, 'replaced')
  spawnSync('cp', ['-al', packed(), copy])
  const resources = path.join(copy, 'resources')
  renameSync(path.join(resources, 'app.asar'), path.join(resources, 'old.asar'))
  const app = path.join(resources, 'app')
  mkdirSync(app)
  writeFileSync(path.join(app, 'package.json'), '{ "main": "main.js" }')
  writeFileSync(path.join(app, 'main.js'), "process.stdout.write('foreign code'); process.exit(0)")
  const { stdout } = startOnce(path.join(copy, 'discourse-notifier'), ['--version'], {})
  expect(stdout).not.toContain('foreign code')
  rmSync(copy, { recursive: true })
})

test('an ordinary user starts it in the sandbox, also at login: tray, keychain and links are there, also after it was moved', async ({
  forumOf,
}) => {
  const forum = await forumOf()
  const session = await startSession()
  try {
    const panel = await startPanel(session.env, session.home, { user })
    const first = await session.start()
    await expect.poll(async () => (await panel.icons()).map(({ hasPicture }) => hasPicture)).toEqual([true])
    await expect
      .poll(() => processes().filter((name) => readIfThere(`${name}/cmdline`).includes('--type=renderer')))
      .toHaveLength(1)
    const page = processes().find((name) => readIfThere(`${name}/cmdline`).includes('--type=renderer')) ?? ''
    // A filter of system calls, and none of root's rights.
    expect(readIfThere(`${page}/status`)).toMatch(/^Seccomp:\t2$/m)
    expect(readIfThere(`${page}/status`)).toMatch(new RegExp(`^Uid:\\t${user.uid}\\t`, 'm'))
    // A sign-in attempt needs a key pair, and that the keychain.
    session.cli('add', forum.url)
    const keytar = packed('resources', 'app.asar.unpacked', 'node_modules', 'keytar')
    await expect.poll(() => processes().some((name) => readIfThere(`${name}/maps`).includes(keytar))).toBe(true)
    await expect.poll(() => handlerOf(session)).toContain(`\nExec=${program()} `)
    // The very command that a desktop would run at login.
    const profile = path.join(session.env['XDG_CONFIG_HOME'] ?? '', 'discourse-notifier')
    const call = { call: 'command', name: 'preferences.change', input: { general: { openAtLogin: true } } }
    // As this user: nobody else may use the socket.
    const answer = session.run(
      process.execPath,
      '-e',
      callScript,
      path.join(profile, 'control.sock'),
      JSON.stringify(call),
    )
    expect(answer).toContain('"ok":true')
    await first.quit()
    await expect.poll(processes).toEqual([])
    const entry = path.join(session.env['XDG_CONFIG_HOME'] ?? '', 'autostart', 'discourse-notifier.desktop')
    const command = /^Exec=(.*)$/m.exec(readIfThere(entry))?.[1] ?? ''
    expect(command).toBe(`${program()} --hidden`)
    const atLogin = await session.startBy('sh', '-c', `exec ${command} --disable-gpu`)
    await expect.poll(async () => (await panel.icons()).map(({ hasPicture }) => hasPicture)).toEqual([true])
    expect(processes().filter((name) => readIfThere(`${name}/cmdline`).includes('--type=renderer'))).toEqual([])
    await atLogin.quit()
    await expect.poll(processes).toEqual([])

    renameSync(packed(), path.join(folder, 'moved'))
    place = 'moved'
    const second = await session.start('--hidden')
    await expect.poll(async () => (await panel.icons()).map(({ hasPicture }) => hasPicture)).toEqual([true])
    await expect.poll(() => handlerOf(session)).toContain(`\nExec=${program()} `)
    await second.quit()
    await panel.stop()
  } finally {
    await session.stop()
  }
})
