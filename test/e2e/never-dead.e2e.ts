import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { findUnusedPort } from '../rig/find-unused-port.ts'
import { connect } from './connect.ts'
import { test } from './fixtures.ts'

// Whatever happens to the notifier, the page says what is the matter and comes back by itself.

const lost = /Discourse Notifier is not running, or this page lost the connection/

test('a notifier that has ended leaves every view of its page to be seen, and comes back on its port', async ({
  page,
  forumOf,
  notifierOf,
}) => {
  const notifier = await notifierOf({ args: ['--no-keychain', '--port', String(await findUnusedPort())] })
  // Without a forum there is no inbox.
  await connect(notifier, await forumOf(), 'eve')
  await page.goto(notifier.url)
  await expect(page.getByRole('button', { name: 'Add a forum' })).toBeVisible()
  // The other views are loaded when the first one has been shown.
  const loaded = () => page.evaluate<string>("performance.getEntriesByType('resource').map(({ name }) => name).join()")
  for (const view of ['wide-view', 'settings', 'access', 'diagnostics'])
    await expect.poll(loaded).toContain(`/${view}-`)
  const startAgain = await notifier.halt()
  await expect(page.getByText(lost)).toBeVisible()
  const views = { settings: 'Settings', access: 'Access', diagnostics: 'Diagnostics', inbox: 'All notifications' }
  for (const [view, name] of Object.entries(views)) {
    await page.evaluate(`location.hash = '#/${view}'`)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByText('This could not be shown')).toHaveCount(0)
    await expect(page.getByText(lost)).toHaveCount(1)
  }
  await startAgain()
  await expect(page.getByText(lost)).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'All notifications' })).toBeVisible()
})

test('a view whose files cannot be loaded says so in its pane, and can be tried again', async ({
  page,
  notifierOf,
}) => {
  const notifier = await notifierOf()
  const files = /\/assets\/settings-.*\.js$/
  await page.route(files, (route) => route.abort())
  await page.goto(notifier.url)
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('alert')).toContainText('This could not be shown')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.unroute(files)
  await page.getByRole('button', { name: 'Try again' }).click()
  const reload = page.getByRole('button', { name: 'Reload page' })
  const section = page.getByRole('heading', { name: 'Appearance' })
  // A browser may keep the failure of a file; then reloading is offered, and leads back to the same view.
  await expect(reload.or(section)).toBeVisible()
  if (await reload.isVisible()) await reload.click()
  await expect(section).toBeVisible()
})

test('Back, Forward, reload and a bookmark lead where they say', async ({ page, context, notifierOf }) => {
  const notifier = await notifierOf()
  await page.goto(notifier.url)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Diagnostics' }).click()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  await expect(heading('Diagnostics')).toBeVisible()
  await page.goBack()
  await expect(heading('Settings')).toBeVisible()
  await page.goForward()
  await expect(heading('Diagnostics')).toBeVisible()
  await page.reload()
  await expect(heading('Diagnostics')).toBeVisible()
  const tab = await context.newPage()
  await tab.goto(page.url())
  await expect(tab.getByRole('heading', { level: 1, name: 'Diagnostics' })).toBeVisible()
})

test('Log out all pages ends every page, and `open` is the way back', async ({ page, context, notifierOf }) => {
  const notifier = await notifierOf()
  await page.goto(notifier.url)
  // The first page has its session by then, which the second one needs.
  await expect(page.getByRole('button', { name: 'Add a forum' })).toBeVisible()
  const tab = await context.newPage()
  await tab.goto(new URL('/#/access', page.url()).href)
  await expect(tab.getByRole('heading', { level: 1, name: 'Access' })).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Log out all pages' }).click()
  for (const one of [page, tab]) await expect(one.getByText('This page was logged out')).toBeVisible()
  await page.reload()
  await expect(page.getByText('This page is not logged in')).toBeVisible()
  expect((await notifier.cli('open')).status).toBe(0)
  // What leads the browser there, whichever program this computer has for that.
  const leads = readFileSync(path.join(notifier.profile, 'open.html'), 'utf8')
  await page.goto(/url=([^"]+)"/.exec(leads)?.[1] ?? '')
  await expect(page.getByRole('button', { name: 'Add a forum' })).toBeVisible()
})
