import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { removeHome } from '../rig/remove-home.ts'
import { whenEnded } from '../rig/when-ended.ts'
import { missingPart } from '../system-parts.mjs'
import { test } from './fixtures.ts'
import { type Notifier, runCli } from './notifier.ts'

// What status bars are given, by the built command line.

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))

const connect = async (notifier: Notifier, forum: Forum): Promise<void> => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  await notifier.cli('accept', payload)
}

test('a bar that watches gets a line for each change, across a restart, and stops when it stops reading', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  await connect(notifier, forum)
  const args = [cli, 'status', '--format', '{state} {unread}', '--watch', '--profile', notifier.profile]
  const watcher = spawn(process.execPath, args, { env: notifier.env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const complaints: string[] = []
  createInterface({ input: watcher.stdout }).on('line', (line) => lines.push(line))
  watcher.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  await expect.poll(() => lines.at(-1)).toBe('none 0')
  forum.notify({ user: 'eve', type: 'mentioned' })
  await expect.poll(() => lines.at(-1)).toBe('unread 1')
  await notifier.cli('pause')
  await expect.poll(() => lines.at(-1)).toBe('paused 1')
  await notifier.cli('quit')
  await expect.poll(() => lines.at(-1)).toBe('stopped ')

  const second = spawn(process.execPath, [cli, 'serve', '--profile', notifier.profile, '--no-open', '--no-keychain'], {
    env: notifier.env,
    stdio: 'ignore',
  })
  // The keys were kept in memory only, so the account has to be signed in again.
  await expect.poll(() => lines.at(-1)).toBe('attention 1')
  // A state may come back: a notifier that has just started says what it knew, until it has found no key.
  expect(lines.filter((line, at) => line === lines[at - 1])).toEqual([])

  watcher.stdout.destroy()
  second.kill()
  const [status] = await once(watcher, 'exit')
  expect([status, complaints.join('')]).toEqual([0, ''])
  await whenEnded(second)
})

test('a bar that asks is told that no notifier runs, by line and status', async () => {
  const profile = path.join(tmpdir(), 'notifier-that-never-was')
  const waybar = await runCli(['status', '--format', 'waybar', '--profile', profile])
  expect([waybar.status, waybar.stderr]).toEqual([3, ''])
  expect(JSON.parse(waybar.stdout)).toMatchObject({ text: '', class: 'stopped' })
  expect(await runCli(['status', '--format', 'plain', '--profile', profile])).toEqual({
    status: 3,
    stdout: '\n',
    stderr: '',
  })
  const mistaken = await runCli(['status', '--format', '{unred}', '--profile', profile])
  expect([mistaken.status, mistaken.stdout]).toEqual([2, ''])
  expect(mistaken.stderr).toContain('{unred}')
})

const missingTmux = missingPart('multiplexer')

test('tmux shows the number in its status line', async ({ atEnd, forumOf, notifierOf }) => {
  test.skip(missingTmux !== undefined, missingTmux)
  const forum = await forumOf({ users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  await connect(notifier, forum)
  forum.notify({ user: 'eve', type: 'mentioned' })
  await expect.poll(async () => (await notifier.cli('refresh')).stdout).toContain('1 notification')
  const folder = mkdtempSync(path.join(tmpdir(), 'tmux-'))
  // What tmux has started notices with its next line that nobody reads any more: when the notifier ends.
  atEnd(() => removeHome(folder))
  const [config, socket] = [path.join(folder, 'tmux.conf'), path.join(folder, 'socket')]
  const command = `${process.execPath} ${cli} status --format tmux --watch --profile ${notifier.profile}`
  writeFileSync(
    config,
    `set -g status-right '<#(${command})>'\nset -g status-right-length 20\nset -g status-interval 1\n`,
  )
  const line = `stty cols 80 rows 24; tmux -S '${socket}' -f '${config}' new-session`
  const terminal = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...notifier.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' },
  })
  const tmux = (...args: readonly string[]) => promisify(execFile)('tmux', ['-S', socket, ...args])
  const shown: string[] = []
  terminal.stdout.on('data', (chunk: Buffer) => shown.push(chunk.toString()))
  try {
    await expect.poll(() => shown.join('')).toContain('<1>')
    forum.notify({ user: 'eve', type: 'mentioned' })
    // Otherwise it draws only what differs.
    const redrawn = async () => {
      await tmux('refresh-client')
      return shown.join('')
    }
    await expect.poll(redrawn).toContain('<2>')
  } finally {
    await tmux('kill-server')
  }
})
