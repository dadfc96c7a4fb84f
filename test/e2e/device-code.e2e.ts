import { expect, type Page } from 'playwright/test'
import { needs, test } from './fixtures.ts'
import { accountItems, beginInPage } from './forum-visit.ts'

// Signing in by a short code on a forum that offers it, in real Chromium: no redirect, nothing to paste.

needs('browser')

/** Opens the forum's page, logs in there, and types the code that the notifier shows. */
const typeCode = async (page: Page, tab: Page): Promise<void> => {
  const code = (await page.getByRole('button', { name: /^Copy the code/ }).textContent()) ?? ''
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  await tab.getByLabel('User name').fill('eve')
  await tab.getByLabel('Password').fill('password')
  await tab.getByRole('button', { name: 'Log in' }).click()
  await tab.getByLabel('Code').fill(code.toLowerCase().replace('-', ''))
  await tab.getByRole('button', { name: 'Continue' }).click()
}

test('by device code: the notifier notices the approval by itself', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ profile: 'latest', path: '/forum' })
  forum.notify({ user: 'eve', type: 'mentioned' })
  const notifier = await notifierOf()
  const page = await notifier.open()
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await typeCode(page, tab)
  await expect(tab.getByText('Read and clear notifications')).toBeVisible()
  await tab.getByRole('button', { name: 'Authorize' }).click()
  await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  const account = accountItems(page)
  await expect(account.getByLabel('1 notification')).toBeVisible()
})

test('by device code: the notifier notices a refusal as well', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ profile: 'latest' })
  const notifier = await notifierOf()
  const page = await notifier.open()
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await typeCode(page, tab)
  await tab.getByRole('button', { name: 'Deny' }).click()
  await expect(page.getByText('The request was denied on the forum. Nothing was changed.')).toBeVisible()
  expect((await notifier.status()).accounts).toEqual([])
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(page.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()
})

test('by device code: when nobody approves in time, the page says so and begins anew', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ profile: 'latest' })
  const notifier = await notifierOf()
  const page = await notifier.open()
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await tab.close()
  forum.advanceClock(11 * 60_000)
  await expect(page.getByText('This sign-in has expired. Nothing was changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(page.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()
})

test('on the command line it tells the code and goes on by itself', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf({ profile: 'latest' })
  const notifier = await notifierOf()
  const shown = (await notifier.cli('add', forum.url)).stdout
  expect(shown).toMatch(/There, type this code: [A-Z2-9]{4}-[A-Z2-9]{4}/)
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'device', '--json')).stdout)
  await forum.approveDevice({
    verificationUrl: begun.authorizeUrl,
    userCode: begun.userCode,
    user: 'eve',
    decision: 'authorize',
  })
  await expect.poll(async () => (await notifier.status()).accounts).toMatchObject([{ username: 'eve', state: 'fresh' }])
})
