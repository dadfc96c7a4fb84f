import type { Page } from 'playwright/test'

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

/** Approves on a forum that shows the code to copy, and gives that code as it stands on the page. */
export const approveAndCopyCode = async (tab: Page): Promise<string> => {
  await tab.getByRole('button', { name: 'Authorize' }).click()
  return (await tab.locator('code').textContent()) ?? ''
}

/** Opens the notifier's page, goes through the address, and opens the forum's page in a second tab. */
export const beginInPage = async (page: Page, address: string, title: string): Promise<Page> => {
  await page.getByRole('button', { name: 'Add a forum' }).first().click()
  await page.getByLabel('Address').fill(address)
  await page.getByRole('button', { name: 'Continue' }).click()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: `Open ${title} to approve` }).click()
  return await opened
}
