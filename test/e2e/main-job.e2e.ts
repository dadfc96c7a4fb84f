import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'
import {
  accountItems,
  approveAndCatchRedirect,
  approveAndCopyCode,
  beginInPage,
  logInToAuthorize,
} from './forum-visit.ts'

// The whole main job, in real Chromium against simulated forums: add, see the counts, see them change, revoke.

needs('browser')

test.describe('a newcomer whose system hands discourse: links over', () => {
  needs('handler')

  test('adds a forum by redirect, sees counts rise without a reload, and revokes the access', async ({
    shell,
    forumOf,
    notifierOf,
  }) => {
    const forum = await forumOf({ profile: '3.4' })
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
    const notifier = await notifierOf({ args: ['--no-keychain'], isDefaultProfile: true })
    await notifier.receiveLinks()
    const page = await notifier.open()
    await expect(page).toHaveURL(shell === 'desktop' ? notifier.url : /^http:\/\/127\.0\.0\.1:\d+\/$/)
    await expect(page.getByText('No forums yet').first()).toBeVisible()

    const tab = await beginInPage(notifier, page, forum.url, 'Meta')
    await expect(page.getByText('Waiting for your approval in the browser')).toBeVisible()
    await logInToAuthorize(tab)
    await expect(tab.getByText('Read and clear notifications')).toBeVisible()
    const redirect = await approveAndCatchRedirect(tab)
    expect(redirect).toMatch(/^discourse:\/\/auth_redirect\?payload=/)
    expect((await notifier.cli('accept', redirect)).status).toBe(0)

    await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    const account = accountItems(page)
    await expect(account.getByLabel('1 notification')).toHaveText('1')
    forum.notify({ user: 'eve', type: 'private_message', from: 'mika', topicTitle: 'Hello' })
    await expect(account.getByLabel('1 personal message')).toHaveText('1')
    await expect(page).toHaveTitle(/^\(2\) /)

    await page.getByRole('button', { name: 'Access' }).click()
    await page.getByRole('button', { name: 'Meta eve' }).click()
    await expect(page.getByText('Read and clear notifications')).toBeVisible()
    await page.getByRole('button', { name: /^Revoke access.*Meta/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Revoke access to Meta?' })
    await dialog.getByRole('button', { name: 'Revoke access' }).click()
    await expect(page.getByText('No forum has given this computer access.')).toBeVisible()
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
    expect((await notifier.status()).accounts).toEqual([])
  })

  test('changes from the redirect to the code while waiting', async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const notifier = await notifierOf({ args: ['--no-keychain'], isDefaultProfile: true })
    await notifier.receiveLinks()
    const page = await notifier.open()
    const first = await beginInPage(notifier, page, forum.url, 'Meta')
    await first.close()
    await page.getByRole('button', { name: 'Paste a code from the forum instead' }).click()
    const tab = await notifier.follow(page, () => page.getByRole('link', { name: 'Open the approval page' }).click())
    await logInToAuthorize(tab)
    await page.getByLabel('Code from the forum').fill(await approveAndCopyCode(tab))
    await page.getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
  })
})

test.describe('a newcomer on a system that does not', () => {
  test('adds an old forum in a folder by pasting its code', async ({ shell, forumOf, notifierOf }) => {
    const forum = await forumOf({ profile: '2.9', path: '/forum', title: 'Old Bicycles' })
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
    const notifier = await notifierOf()
    const page = await notifier.open()
    const tab = await beginInPage(notifier, page, `${forum.url}/`, 'Old Bicycles')
    await logInToAuthorize(tab)
    const code = await approveAndCopyCode(tab)
    await page.getByLabel('Code from the forum').fill(code)
    await page.getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByText('Connected to Old Bicycles as eve.')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    const account = accountItems(page)
    await expect(account.getByLabel('1 notification')).toHaveText('1')
    forum.notify({ user: 'eve', type: 'replied', from: 'mika' })
    // It asks this forum, which has no live channel, every five seconds for this test; the desktop shell once a minute.
    if (shell === 'desktop') await notifier.cli('refresh')
    await expect(account.getByLabel('2 notifications')).toHaveText('2')

    const [{ id } = { id: '' }] = (await notifier.status()).accounts
    expect((await notifier.cli('revoke', id)).status).toBe(0)
    await expect(page.getByText('No forums yet').first()).toBeVisible()
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
  })
})
