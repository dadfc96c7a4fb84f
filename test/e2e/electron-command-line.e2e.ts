import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { desktopProgram } from './desktop-program.ts'
import { test } from './fixtures.ts'
import { runCli } from './notifier.ts'

// The command line of the desktop program: the same name, the same commands. On a real Electron, without a display.

let home = ''
test.beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-commands-'))
})
test.afterEach(() => removeHome(home))

const environment = (): NodeJS.ProcessEnv => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, DBUS_SESSION_BUS_ADDRESS: _bus, ...rest } = process.env
  return { ...rest, HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: path.join(home, 'config'), LC_ALL: 'C.UTF-8' }
}

const start = (args: readonly string[], env: NodeJS.ProcessEnv) => {
  const { program, args: first } = desktopProgram()
  return spawn(program, [...first, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs the desktop program to its end. What Chromium itself complains of, with a time in brackets in front, is left out. */
const run = async (args: readonly string[], env = environment()) => {
  const child = start(args, env)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [stdout, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status, stdout, stderr: complaints.replaceAll(/^\[\d+:.*\n/gm, '') }
}

test('it answers as the headless one does, with the same statuses', async () => {
  const profile = ['--profile', path.join(home, 'nobody')]
  for (const args of [
    ['help'],
    ['list', '--help'],
    ['status', ...profile],
    [...profile, '--json', 'accounts'],
    ['statsu'],
  ])
    expect(await run(args)).toEqual(await runCli(args, environment()))
})

test('it asks the desktop app that runs', async ({ notifierOf }) => {
  const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const status = await run(['status', '--profile', notifier.profile], { ...notifier.env, DISPLAY: '' })
  expect(status).toEqual({ status: 0, stdout: 'No forums yet\n', stderr: '' })
})

test('it runs the notifier without a display, until it is told to end', async () => {
  const profile = path.join(home, 'profile')
  const child = start(['serve', '--no-open', '--no-keychain', '--profile', profile], environment())
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const lines = createInterface({ input: child.stdout })
  const [ready = ''] = await new Promise<string[]>((resolve) => lines.once('line', (line) => resolve([line])))
  expect(ready).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+/)
  const page = await fetch(ready.slice('ready '.length))
  expect(await page.text()).toContain('<title>Discourse Notifier</title>')
  expect((await run(['quit', '--profile', profile])).status).toBe(0)
  expect(await ended).toBe(0)
})
