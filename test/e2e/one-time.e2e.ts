import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'
import { approveAndCatchRedirect, logInToAuthorize } from './forum-visit.ts'

// Opening a forum with its user logged in, in real Chromium: right after the sign-in, and later.

needs('browser')
needs('handler')

/** In place of the system's program, keeps what it was to open. */
const standIn = '#!/bin/sh\ncp "$1" "$HOME/to-open.html"\nprintf %s "$*" > "$HOME/opened-with"\n'

test('a forum opens logged in, by a token that the page never sees', async ({
  page,
  context,
  browser,
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ profile: 'latest' })
  const notifier = await notifierOf({
    args: ['--no-keychain'],
    envOf: async (home) => {
      const bin = path.join(home, 'bin')
      mkdirSync(bin)
      writeFileSync(path.join(bin, 'xdg-open'), standIn)
      chmodSync(path.join(bin, 'xdg-open'), 0o755)
      return { PATH: `${bin}:${process.env['PATH']}` }
    },
  })
  await notifier.cli('register-handler')
  const answers: Promise<string>[] = []
  page.on('response', (response) => answers.push(response.text().catch(() => '')))

  await page.goto(notifier.url)
  await page.getByRole('button', { name: 'Add a forum' }).first().click()
  await page.getByLabel('Address').fill(forum.url)
  await page.getByRole('button', { name: 'Continue' }).click()
  // A short code is the way on this forum, and cannot bring a token.
  await expect(page.getByRole('button', { name: /^Copy the code/ })).toBeVisible()
  await page.getByRole('checkbox', { name: /Create a one-time login token/ }).check()
  await expect(page.getByText(/Meta does not offer this with a short code/)).toBeVisible()
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open Meta to approve' }).click()
  const tab = await opened
  await logInToAuthorize(tab)
  await notifier.cli('accept', await approveAndCatchRedirect(tab))
  await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()

  // In another browser, where nobody is logged in.
  const stranger = await browser.newContext()
  const link = await page.getByRole('link', { name: 'Open Meta logged in' }).getAttribute('href')
  const visit = await stranger.newPage()
  await visit.goto(new URL(link ?? '', notifier.url).href)
  await visit.getByRole('button', { name: 'Log in' }).click()
  await expect(visit.getByText('eve').first()).toBeVisible()
  await page.getByRole('button', { name: 'Done', exact: true }).click()

  await page.getByRole('button', { name: 'Access' }).click()
  await page.getByRole('button', { name: 'Meta eve' }).click()
  const again = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open logged in: Meta as eve' }).click()
  const confirming = await again
  const answered = confirming.waitForResponse((response) => response.request().method() === 'POST')
  await confirming.getByRole('button').last().click()
  const redirect = (await answered).headers()['location'] ?? ''
  const accepted = await notifier.cli('accept', redirect)
  expect(accepted.stdout).toContain('Meta was opened in your browser, to log in there as eve.')
  await expect.poll(() => existsSync(path.join(notifier.home, 'opened-with'))).toBe(true)
  const target = /url=([^"]+)"/.exec(readFileSync(path.join(notifier.home, 'to-open.html'), 'utf8'))?.[1] ?? ''
  const token = /\/session\/otp\/([0-9a-f]{32})$/.exec(target)?.[1] ?? ''
  expect(target).toBe(`${forum.url}/session/otp/${token}`)
  // Neither on a command line nor in anything that the page was given or the program said.
  expect(readFileSync(path.join(notifier.home, 'opened-with'), 'utf8')).not.toContain(token)
  await page.close()
  for (const text of [notifier.said(), accepted.stdout, ...(await Promise.all(answers))]) {
    expect(text).not.toContain(token)
  }
  await stranger.close()
})
