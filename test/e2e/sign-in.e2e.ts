import { expect, type Page } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { needs, test } from './fixtures.ts'
import {
  accountItems,
  approveAndCatchRedirect,
  approveAndCopyCode,
  beginInPage,
  logInToAuthorize,
} from './forum-visit.ts'
import type { Notifier } from './notifier.ts'
import { untilKeyRefused } from './until-key-refused.ts'

// Each way in on each version of Discourse that has it, and what happens around signing in. In real Chromium.

needs('browser')

const pasteCode = async (notifier: Notifier, page: Page, tab: Page): Promise<void> => {
  const copied = await approveAndCopyCode(tab)
  expect(copied.trim().split(' ')).toHaveLength(6)
  await notifier.shareClipboard(copied)
  await page.bringToFront()
  await page.getByLabel('Code from the forum').focus()
  // A whole code that is pasted needs no button.
  await page.keyboard.press('ControlOrMeta+v')
}

/** Changes to pasting where the forum offers something better first. */
const changeToPaste = async (notifier: Notifier, page: Page, first: Page): Promise<Page> => {
  await first.close()
  await page.getByRole('button', { name: 'Paste a code from the forum instead' }).click()
  return await notifier.follow(page, () => page.getByRole('link', { name: 'Open the approval page' }).click())
}

const connectByPaste = async (notifier: Notifier, page: Page, forum: Forum, username = 'eve'): Promise<void> => {
  let tab = await beginInPage(notifier, page, forum.url, 'Meta')
  if (!tab.url().includes('/login')) await tab.waitForLoadState()
  const code = page.getByRole('button', { name: /^Copy the code/ })
  await code.or(page.getByLabel('Code from the forum')).first().waitFor()
  const isByCode = (await code.count()) > 0
  if (isByCode) tab = await changeToPaste(notifier, page, tab)
  await logInToAuthorize(tab, username)
  await pasteCode(notifier, page, tab)
  await expect(page.getByText(`Connected to Meta as ${username}.`)).toBeVisible()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await tab.close()
}

for (const profile of ['2.9', '3.4', 'latest'] as const) {
  test(`by paste on ${profile}`, async ({ forumOf, notifierOf }) => {
    const forum = await forumOf({ profile })
    const notifier = await notifierOf()
    const page = await notifier.open()
    await connectByPaste(notifier, page, forum)
    await expect(accountItems(page)).toContainText('Meta')
  })

  test(`by redirect on ${profile}`, async ({ context, forumOf, notifierOf }) => {
    const forum = await forumOf({ profile })
    const notifier = await notifierOf()
    const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'redirect', '--json')).stdout)
    const tab = await context.newPage()
    await tab.goto(begun.authorizeUrl)
    await logInToAuthorize(tab)
    const accepted = await notifier.cli('accept', await approveAndCatchRedirect(tab))
    expect(accepted.stdout).toContain('Connected to Meta as eve.')
  })
}

test('the address of a topic, copied in the browser, is offered and leads to its forum', async ({
  context,
  shell,
  forumOf,
  notifierOf,
}) => {
  test.skip(shell === 'desktop', 'the desktop shell reads the clipboard itself, without a browser that asks')
  const forum = await forumOf()
  const notifier = await notifierOf()
  const page = await notifier.open()
  await page.getByRole('button', { name: 'Add a forum' }).click()
  await expect(page.getByRole('button', { name: 'Paste' })).toBeVisible()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(notifier.url).origin })
  const copied = JSON.stringify(`Look: ${forum.url}/t/release-notes/7/2`)
  await page.evaluate(`navigator.clipboard.writeText(${copied})`)
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Add a forum' }).click()
  await page.getByRole('button', { name: `Use ${forum.url}` }).click()
  await expect(page.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()
})

test('cancelled here, an approval on the forum comes to nothing', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf()
  const page = await notifier.open()
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await logInToAuthorize(tab)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const code = await approveAndCopyCode(tab)
  const refused = await notifier.cli('accept', code.replace(/\s/g, ''), '--json')
  expect(JSON.parse(refused.stdout).error.code).toBe('nothing_waiting')
  expect((await notifier.status()).accounts).toEqual([])
})

test('a dialog that was closed while waiting is found again after a reload', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf()
  const page = await notifier.open()
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await page.keyboard.press('Escape')
  await page.reload()
  await page.getByRole('button', { name: 'Continue signing in to Meta' }).click()
  await logInToAuthorize(tab)
  await pasteCode(notifier, page, tab)
  await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
})

test('two members of one forum stand side by side, each with their own numbers', async ({
  context,
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf({ profile: '2.9', users: [{ username: 'eve' }, { username: 'bob' }] })
  forum.notify({ user: 'bob', type: 'mentioned' })
  const notifier = await notifierOf()
  const page = await notifier.open()
  await connectByPaste(notifier, page, forum, 'eve')
  // The browser is still signed in to the forum as eve.
  await context.clearCookies()
  await connectByPaste(notifier, page, forum, 'bob')
  await expect(accountItems(page)).toHaveCount(2)
  await expect(accountItems(page).filter({ hasText: 'bob' }).getByLabel('1 notification')).toBeVisible()
  await expect(accountItems(page).filter({ hasText: 'eve' }).getByRole('img')).toHaveCount(0)
})

const signInAgain = async (page: Page, notifier: Notifier, forum: Forum): Promise<void> => {
  forum.revokeKeys('eve')
  await untilKeyRefused(notifier, forum)
  await page.getByRole('button', { name: /^Sign in to Meta/ }).click()
  const tab = await notifier.follow(page, () => page.getByRole('link', { name: 'Open Meta to approve' }).click())
  await tab.getByRole('button', { name: 'Authorize' }).waitFor()
  await pasteCode(notifier, page, tab)
}

test('revoked on the forum, the same account is signed in again', async ({ forumOf, notifierOf }) => {
  test.slow()
  const forum = await forumOf()
  const notifier = await notifierOf()
  const page = await notifier.open()
  await connectByPaste(notifier, page, forum)
  const [before] = (await notifier.status()).accounts
  await signInAgain(page, notifier, forum)
  await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
  await expect.poll(async () => (await notifier.status()).accounts).toMatchObject([{ id: before?.id, state: 'fresh' }])
  expect(forum.keys('eve').filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1)
})
