import type { Locator, Page } from 'playwright/test'
import type { Notifier } from './notifier.ts'

/** What a person does on a forum's pages: logs in when asked to, and stops before the button that approves. */
export const logInToAuthorize = async (tab: Page, username = 'eve', password = 'password'): Promise<void> => {
  await tab.getByLabel('User name').fill(username)
  await tab.getByLabel('Password').fill(password)
  await tab.getByRole('button', { name: 'Log in' }).click()
  await tab.getByRole('button', { name: 'Authorize' }).waitFor()
}

/** Approves on a forum that redirects, and gives the `discourse:` address that the browser was sent to. */
export const approveAndCatchRedirect = async (tab: Page): Promise<string> => {
  const answered = tab.waitForResponse(
    (response) => response.url().endsWith('/user-api-key') && response.request().method() === 'POST',
  )
  await tab.getByRole('button', { name: 'Authorize' }).click()
  return (await answered).headers()['location'] ?? ''
}

/**
 * Approves on a forum that shows the code to copy, and copies it as a person does: by marking it with three clicks. What
 * the clipboard holds then has white space where the lines wrap (protocol.md 1.3).
 */
export const approveAndCopyCode = async (tab: Page): Promise<string> => {
  await tab.getByRole('button', { name: 'Authorize' }).click()
  await tab.locator('code').click({ clickCount: 3 })
  await tab.keyboard.press('ControlOrMeta+c')
  await tab.context().grantPermissions(['clipboard-read'], { origin: new URL(tab.url()).origin })
  return await tab.evaluate<string>('navigator.clipboard.readText()')
}

/** Opens the notifier's page, goes through the address, and opens the forum's page in a second tab. */
export const beginInPage = async (
  notifier: Pick<Notifier, 'follow'>,
  page: Page,
  address: string,
  title: string,
): Promise<Page> => {
  await page.getByRole('button', { name: 'Add a forum' }).first().click()
  await page.getByLabel('Address').fill(address)
  await page.getByRole('button', { name: 'Continue' }).click()
  return await notifier.follow(page, () => page.getByRole('link', { name: `Open ${title} to approve` }).click())
}

/** The accounts of Home, one item each. The news of an account stands in items of its own inside, which are none of these. */
export const accountItems = (page: Page): Locator => page.getByRole('list', { name: 'Accounts' }).locator(':scope > li')
