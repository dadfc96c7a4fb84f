import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { needs, test } from './fixtures.ts'
import { logInToAuthorize } from './forum-visit.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import type { Notifier, NotifierOptions } from './notifier.ts'
import { missingPolicyBrowser, startPolicyBrowser } from './policy-browser.ts'

// Forums' answers on their whole way: from a browser with windows through xdg-open and the desktop file into the program.

needs('handler')
needs('keychain')
needs('panel')

const missing = missingPolicyBrowser()
test.skip(missing !== undefined, missing ?? '')

let keyring: Keyring | undefined
let browser: Browser | undefined
let server: Server | undefined
test.afterEach(async () => {
  server?.close()
  await browser?.close()
  await keyring?.stop()
  browser = undefined
  keyring = undefined
  server = undefined
})

const options: NotifierOptions = {
  isDefaultProfile: true,
  args: ['--hidden'],
  envOf: async (home) => {
    keyring = await startKeyring(home)
    return keyring.env
  },
}

/** For what is to start the program by itself; the test's own browser, which only notes, is not in it. */
const systemOf = (notifier: Notifier): NodeJS.ProcessEnv => ({
  ...notifier.env,
  PATH: process.env['PATH'],
  // What root needs stands on no command line of a desktop file.
  ...(process.getuid?.() === 0 ? { ELECTRON_DISABLE_SANDBOX: '1' } : {}),
})

const openBrowser = async (notifier: Notifier): Promise<Browser> => {
  browser = await startPolicyBrowser(systemOf(notifier), notifier.home)
  return browser
}

/** Begins signing in, and gives what presses the forum's button in the browser. */
const approvalOf = async (notifier: Notifier, windows: Browser, forum: Forum) => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'redirect', '--json')).stdout)
  const tab = await windows.newPage()
  await tab.goto(begun.authorizeUrl)
  await logInToAuthorize(tab)
  return () => tab.getByRole('button', { name: 'Authorize' }).click()
}

/** A start of the program, and what it then does, on a busy machine. */
const aStart = { timeout: 120_000 }

const states = async (notifier: Notifier) => (await notifier.status()).accounts.map(({ state }) => state)

const openLink = (notifier: Notifier, address: string) =>
  promisify(execFile)('xdg-open', [address], { env: systemOf(notifier) })

const quit = async (notifier: Notifier): Promise<void> => {
  await notifier.cli('quit')
  await expect.poll(async () => (await notifier.cli('status')).status).toBe(3)
}

test('an answer in the browser starts the program, which completes it in its window', async ({
  forumOf,
  notifierOf,
}) => {
  test.slow()
  const forum = await forumOf()
  const notifier = await notifierOf(options)
  await notifier.receiveLinks()
  const approve = await approvalOf(notifier, await openBrowser(notifier), forum)
  await quit(notifier)
  await approve()
  await expect.poll(() => states(notifier).catch(() => []), aStart).toEqual(['fresh'])
  const search = ['search', '--onlyvisible', '--sync', '--name', 'Discourse Notifier']
  expect((await promisify(execFile)('xdotool', search, { env: notifier.env })).stdout).not.toBe('')
  await quit(notifier)
})

for (const { when, isRunning, tag } of [
  { when: 'before it runs', isRunning: false, tag: [] },
  { when: 'while it runs', isRunning: true, tag: ['@on-demand'] },
]) {
  test(`three answers at once ${when} are all taken`, { tag }, async ({ forumOf, notifierOf }) => {
    test.slow()
    const notifier = await notifierOf(options)
    await notifier.receiveLinks()
    const answers: string[] = []
    for (const forum of [await forumOf(), await forumOf(), await forumOf()]) {
      const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'redirect', '--json')).stdout)
      const { redirect = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
      answers.push(redirect)
    }
    if (!isRunning) await quit(notifier)
    const opening = answers.map((answer) => openLink(notifier, answer))
    await expect.poll(() => states(notifier).catch(() => []), aStart).toEqual(['fresh', 'fresh', 'fresh'])
    await quit(notifier)
    await Promise.all(opening)
  })
}

/** Addresses that any page and any program may send. @param marker a file that none of them may make */
const hostile = (marker: string): readonly string[] => [
  `discourse://auth_redirect?payload=x" --quit "$(touch ${marker})\`touch ${marker}\`;touch ${marker}`,
  'discourse:--toggle',
  'discourse://auth_redirect',
  'discourse://auth_redirect?payload=',
  "discourse://auth_redirect?payload=x' --no-sandbox '",
  'discourse://auth_redirect?payload=%0a%00--remote-debugging-port=1',
  'discourse://evil.example/../../etc/passwd?payload=x#javascript:alert(1)',
  `discourse://auth_redirect?payload=${'A'.repeat(7_000)}`,
]

/** A page with a link to each address. */
const serveLinks = async (addresses: readonly string[]): Promise<string> => {
  const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const links = addresses.map((address, at) => `<p><a href="${quoted(address)}">link ${at}</a></p>`)
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(links.join(''))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

for (const { which, most, tag } of [
  { which: 'an address that means ill', most: 1, tag: [] },
  { which: 'all kinds of addresses that mean ill', most: 100, tag: ['@on-demand'] },
]) {
  test(`${which}, through xdg-open and from a page, changes nothing; the answer is taken`, { tag }, async ({
    forumOf,
    notifierOf,
  }) => {
    test.setTimeout(240_000)
    const forum = await forumOf()
    const notifier = await notifierOf(options)
    await notifier.receiveLinks()
    const windows = await openBrowser(notifier)
    const approve = await approvalOf(notifier, windows, forum)
    await notifier.app?.evaluate(({ app }) => {
      const seen: unknown[] = []
      Object.assign(globalThis, { seen })
      app.on('second-instance', () => seen.push(null))
    })
    const seen = async (): Promise<number> => (await notifier.app?.evaluate('seen.length')) ?? 0

    const marker = path.join(notifier.home, 'marker')
    const addresses = hostile(marker).slice(0, most)
    for (const address of addresses) await openLink(notifier, address)
    await expect.poll(seen).toBe(addresses.length)

    const page = await windows.newPage()
    await page.goto(await serveLinks(addresses))
    for (const [at] of addresses.entries()) {
      await page.getByRole('link', { name: `link ${at}` }).click()
      await expect.poll(seen).toBe(addresses.length + at + 1)
    }

    expect(existsSync(marker)).toBe(false)
    expect(await states(notifier)).toEqual([])
    expect(notifier.app?.windows()).toHaveLength(1)
    await approve()
    await expect.poll(() => states(notifier)).toEqual(['fresh'])
  })
}
