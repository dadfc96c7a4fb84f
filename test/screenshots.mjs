// `npm run screenshots`: takes the pictures in docs/ from the running demo, in real Chromium, as a visitor sees it, and those of
// the desktop app on a real desktop.
import { spawn, spawnSync } from 'node:child_process'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import { readOptions } from '../build/read-options.mjs'
import { chromiumPath } from './system-parts.mjs'

readOptions(
  `Usage: npm run screenshots

Takes the pictures in docs/: from the demo, in the Chromium that is installed, and from the desktop app
on a virtual desktop, where the tests' Electron is there.`,
  {},
)

const root = path.join(import.meta.dirname, '..')
const demo = spawn(process.execPath, [path.join(root, 'dist', 'dev', 'demo.js'), '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
/** @type {string[]} */
const forums = []
/** @type {string} */
const url = await new Promise((resolve) => {
  createInterface({ input: demo.stdout }).on('line', (line) => {
    forums.push(...(/^ {2}.+ (http:\S+)$/.exec(line)?.slice(1) ?? []))
    const url = /^Open this: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) resolve(url)
  })
})

const executablePath = chromiumPath()
const browser = await chromium.launch({
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  ...(executablePath === undefined ? {} : { executablePath }),
})
const context = await browser.newContext({ viewport: { width: 360, height: 520 }, deviceScaleFactor: 2 })
const page = await context.newPage()

/** @param {string} name */
const picture = async (name) => {
  // No row looks as if it were pointed at.
  await page.mouse.move(2, 2)
  await page.screenshot({ path: path.join(root, 'docs', `${name}.png`), animations: 'disabled', caret: 'hide' })
}

/**
 * The tab that is opened by what is done.
 * @param {() => Promise<void>} act
 */
const opening = async (act) => {
  const opened = context.waitForEvent('page')
  await act()
  return opened
}

/**
 * Adds one of the demo's forums the way a visitor does.
 * @param {string} address
 */
const add = async (address) => {
  await page.getByRole('button', { name: 'Add a forum' }).click()
  await page.getByLabel('Address').fill(address)
  await page.getByRole('button', { name: 'Continue' }).click()
  const approve = page.getByRole('link', { name: /to approve$/ })
  await approve.waitFor()
  let tab = await opening(() => approve.click())
  // A forum that is new enough starts with a short code.
  const paste = page.getByRole('button', { name: 'Paste a code from the forum instead' })
  await page.getByLabel('Code from the forum').or(paste).first().waitFor()
  if (await paste.isVisible()) {
    await tab.close()
    await paste.click()
    tab = await opening(() => page.getByRole('link', { name: 'Open the approval page' }).click())
  }
  await tab.getByLabel('User name').fill('eve')
  await tab.getByLabel('Password').fill('password')
  await tab.getByRole('button', { name: 'Log in' }).click()
  await tab.getByRole('button', { name: 'Authorize' }).click()
  await page.getByLabel('Code from the forum').fill((await tab.locator('code').textContent()) ?? '')
  await tab.close()
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
}

try {
  await page.goto(url)
  await page.getByRole('list', { name: 'Accounts' }).waitFor()
  await add(forums[2] ?? '')
  await add(forums[1] ?? '')
  // A demo keeps its keys in memory, and says so once; the browser is asked about notifications once.
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Not now' }).click()
  // Something happens every few seconds: until each of the three forums has news.
  await page
    .getByText(/^\d+ new on 3 forums$/)
    .first()
    .waitFor({ timeout: 120_000 })
  await picture('overview')
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await page.getByRole('list', { name: 'Notifications' }).waitFor()
  await picture('inbox')
  await page.getByRole('button', { name: 'Back to the overview' }).click()
  await page.getByRole('button', { name: 'Access' }).click()
  await page
    .getByRole('button', { name: /^Revoke access/ })
    .first()
    .waitFor()
  await picture('access')
} finally {
  await browser.close()
  demo.kill('SIGINT')
}

// The desktop app needs a display, a panel and more, which the end-to-end tests have.
const words = [path.join(root, 'node_modules', 'playwright', 'cli.js'), 'test', 'electron-screenshots']
const { status } = spawnSync(process.execPath, words, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SCREENSHOTS: '1' },
})
process.exitCode = status ?? 1
