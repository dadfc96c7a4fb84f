import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { withDisplay } from '../rig/with-display.ts'
import { needs, test } from './fixtures.ts'
import { type Keyring, startKeyring } from './keyring.ts'

// System sound own way of handing over a `discourse:` address: xdg-open, the .desktop file, the command line, the socket.

needs('handler')

test('xdg-open under a virtual display brings the answer to the running notifier', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf()
  const entry = path.join(notifier.home, 'data', 'applications', 'discourse-notifier-url.desktop')
  expect((await notifier.cli('register-handler')).stdout).toContain('discourse: links now reach the notifier')
  expect(existsSync(entry)).toBe(true)

  // With the handler in place, redirect is the way in that is taken without being asked for.
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
  const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect(redirect).toMatch(/^discourse:/)
  await promisify(execFile)('bash', ['-c', withDisplay, 'bash', 'xdg-open', redirect], { env: notifier.env })
  await expect.poll(async () => (await notifier.status()).accounts.map(({ username }) => username)).toEqual(['eve'])

  expect((await notifier.cli('unregister-handler')).status).toBe(0)
  expect(existsSync(entry)).toBe(false)
  const { stdout } = await promisify(execFile)('xdg-mime', ['query', 'default', 'x-scheme-handler/discourse'], {
    env: notifier.env,
  })
  expect(stdout.trim()).toBe('')
})

test('an answer that comes when the notifier is not running starts it, and finds the attempt that waited', async ({
  forumOf,
  notifierOf,
}) => {
  needs('keychain')
  const forum = await forumOf()
  let keyring: Keyring | undefined
  const notifier = await notifierOf({
    envOf: async (home) => {
      keyring = await startKeyring(home)
      return keyring.env
    },
  })
  await notifier.cli('register-handler')
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
  const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  await notifier.cli('quit')
  await expect.poll(async () => (await notifier.cli('status')).status).toBe(3)

  await promisify(execFile)('bash', ['-c', withDisplay, 'bash', 'xdg-open', redirect], { env: notifier.env })
  await expect.poll(async () => (await notifier.cli('status')).stdout).toContain('eve@')
  expect((await notifier.cli('quit')).status).toBe(0)
  await expect.poll(async () => (await notifier.cli('status')).status).toBe(3)
  await keyring?.stop()
})

test('registering keeps the program that had the links before, and gives them back', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  const run = promisify(execFile)
  const current = async (): Promise<string> =>
    (await run('xdg-mime', ['query', 'default', 'x-scheme-handler/discourse'], { env: notifier.env })).stdout.trim()
  // xdg-mime names only programs that exist.
  await run(
    'sh',
    [
      '-c',
      `mkdir -p "$XDG_DATA_HOME/applications" "$XDG_CONFIG_HOME" && printf '[Desktop Entry]\\nType=Application\\nName=Other\\nExec=true %%u\\n' > "$XDG_DATA_HOME/applications/other.desktop" && xdg-mime default other.desktop x-scheme-handler/discourse`,
    ],
    { env: notifier.env },
  )
  expect(await current()).toBe('other.desktop')
  await notifier.cli('register-handler')
  const again = await notifier.cli('register-handler', '--json')
  expect(JSON.parse(again.stdout)).toEqual({ registered: notifier.profile })
  expect(await current()).toBe('discourse-notifier-url.desktop')
  const undone = await notifier.cli('unregister-handler', '--json')
  expect(JSON.parse(undone.stdout)).toEqual({ unregistered: notifier.profile })
  expect(await current()).toBe('other.desktop')

  // What the user has chosen since then is the user's.
  await notifier.cli('register-handler')
  await run('sh', ['-c', 'cd "$XDG_DATA_HOME/applications" && cp other.desktop third.desktop'], { env: notifier.env })
  await run('xdg-mime', ['default', 'third.desktop', 'x-scheme-handler/discourse'], { env: notifier.env })
  await notifier.cli('unregister-handler')
  expect(await current()).toBe('third.desktop')
})
