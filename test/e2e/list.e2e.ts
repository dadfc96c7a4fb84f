import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { connect } from './connect.ts'
import { test } from './fixtures.ts'
import { inTerminal, styleStart } from './in-terminal.ts'
import { readIfThere } from './notifier.ts'

// Reading notifications by the built command line, in pipes and in a pseudo-terminal.

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))
const minute = 60_000

/** Stands in for the browser: keeps the page that it was to show. */
const standIn = (home: string): string => {
  const bin = path.join(home, 'bin')
  mkdirSync(bin)
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\ncat "$1" >> '${home}/opened'\n`, { mode: 0o755 })
  return bin
}

test('list, open, read and mute: by number, by id, by words, by kind, for people and programs', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ title: 'Garden Talk', users: [{ username: 'eve' }] })
  const notifier = await notifierOf({
    args: ['--no-keychain'],
    envOf: async (home) => ({ PATH: `${standIn(home)}:${process.env['PATH']}` }),
  })
  const now = Date.now()
  forum.notify({ user: 'eve', type: 'liked', topicTitle: 'Compost', from: 'mika', createdAt: now - 9 * minute })
  forum.notify({ user: 'eve', type: 'private_message', topicTitle: 'Café', from: 'bob', createdAt: now - 5 * minute })
  forum.notify({ user: 'eve', type: 'mentioned', topicTitle: 'Roses', from: 'mika', createdAt: now - 3 * minute })
  await connect(notifier, forum, 'eve')
  const list = async (...args: readonly string[]) => JSON.parse((await notifier.cli('list', ...args, '--json')).stdout)
  await expect.poll(async () => (await list()).length).toBe(3)

  const [first, , third] = await list()
  expect(first).toMatchObject({ number: 1, kind: 'mentioned', group: 'mentions', read: false, title: 'Garden Talk' })
  expect(first.text).toContain('mika mentioned you')
  expect(third).toMatchObject({ number: 3, kind: 'liked' })
  const lines = (await notifier.cli('list')).stdout.split('\n')
  expect(lines[0]).toMatch(/^1 {2}● {2}mika mentioned you in “Roses” +Garden Talk {2}\d+ min\. ago$/)
  const ndjson = (await notifier.cli('list', '--ndjson', '--limit', '2')).stdout.trim().split('\n')
  expect(ndjson.map((line) => JSON.parse(line).kind)).toEqual(['mentioned', 'private_message'])
  expect((await list('--kind', 'messages')).map(({ kind }: { kind: string }) => kind)).toEqual(['private_message'])
  expect((await list('CAFE', 'bob'))[0]).toMatchObject({ number: 1, kind: 'private_message' })
  expect(await list('nothing', 'like', 'it')).toEqual([])
  expect((await list('--forum', 'garden')).length).toBe(3)
  expect((await notifier.cli('list', '--forum', 'kitchen')).status).toBe(1)
  expect((await notifier.cli('list', '--limit', '0')).status).toBe(2)

  // A number is that of the last list, whatever has come since.
  expect((await list('compost')).length).toBe(1)
  expect(await notifier.cli('read', '1')).toEqual({ status: 0, stdout: 'Marked as read: 1.\n', stderr: '' })
  const unread = async () => (await list('--unread')).map(({ kind }: { kind: string }) => kind)
  expect(await unread()).toEqual(['mentioned', 'private_message'])
  const unknown = await notifier.cli('read', '7')
  expect([unknown.status, unknown.stdout]).toEqual([1, ''])
  expect(unknown.stderr).toContain('“7”')

  expect(await notifier.cli('open', first.id)).toEqual({ status: 0, stdout: '', stderr: '' })
  await expect.poll(() => readIfThere(path.join(notifier.home, 'opened'))).toContain(first.url)

  expect((await notifier.cli('mute', first.id)).stdout).toContain('“Roses” on Garden Talk is muted')
  expect((await notifier.cli('mute', first.id, '--undo')).stdout).toContain('is no longer muted')

  expect(await notifier.cli('snooze', first.id, 'tomorrow')).toMatchObject({ status: 0, stderr: '' })
  expect(await unread()).toEqual(['private_message'])
  const [snoozed] = await list('--snoozed')
  expect(snoozed).toMatchObject({ number: 1, kind: 'mentioned' })
  expect(Date.parse(snoozed.snoozedUntil)).toBeGreaterThan(Date.now())
  expect((await notifier.cli('snooze', '1', '--undo')).stdout).toMatch(/^Back in the list: mika mentioned you/)
  expect(await unread()).toEqual(['mentioned', 'private_message'])
  // As does bringing back one that is there.
  expect(await notifier.cli('snooze', first.id, '--undo')).toMatchObject({
    ...{ status: 0, stderr: '' },
    stdout: expect.stringMatching(/^Back in the list: /),
  })

  expect((await notifier.cli('read')).status).toBe(2)
  expect((await notifier.cli('read', '1', '--all')).status).toBe(2)
  expect((await notifier.cli('read', '--forum', 'eve')).stdout).toContain('Everything on Garden Talk as eve')
  await expect.poll(unread).toEqual([])
})

test('list fits the terminal, with colours where they are wanted, and obeys nothing that a forum wrote', async ({
  forumOf,
  notifierOf,
}) => {
  test.skip(process.platform !== 'linux', 'the options of script are those of util-linux')
  const forum = await forumOf({ title: 'A forum with quite a long name', users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const hostile = 'Buy\u001b[31m \u202enow\u202c\u0007 and tell everybody you know about it'
  forum.notify({ user: 'eve', type: 'mentioned', topicTitle: hostile, from: 'mika', createdAt: Date.now() - 90_000 })
  forum.notify({ user: 'eve', type: 'replied', topicTitle: 'バラの育て方について話しましょう', from: 'mika' })
  await connect(notifier, forum, 'eve')
  await expect.poll(async () => (await notifier.cli('list')).stdout.split('\n').length).toBe(3)

  for (const columns of [80, 40]) {
    const coloured = await inTerminal(notifier, 'list', { columns })
    expect(coloured.join('\n')).toContain(styleStart)
    const plain = await inTerminal(notifier, 'list', { columns, env: { NO_COLOR: '1' } })
    expect(plain).toHaveLength(2)
    for (const obeyed of ['\u0007', '\u001b', '\u202e']) expect(plain.join('\n')).not.toContain(obeyed)
    // A letter of Japanese takes two columns.
    const width = (line: string): number =>
      [...line].reduce((sum, one) => sum + (/\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}/u.test(one) ? 2 : 1), 0)
    for (const line of plain) expect(width(line)).toBeLessThanOrEqual(columns)
  }
  expect((await inTerminal(notifier, 'list nowhere', { columns: 80 })).join('\n')).toContain('Nothing found')
  expect((await inTerminal(notifier, 'list --limit 1 --color never', { columns: 80 })).at(-1)).toBe(
    '1 of 2 notifications. --limit shows more.',
  )
})

test('watch prints alerts as they come, and gives them to a command on its standard input, never as an argument', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain', '--no-notifications'] })
  await connect(notifier, forum, 'eve')
  const kept = path.join(notifier.home, 'alerts.ndjson')
  const args = ['watch', '--exec', `cat >> '${kept}'`, '--profile', notifier.profile]
  const watcher = spawn(process.execPath, [cli, ...args], { env: notifier.env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  createInterface({ input: watcher.stdout }).on('line', (line) => lines.push(line))
  const complaints: string[] = []
  watcher.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  const test = async () => {
    await notifier.cli('test-notification')
    return lines.length
  }
  // Once it listens.
  await expect.poll(test).toBeGreaterThan(0)
  const topicTitle = "It's $(touch /tmp/owned); `id`"
  forum.notify({ user: 'eve', type: 'mentioned', topicTitle, from: 'mika' })
  await expect.poll(() => lines.at(-1)).toContain(`Meta: mika mentioned you in “${topicTitle}”`)
  const told = () =>
    readIfThere(kept)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  await expect.poll(() => told().at(-1)?.body).toContain(topicTitle)
  expect(told().at(-1)).toMatchObject({
    account: `eve@${new URL(forum.url).host}`,
    site: forum.url,
    title: 'Meta',
    id: expect.stringMatching(/^[^/]+\/\d+$/),
    url: expect.stringContaining(forum.url),
    at: expect.stringMatching(/^\d{4}-/),
  })
  await expect.poll(() => told().length).toBe(lines.length)

  await notifier.cli('quit')
  await expect.poll(() => complaints.join('')).toContain('not running')
  watcher.kill()
  await once(watcher, 'exit')
})
