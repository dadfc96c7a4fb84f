import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'
import { approveAndCatchRedirect, logInToAuthorize } from './forum-visit.ts'

// Opening a forum with its user logged in from the desktop app; one-time.e2e.ts has the headless one.

needs('handler')

const isRoot = process.getuid?.() === 0
/** Runs what follows as another user of the computer, where that can be done. */
const asAnother = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []

test('a forum opens logged in, by a token that is on no command line and that no other user gets', async ({
  context,
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ profile: 'latest' })
  const notifier = await notifierOf({ isDefaultProfile: true, args: ['--no-keychain'] })
  await notifier.receiveLinks()
  // The desktop's browser also notes what every user can read of all processes while it is being started.
  const seen = path.join(notifier.home, 'seen')
  const desktop = path.join(notifier.home, 'desktop')
  const everyLine = `${asAnother.join(' ')} cat /proc/[0-9]*/cmdline 2>&1 | tr '\\0' '\\n'`
  const browser = `#!/bin/sh\n${everyLine} >> '${seen}'\necho "$1" >> '${desktop}/opened'\n`
  writeFileSync(path.join(desktop, 'bin', 'xdg-open'), browser, { mode: 0o755 })
  const lastOpened = (): string => readFileSync(path.join(desktop, 'opened'), 'utf8').trim().split('\n').at(-1) ?? ''

  const page = await notifier.open()
  await page.getByRole('button', { name: 'Add a forum' }).first().click()
  await page.getByLabel('Address').fill(forum.url)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('checkbox', { name: /Create a one-time login token/ }).check()
  const tab = await notifier.follow(page, () => page.getByRole('link', { name: 'Open Meta to approve' }).click())
  await logInToAuthorize(tab)
  await notifier.cli('accept', await approveAndCatchRedirect(tab))
  await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()

  // With the token that came with the sign-in, then with one that the forum is asked for; in a browser where nobody is
  // logged in.
  await context.clearCookies()
  const visit = await notifier.follow(page, () => page.getByRole('link', { name: 'Open Meta logged in' }).click())
  const tokenIn = (address: string): string => /\/session\/otp\/([0-9a-f]{32})$/.exec(address)?.[1] ?? ''
  const first = tokenIn(visit.url())
  expect(first).not.toBe('')
  await visit.getByRole('button', { name: 'Log in' }).click()
  await expect(visit.getByText('eve').first()).toBeVisible()
  await page.getByRole('button', { name: 'Done', exact: true }).click()

  await page.getByRole('button', { name: 'Access' }).click()
  await page.getByRole('button', { name: 'Meta eve' }).click()
  const openAgain = () => page.getByRole('link', { name: 'Open logged in: Meta as eve' }).click()
  const confirming = await notifier.follow(page, openAgain)
  const answered = confirming.waitForResponse((response) => response.request().method() === 'POST')
  await confirming.getByRole('button').last().click()
  const redirect = (await answered).headers()['location'] ?? ''
  const asked = lastOpened()
  expect((await notifier.cli('accept', redirect)).stdout).toContain('to log in there as eve.')
  await expect.poll(lastOpened).not.toBe(asked)
  const address = lastOpened()
  if (isRoot) {
    const script = `fetch('${address}').then((r) => r.text()).then((text) => console.log('got', text))`
    const [program = '', ...words] = [...asAnother, process.execPath, '-e', script]
    expect((await promisify(execFile)(program, words)).stdout).toBe('got \n')
  }
  await context.clearCookies()
  await confirming.goto(address)
  const second = tokenIn(confirming.url())
  expect(second).not.toBe('')

  const told = existsSync(seen) ? readFileSync(seen, 'latin1') : ''
  expect(told).toContain(address)
  for (const token of [first, second]) expect(told).not.toContain(token)
})
