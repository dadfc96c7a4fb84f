import { readdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'
import { approveAndCopyCode, beginInPage, logInToAuthorize } from './forum-visit.ts'

// What goes wrong is said where the user is looking, and nothing stored is lost.

test.describe('in the page', () => {
  needs('browser')

  test('a wrong address is explained under the field, and the right one still works', async ({
    forumOf,
    notifierOf,
  }) => {
    const forum = await forumOf()
    const moved = await forumOf({ title: 'Moved' })
    moved.fault({ kind: 'redirect', to: forum.url.replace('127.0.0.1', 'localhost') })
    const notifier = await notifierOf()
    const page = await notifier.open()
    await page.getByRole('button', { name: 'Add a forum' }).first().click()
    const field = page.getByLabel('Address')
    for (const [address, sentence] of [
      ['not an address', 'This is not a web address.'],
      ['http://example.org', 'would be reached without encryption'],
      ['https://no-such-forum.invalid', 'There is no server named no-such-forum.invalid'],
      ['http://127.0.0.1:9', 'refuses connections'],
      [moved.url, 'This address leads to localhost'],
    ] as const) {
      await field.fill(address)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByRole('dialog')).toContainText(sentence)
    }
    await page.getByRole('button', { name: /^Use localhost/ }).click()
    await expect(page.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()
  })

  test('a cut code is explained at the field, and the whole one still works', async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const notifier = await notifierOf()
    const page = await notifier.open()
    const tab = await beginInPage(notifier, page, forum.url, 'Meta')
    await logInToAuthorize(tab)
    const code = await approveAndCopyCode(tab)
    await page.getByLabel('Code from the forum').fill(code.slice(0, 200))
    await page.getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByRole('dialog')).toContainText('Part of this code is missing')
    await page.getByLabel('Code from the forum').fill(code)
    await page.getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByText('Connected to Meta as eve.')).toBeVisible()
  })

  test('a revocation that the forum cannot do now is explained, and goes on by itself', async ({
    forumOf,
    notifierOf,
  }) => {
    const forum = await forumOf()
    const notifier = await notifierOf()
    const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    await notifier.cli('accept', payload)
    forum.setReadOnly(true)
    const page = await notifier.open()
    await page.getByRole('button', { name: 'Access' }).click()
    await page.getByRole('button', { name: /^Revoke access.*Meta/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Revoke access' }).click()
    await expect(dialog).toContainText('is in read-only mode')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByText(/Not revoked yet.*is in read-only mode/)).toBeVisible()
    expect((await notifier.status()).accounts.map(({ state }) => state)).toEqual(['revoking'])
    forum.setReadOnly(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('No forum has given this computer access.')).toBeVisible()
    expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
  })

  test('damaged settings are kept under another name, and the page says so', async ({ notifierOf }) => {
    const notifier = await notifierOf({
      args: ['--no-keychain'],
      prepare: (profile) => writeFileSync(path.join(profile, 'settings.json'), '{"accounts": ['),
    })
    const page = await notifier.open()
    await expect(page.getByText(/The settings file could not be read/)).toBeVisible()
    expect(readdirSync(notifier.profile).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText(/The settings file could not be read/)).toBeHidden()
  })

  test('without its token the page says what to open', async ({ page, shell, notifierOf }) => {
    test.skip(shell === 'desktop', 'the window needs no token')
    const notifier = await notifierOf()
    await page.goto(new URL('/', notifier.url).href)
    await expect(page.getByText(/This page is not logged in\. Run/)).toBeVisible()
  })

  test('when the notifier ends, the page says that its numbers may be old', async ({ shell, notifierOf }) => {
    test.skip(shell === 'desktop', 'the window ends with the notifier')
    const notifier = await notifierOf()
    const page = await notifier.open()
    await expect(page.getByText('No forums yet').first()).toBeVisible()
    await notifier.cli('quit')
    await expect(
      page.getByText(/is not running, or this page lost the connection\. What you see may be out of date/),
    ).toBeVisible()
  })
})
