import { expect, type Page, test } from 'playwright/test'
import { account, minute, notification, now, rust } from '../../common/testing/samples.ts'
import { needs } from './fixtures.ts'
import { openSample } from './sample-views.ts'

// Where the user is in the list of notifications: the row that is read, and the rows in sight.

needs('browser')

test.use({ viewport: { width: 1200, height: 700 }, reducedMotion: 'reduce' })

const rows = Array.from({ length: 80 }, (_, index) =>
  notification({
    id: 200 - index,
    title: `Topic ${index}`,
    topic: index,
    url: `https://meta.example/t/${index}`,
    createdAt: now - index * 40 * minute,
  }),
)

const openRows = async (page: Page) => {
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  const accounts = [account({ items: rows }), account({ id: 'account-2', site: rust, items: [] })]
  sample.server.push({ ...sample.snapshot, accounts })
  await row(page, 0).waitFor()
  return sample
}

const list = (page: Page) => page.getByRole('list', { name: 'Notifications' })
const row = (page: Page, index: number) => list(page).getByRole('link', { name: new RegExp(`Topic ${index}\\b`) })
const read = (page: Page) => page.getByRole('complementary', { name: 'Selected notification' }).getByRole('heading')
const settings = (page: Page) => page.getByRole('button', { name: 'Settings', exact: true }).click()
const isSettings = (page: Page) => page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()

/** Scrolls down, and reads a notification there. */
const readDown = async (page: Page, index = 40) => {
  await page.getByRole('main').evaluate((main) => main.scrollTo(0, 1800))
  await row(page, index).click()
  await expect(read(page)).toHaveText(`Topic ${index}`)
}

test.describe('a notification that is read down the list', () => {
  test('is there after Back, Forward and a reload', async ({ page }) => {
    const { server } = await openRows(page)
    await readDown(page)
    await settings(page)
    await isSettings(page)
    await page.goBack()
    await expect(read(page)).toHaveText('Topic 40')
    await expect(row(page, 40)).toBeInViewport()
    await page.goForward()
    await isSettings(page)
    await page.goBack()
    await expect(row(page, 40)).toBeInViewport()
    await page.reload()
    await expect(read(page)).toHaveText('Topic 40')
    await expect(row(page, 40)).toBeInViewport()
    await server.close()
  })

  test('is there after the window was narrow for a while', async ({ page }) => {
    const { server } = await openRows(page)
    for (const address of ['#/', '#/inbox']) {
      await page.evaluate(`location.hash = '${address}'`)
      await row(page, 0).waitFor()
      await readDown(page)
      await page.setViewportSize({ width: 360, height: 520 })
      await expect(page.getByRole('navigation', { name: 'Accounts' })).toHaveCount(0)
      await page.setViewportSize({ width: 1200, height: 700 })
      await expect(read(page)).toHaveText('Topic 40')
      await expect(row(page, 40)).toBeInViewport()
    }
    await server.close()
  })

  test('belongs to its own forum, kind and search', async ({ page }) => {
    const { server } = await openRows(page)
    await readDown(page)
    await page.getByRole('link', { name: /Show the notifications of eve on Meta/ }).click()
    await expect(row(page, 0)).toBeInViewport()
    await expect(read(page)).toHaveText('Topic 0')
    await row(page, 3).click()
    await expect(read(page)).toHaveText('Topic 3')
    await page.goBack()
    await expect(read(page)).toHaveText('Topic 40')
    await page.goForward()
    await expect(read(page)).toHaveText('Topic 3')
    await server.close()
  })
})

test('a search without a result leaves nothing to read, and the next one has its own', async ({ page }) => {
  const { server } = await openRows(page)
  await readDown(page)
  await page.getByRole('searchbox').fill('nothing like this')
  await expect(page.getByText('Nothing found', { exact: true }).last()).toBeVisible()
  await expect(read(page)).toHaveCount(0)
  await page.getByRole('searchbox').fill('topic 7')
  await expect(read(page)).toHaveText('Topic 7')
  await server.close()
})
