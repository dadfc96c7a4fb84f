import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { test } from './fixtures.ts'
import { inTerminal, styleStart } from './in-terminal.ts'

// The command line in a real pseudo-terminal, which `script` of util-linux makes, and in pipes.

test.skip(process.platform !== 'linux', 'the options of script are those of util-linux')

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))
test('tables fit the terminal, with colours where they are wanted', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ title: 'A forum with quite a long name', users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  await notifier.cli('accept', payload)
  forum.notify({ user: 'eve', type: 'mentioned' })
  await expect.poll(async () => (await notifier.cli('refresh')).stdout).toContain('1 notification')

  const wide = await inTerminal(notifier, 'status', { columns: 80 })
  expect(wide.join('\n')).toContain(styleStart)
  const plain = await inTerminal(notifier, 'status', { columns: 80, env: { NO_COLOR: '1' } })
  expect(plain.join('\n')).not.toContain(styleStart)
  expect(plain[0]).toBe('1 new on 1 forum')
  expect(plain[1]).toContain('eve@127.0.0.1')
  const narrow = await inTerminal(notifier, 'status --color never', { columns: 40 })
  expect(narrow[1]).toMatch(/^A forum w.*… {2}1 notification$/)
  for (const [lines, columns] of [
    [plain, 80],
    [narrow, 40],
  ] as const)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)

  // In a pipe nothing is cut, and nothing coloured unless asked for.
  const piped = await notifier.cli('status')
  expect(piped.stdout).toContain('A forum with quite a long name')
  expect(piped.stdout).not.toContain(styleStart)
  expect((await notifier.cli('status', '--color', 'always')).stdout).toContain(styleStart)
})

test('revoke asks at a terminal, and only “y” is yes', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ users: [{ username: 'eve' }] })
  const notifier = await notifierOf({ args: ['--no-keychain'] })
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  await notifier.cli('accept', payload)
  const answering = async (keys: string) => {
    const line = `'${process.execPath}' '${cli}' revoke eve --profile '${notifier.profile}'`
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      env: notifier.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const shown: string[] = []
    child.stdout.on('data', (chunk: Buffer) => shown.push(chunk.toString()))
    await expect.poll(() => shown.join('')).toContain('[y/N]')
    child.stdin.write(keys)
    const [status] = await once(child, 'close')
    return { status, shown: shown.join('') }
  }
  expect(await answering('no\n')).toMatchObject({ status: 1, shown: expect.stringContaining('Nothing was changed.') })
  // Ctrl-C, whose answer stands on a line of its own.
  expect(await answering('\u0003')).toMatchObject({
    status: 1,
    shown: expect.stringMatching(/\[y\/N\][^\n]*\n\s*Nothing was changed\./),
  })
  expect((await notifier.status()).accounts).toHaveLength(1)
  expect((await answering('y\n')).status).toBe(0)
  expect((await notifier.status()).accounts).toHaveLength(0)
})

test('a reader that has seen enough, as head has, ends a command quietly', async () => {
  const child = spawn(process.execPath, [cli, 'man'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const complaints: string[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  const [status] = await once(child, 'close')
  expect([status, complaints.join('')]).toEqual([0, ''])
})
