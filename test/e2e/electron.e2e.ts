import * as path from 'node:path'
import { expect } from 'playwright/test'
import { test } from './fixtures.ts'

// The window of the desktop shell: our own scheme, and a page that is no more than a page.

test.describe('the desktop shell', () => {
  test('opens with the welcome, begins to add a forum, and quits', async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const notifier = await notifierOf()
    const page = await notifier.open()
    expect(page.url()).toBe('app://notifier/index.html')
    await expect(page.getByRole('heading', { name: 'Discourse Notifier' })).toBeVisible()
    await expect(page.getByText('No forums yet').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'All your forums in one place' })).toBeVisible()
    // Its picture comes through our own scheme, under our own policy.
    await expect
      .poll(() => page.evaluate('[...document.images].map((image) => image.naturalWidth > 0)'))
      .toEqual([true])

    // The page is no more than a page: no Node, and of ours only the bridge.
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(window.notifier).sort()]')).toEqual([
      'undefined',
      'undefined',
      ['execute', 'onUpdate'],
    ])

    await page.getByRole('button', { name: 'Add a forum' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill('not an address')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog).toContainText('This is not a web address.')
    await dialog.getByLabel('Address').fill(forum.url)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()

    expect(await notifier.stop()).toBe(0)
  })

  test('starts with an empty HOME as with none', async ({ notifierOf }) => {
    const envOf = async (home: string) => ({ HOME: '', XDG_CACHE_HOME: path.join(home, 'cache') })
    const notifier = await notifierOf({ args: ['--no-keychain'], envOf })
    await expect((await notifier.open()).getByText('No forums yet').first()).toBeVisible()
    expect(await notifier.stop()).toBe(0)
  })
})
