import { expect, type Locator, type Page } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// The whole main job without a mouse: nothing here clicks, and nothing is given the focus but by the Tab key.

needs('browser')

/** Presses Tab until something has the focus. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${target}`)
}

const press = async (page: Page, target: Locator, key = 'Enter'): Promise<void> => {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

test('a forum is added, read, marked as read and revoked with the keyboard alone', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  const notifier = await notifierOf()
  const page = await notifier.open()
  await press(page, page.getByRole('button', { name: 'Add a forum' }))
  await expect(page.getByLabel('Address')).toBeFocused()
  await page.keyboard.type(forum.url)
  await page.keyboard.press('Enter')
  const tab = await notifier.follow(page, () => press(page, page.getByRole('link', { name: 'Open Meta to approve' })))
  await tabTo(tab, tab.getByLabel('User name'))
  await tab.keyboard.type('eve')
  await tabTo(tab, tab.getByLabel('Password'))
  await tab.keyboard.type('password')
  await tab.keyboard.press('Enter')
  await press(tab, tab.getByRole('button', { name: 'Authorize' }))
  const code = (await tab.locator('code').textContent()) ?? ''
  await tab.close()
  await tabTo(page, page.getByLabel('Code from the forum'))
  await page.keyboard.insertText(code)
  await press(page, page.getByRole('button', { name: 'Connect' }))
  await press(page, page.getByRole('button', { name: 'Done', exact: true }))

  await press(page, page.getByRole('button', { name: 'All', exact: true }))
  const item = page.getByRole('link', { name: /mika mentioned you/ })
  await expect(item).toBeVisible()
  await page.keyboard.press('j')
  await expect(item).toBeFocused()
  await (await notifier.follow(page, () => page.keyboard.press('Enter'))).close()
  await page.keyboard.press('m')
  await expect(page.getByRole('button', { name: /^Mark as read/ })).toHaveCount(0)
  await expect.poll(async () => (await notifier.status()).accounts[0]?.counts?.total).toBe(0)

  // A key that follows has two seconds, and a busy machine may need longer for both.
  await page.clock.setFixedTime(Date.now())
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await press(page, page.getByRole('button', { name: 'Access' }))
  await press(page, page.getByRole('button', { name: /^Revoke access.*Meta/ }))
  const dialog = page.getByRole('dialog', { name: 'Revoke access to Meta?' })
  await press(page, dialog.getByRole('button', { name: 'Revoke access' }))
  await expect(page.getByText('No forum has given this computer access.')).toBeVisible()
  expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
})
