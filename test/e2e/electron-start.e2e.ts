import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { whenEnded } from '../rig/when-ended.ts'
import { answerDialog } from './answer-dialog.ts'
import { desktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import { type Notifier, runCli, textsBelow } from './notifier.ts'

// How the desktop shell starts where something is missing, and what a second start does. On a real Electron.

const windowsOf = (notifier: Notifier) => notifier.app?.windows() ?? []

interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

/** Starts the program by itself, as the system does, and waits for its end. */
const runToEnd = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> => {
  const { program, args: first } = desktopProgram()
  const child = spawn(program, [...first, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<Pick<Ended, 'status' | 'signal'>>((resolve) =>
    child.once('exit', (status, signal) => resolve({ status, signal })),
  )
  const [stderr, end] = await Promise.all([text(child.stderr), ended])
  return { ...end, stderr }
}

test('without a display it says so in one sentence, and leaves no dump of a crash behind', async () => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const home = test.info().outputPath('home')
  const profile = path.join(home, 'profile')
  const ended = await runToEnd(['--profile', profile], { ...rest, HOME: home, LC_ALL: 'C.UTF-8' })
  expect(ended).toMatchObject({ status: 1, signal: null })
  expect(ended.stderr).toContain('There is no display.')
  expect(existsSync(path.join(profile, 'crashes'))).toBe(false)
})

test('`npm start -- --hidden` without a display starts the headless notifier, and opens nothing', async () => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, DBUS_SESSION_BUS_ADDRESS: _bus, ...rest } = process.env
  const home = test.info().outputPath('home')
  const bin = path.join(home, 'bin')
  mkdirSync(bin, { recursive: true })
  const opened = path.join(home, 'opened')
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${opened}'\n`, { mode: 0o755 })
  const env = { ...rest, HOME: home, LC_ALL: 'C.UTF-8', PATH: `${bin}${path.delimiter}${rest['PATH']}` }
  // The build, which `npm start` makes first, is what is tested.
  const script = path.join(import.meta.dirname, '..', '..', 'build', 'start.mjs')
  const profile = path.join(home, 'profile')
  const words = ['--hidden', '--no-keychain', '--profile', profile]
  const child = spawn(process.execPath, [script, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)))
  const ended = once(child, 'close')
  await expect.poll(() => printed.join('')).toMatch(/^ready http:\/\/127\.0\.0\.1:/m)
  expect(printed.join('')).toMatch(/^There is no display here, so the notifier starts without a window/)
  expect((await runCli(['status', '--profile', profile], env)).status).toBe(0)
  // As Ctrl-C at a terminal, which reaches all of them.
  if (child.pid === undefined) throw new Error('not started')
  process.kill(-child.pid, 'SIGINT')
  expect(await ended).toEqual([0, null])
  expect(existsSync(opened)).toBe(false)
})

test('a profile that cannot be used is told in plain words, without a terminal’s colours', async ({ notifierOf }) => {
  // For its display.
  const { env, home } = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const file = path.join(home, 'file')
  writeFileSync(file, '')
  const ended = await runToEnd(['--profile', path.join(file, 'profile')], env)
  expect(ended).toMatchObject({ status: 1, signal: null })
  // Chromium's helpers may still say that we are gone.
  expect(ended.stderr).toMatch(/^\/.*\/file\/profile.*ENOTDIR/m)
  expect(ended.stderr).not.toContain('\u001b')
})

test('what a start leaves behind that was killed, the next one removes', async ({ notifierOf }) => {
  const { env, home } = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const profile = path.join(home, 'killed')
  const folder = path.join(home, 'temporary')
  mkdirSync(folder)
  const { program, args } = desktopProgram()
  const words = [...args, '--profile', profile, '--no-keychain', '--hidden']
  const start = () => {
    const child = spawn(program, words, { env: { ...env, TMPDIR: folder }, stdio: 'ignore' })
    return { child, ended: new Promise((resolve) => child.once('exit', resolve)) }
  }
  const isRunning = async () => (await runCli(['status', '--profile', profile], env)).status
  /** The folders that hold a lock's socket. */
  const locks = (): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('/SingletonSocket'))

  const killed = start()
  await expect.poll(isRunning).toBe(0)
  const left = locks()
  expect(left).toHaveLength(1)
  killed.child.kill('SIGKILL')
  await killed.ended
  expect(locks()).toEqual(left)

  const next = start()
  await expect.poll(isRunning).toBe(0)
  expect(locks()).toHaveLength(1)
  expect(locks()).not.toEqual(left)
  await runCli(['quit', '--profile', profile], env)
  await next.ended
  expect(locks()).toEqual([])
})

test('a display that comes after a start at login is waited for; when it goes away the program ends, and the next start has everything', async ({
  atEnd,
  notifierOf,
}) => {
  const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const profile = path.join(notifier.home, 'other')
  // Other tests' displays count from 99 up.
  const display = `:${10_000 + (process.pid % 50_000)}`
  // Node says on stderr what becomes of a socket.
  const env = { ...notifier.env, DISPLAY: display, XAUTHORITY: undefined, NODE_DEBUG: 'net' }
  const { program, args } = desktopProgram()
  const words = [...args, '--profile', profile, '--no-keychain']
  const cli = (...asked: readonly string[]) => runCli([...asked, '--profile', profile], notifier.env)
  const first = spawn(program, [...words, '--hidden'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(first, 'exit')
  const printed: string[] = []
  first.stderr.on('data', (chunk) => printed.push(String(chunk)))
  // It has looked, in vain.
  await expect.poll(() => printed.join('')).toContain('afterConnect')
  const server = spawn('Xvfb', [display, '-screen', '0', '800x600x24'], { stdio: 'ignore' })
  atEnd(async () => {
    server.kill()
    await whenEnded(server)
  })
  await expect.poll(async () => (await cli('status')).status).toBe(0)
  expect((await cli('pause', 'open')).status).toBe(0)
  const files = readdirSync(profile, { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => name.endsWith('.dmp'))).toEqual([])
  server.kill()
  await ended

  const second = spawn(program, words, { env: notifier.env, stdio: 'ignore' })
  await expect.poll(async () => (await cli('status', '--json')).stdout).toContain('"reason":"paused"')
  const isOver = once(second, 'exit')
  await cli('quit')
  await isOver
})

test.describe('under a window manager', () => {
  needs('panel')

  test('a second start brings the window in front of the one that has the focus', async ({ notifierOf }) => {
    const first = await notifierOf()
    const { env } = first
    const manager = spawn('openbox', { env, stdio: 'ignore' })
    /** The process whose window the window manager calls the active one. */
    const active = async (): Promise<number> => {
      const { stdout } = await promisify(execFile)('xdotool', ['getactivewindow', 'getwindowpid'], { env })
      return Number(stdout)
    }
    const isActive = (notifier: Notifier) =>
      expect.poll(() => active().catch(() => 0)).toBe(notifier.app?.process().pid)
    const other = await notifierOf({ args: ['--no-keychain'], envOf: async () => env })
    await isActive(other)
    expect(await runToEnd(['--profile', first.profile], env)).toMatchObject({ status: 0 })
    await isActive(first)
    manager.kill()
  })
})

test.describe('where the headless notifier has the profile', () => {
  needs('panel')

  test('its page is offered, and opened with Return', async ({ notifierOf }) => {
    const desktop = await notifierOf({ args: ['--no-keychain', '--hidden'] })
    const profile = path.join(desktop.home, 'headless')
    const { env } = desktop
    const serve = ['serve', '--profile', profile, '--no-open', '--no-keychain']
    const headless = runCli(serve, env)
    await expect.poll(async () => (await runCli(['status', '--profile', profile], env)).status).toBe(0)

    const ended = runToEnd(['--profile', profile], env)
    const answered = await answerDialog(env)
    expect(await ended).toMatchObject({ status: 0 })
    // Electron's answer alone does not wake Node: it took half a minute.
    expect(Date.now() - answered).toBeLessThan(25_000)
    await expect.poll(() => textsBelow(path.join(desktop.home, 'desktop')).join('')).toContain('http://127.0.0.1:')
    await runCli(['quit', '--profile', profile], env)
    expect((await headless).status).toBe(0)
  })
})

test('a second start shows the window of the first one and ends', async ({ notifierOf }) => {
  const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  expect(windowsOf(notifier)).toEqual([])
  expect(await runToEnd(['--profile', notifier.profile], notifier.env)).toMatchObject({ status: 0 })
  const page = await notifier.open()
  await expect(page.getByText('No forums yet').first()).toBeVisible()
  // A start for the tray alone asks for no window, and one that adds a forum for its form.
  expect(await runToEnd(['--profile', notifier.profile, '--add'], notifier.env)).toMatchObject({ status: 0 })
  await expect(page.getByRole('dialog').getByLabel('Address')).toBeVisible()
  // Electron's default folder for dumps, beside ours.
  expect(existsSync(path.join(notifier.profile, 'Crashpad'))).toBe(false)
})

// Chromium kills a running instance that does not answer, and it does not answer a message that is too long.
test('a second start that is too long to be passed on leaves the first one alone', async ({ notifierOf }) => {
  const { app, env, profile } = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const words = Array.from({ length: 5000 }, (_, at) => `--word-${at}`)
  const refused = await runToEnd(['--profile', profile, ...words], env)
  expect(refused).toMatchObject({ status: 1, signal: null })
  expect(refused.stderr).toContain('The command line is too long.')
  expect(await runToEnd(['--profile', profile, '--hidden'], env)).toMatchObject({ status: 0 })
  expect(app?.process().signalCode).toBeNull()
})

test('a page whose process dies is opened anew, and the log says so', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  await (await notifier.open()).getByText('No forums yet').first().waitFor()
  await notifier.app?.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  const log = path.join(notifier.profile, 'log')
  await expect.poll(() => textsBelow(log).join('')).toContain('"type":"page"')
  await expect.poll(() => windowsOf(notifier).length).toBe(1)
  await expect
    .poll(
      () =>
        windowsOf(notifier)
          .at(-1)
          ?.getByText('No forums yet')
          .count()
          .catch(() => 0) ?? 0,
    )
    .toBeGreaterThan(0)
})

test.describe('with a keyring that has to be made', () => {
  needs('keychain')
  needs('panel')

  test('a question that is refused is told as refused, not as a missing keyring', async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const notifier = await notifierOf({ args: ['--hidden'] })
    const xdotool = (...words: readonly string[]) => promisify(execFile)('xdotool', words, { env: notifier.env })
    let isAnswered = false
    const adding = notifier.cli('add', forum.url, '--json').finally(() => {
      isAnswered = true
    })
    // The question comes a second time for the second secret.
    await expect
      .poll(async () => {
        await xdotool('search', '--class', 'gcr-prompter', 'windowfocus').catch(() => undefined)
        await xdotool('key', 'Escape')
        return isAnswered
      })
      .toBe(true)
    expect(JSON.parse((await adding).stdout)).toMatchObject({ error: { code: 'keychain_refused' } })
  })
})

test.describe('with a keyring', () => {
  needs('keychain')

  let keyring: Keyring | undefined
  test.afterEach(async () => {
    keyring?.thaw()
    await keyring?.stop()
    keyring = undefined
  })

  test('that does not answer, the window is there all the same, and quitting does not wait for it', async ({
    notifierOf,
  }) => {
    const notifier = await notifierOf({
      args: [],
      envOf: async (home) => {
        keyring = await startKeyring(home)
        keyring.freeze()
        return keyring.env
      },
    })
    const page = await notifier.open()
    await expect(page.getByRole('heading', { name: 'Discourse Notifier' })).toBeVisible()
    const child = notifier.app?.process()
    if (child === undefined) throw new Error('only on the desktop')
    await notifier.cli('quit')
    // If it waited for the keyring, it would not end as long as that is frozen.
    await whenEnded(child)
  })
})
