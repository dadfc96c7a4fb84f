import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import packageJson from '../../package.json' with { type: 'json' }
import { testElectron } from '../electron-runtime.mjs'
import { removeHome } from '../rig/remove-home.ts'
import { needs, test } from './fixtures.ts'
import { type KeyringState, type PackedSession, packedUser, startPackedSession } from './packed-session.ts'
import { type Panel, startPanel } from './panel.ts'

// The program as electron-builder packs it for users, around the Electron of the tests: everything but what compresses it. It
// runs as an ordinary user, in Chromium's real sandbox, on a desktop of that user's own.

test.skip(process.getuid?.() !== 0, 'needs root, to become an ordinary user')
needs('panel')
needs('keychain')
needs('handler')
needs('dock')

// One package for all tests of this file.
test.describe.configure({ mode: 'default' })

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

test.afterAll(() => removeHome(folder))

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

/** Makes a call to the control socket that it is given, and prints the answer. */
const callScript = `
  const socket = require('node:net').connect(process.argv[1])
  socket.write(process.argv[2] + '\\n')
  socket.once('data', (answer) => process.stdout.write(answer, () => socket.destroy()))
`

/** The desktop file that this session's `discourse:` links go to. */
const handlerOf = async ({ run, env }: PackedSession): Promise<string> => {
  const name = await run('xdg-mime', 'query', 'default', 'x-scheme-handler/discourse')
  const { HOME = '' } = env
  return name === '' ? '' : readIfThere(path.join(HOME, '.local', 'share', 'applications', name))
}

/** What a start of a program prints that ends by itself. */
const startOnce = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync(file, args, {
    ...packedUser,
    env: { ...rest, HOME: folder, ...env },
    encoding: 'utf8',
    timeout: 60_000,
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

test('it runs no other code in the place of its archive', async () => {
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
  await removeHome(copy)
})

test('an ordinary user starts it in the sandbox, also at login: tray, keychain and links are there, also after it was moved', async ({
  forumOf,
}) => {
  const forum = await forumOf()
  const session = await startPackedSession(folder, program)
  try {
    const panel = await startPanel(session.env, session.home, { user: packedUser })
    const first = await session.start()
    await expect.poll(async () => (await panel.icons()).map(({ hasPicture }) => hasPicture)).toEqual([true])
    await expect
      .poll(() => processes().filter((name) => readIfThere(`${name}/cmdline`).includes('--type=renderer')))
      .toHaveLength(1)
    const page = processes().find((name) => readIfThere(`${name}/cmdline`).includes('--type=renderer')) ?? ''
    // A filter of system calls, and none of root's rights.
    expect(readIfThere(`${page}/status`)).toMatch(/^Seccomp:\t2$/m)
    expect(readIfThere(`${page}/status`)).toMatch(new RegExp(`^Uid:\\t${packedUser.uid}\\t`, 'm'))
    // A sign-in attempt needs a key pair, and that the keychain.
    await session.cli('add', forum.url)
    const keytar = packed('resources', 'app.asar.unpacked', 'node_modules', 'keytar')
    await expect.poll(() => processes().some((name) => readIfThere(`${name}/maps`).includes(keytar))).toBe(true)
    await expect.poll(() => handlerOf(session)).toContain(`\nExec=${program()} `)
    // The very command that a desktop would run at login.
    const profile = path.join(session.env['XDG_CONFIG_HOME'] ?? '', 'discourse-notifier')
    const call = { call: 'command', name: 'preferences.change', input: { general: { openAtLogin: true } } }
    // As this user: nobody else may use the socket.
    const answer = await session.run(
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

/**
 * The longest that a start and an end may take where a keyring does not answer, in milliseconds: less than a call to it. Where
 * it does, a program that waited for it would wait for somebody who unlocks it, and needs no limit that a busy machine exceeds.
 */
const whileFrozen = { tray: 20_000, end: 20_000 }

/** What is called on the bus when a keyring is opened, made or written to: by us, or by Chromium for its cookies. */
const keyringUses = ({ calls }: PackedSession): readonly string[] =>
  calls().filter((call) => /Prompt|Unlock|CreateCollection|CreateItem/.test(call))

/** Starts the packed program hidden, and gives how it ended, once it was told to by SIGTERM. */
const startForTheTray = async (session: PackedSession, panel: Panel, most = { tray: Infinity, end: Infinity }) => {
  const begun = performance.now()
  const child = session.spawn('--hidden')
  const ended = once(child, 'exit')
  await expect
    .poll(async () => (await panel.icons()).map(({ hasPicture }) => hasPicture), { intervals: [50] })
    .toEqual([true])
  const tray = performance.now() - begun
  test.info().annotations.push({ type: 'tray', description: `${Math.round(tray)} ms after the start` })
  expect(tray).toBeLessThan(most.tray)
  return async () => {
    const told = performance.now()
    child.kill('SIGTERM')
    const [status, signal] = await ended
    expect(performance.now() - told).toBeLessThan(most.end)
    await expect.poll(processes).toEqual([])
    return { status, signal }
  }
}

// Electron asks the keyring by itself, on its main thread and before anything is to be seen, unless a fuse forbids it
// (docs/packaging.md). And whoever has just installed a program does not expect to be asked for a password by it.
const firstStarts = [
  { keyring: 'locked', tag: [] },
  { keyring: 'not made yet', tag: [] },
  { keyring: 'frozen', tag: ['@on-demand'] },
  { keyring: 'missing', tag: ['@on-demand'] },
] satisfies readonly { keyring: KeyringState; tag: string[] }[]
for (const { keyring, tag } of firstStarts) {
  test(`with a keyring that is ${keyring} a first start has its tray icon, asks nothing, and ends when told to`, {
    tag,
  }, async () => {
    const session = await startPackedSession(folder, program, keyring)
    try {
      const panel = await startPanel(session.env, session.home, { user: packedUser })
      const end = await startForTheTray(session, panel, keyring === 'frozen' ? whileFrozen : undefined)
      await expect.poll(() => session.cli('status')).toContain('No forums yet')
      // A process with a thread that waits for the keyring cannot end by itself (electron/system/quit.ts).
      expect(await end()).toEqual(
        keyring === 'frozen' ? { status: null, signal: 'SIGKILL' } : { status: 0, signal: null },
      )
      expect(keyringUses(session)).toEqual([])
      await panel.stop()
    } finally {
      await session.stop()
    }
  })
}

test('with an account and a keyring that was locked since, the icon is there before the question is answered', {
  tag: '@on-demand',
}, async ({ forumOf }) => {
  const forum = await forumOf()
  const session = await startPackedSession(folder, program)
  try {
    const panel = await startPanel(session.env, session.home, { user: packedUser })
    const first = await session.start('--hidden')
    const begun = JSON.parse(await session.cli('add', forum.url, '--method', 'paste', '--json'))
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    await session.cli('accept', payload)
    await expect.poll(() => session.cli('status')).toContain('eve@')
    await first.quit()
    // Nothing of Chromium's is in it either.
    const items = await session.run('busctl', '--user', 'tree', '--list', 'org.freedesktop.secrets')
    expect(items.match(/collection\/login\/\d+$/gm)).toHaveLength(1)
    await session.lockKeyring()

    const before = keyringUses(session).length
    const end = await startForTheTray(session, panel)
    const asked = () =>
      keyringUses(session)
        .slice(before)
        .filter((call) => call.includes('Secret.Prompt.Prompt'))
    await expect.poll(asked).toHaveLength(1)
    expect(await session.cli('status')).toContain('eve@')
    await end()
    expect(asked()).toHaveLength(1)
    await panel.stop()
  } finally {
    await session.stop()
  }
})
