import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from 'playwright/test'
import { needs } from './fixtures.ts'
import { openView } from './open-view.ts'
import { openSample, resetSample, sampleViews } from './sample-views.ts'

// A wide window has the overview and another view side by side.

needs('browser')

test.use({ viewport: { width: 1000, height: 640 }, reducedMotion: 'reduce' })

const english = { language: 'en', theme: 'light' } as const

/** In the page: whether anything can be scrolled sideways. */
const isTooWide = `[document.documentElement, document.body, ...document.querySelectorAll('main, nav, [data-scrolls]')]
  .some((element) => element.scrollWidth > element.clientWidth)`

const beside = ['overview', 'banners', 'settings', 'access', 'diagnostics', 'welcome']

for (const theme of ['light', 'dark'] as const) {
  for (const name of beside) {
    test(`axe finds nothing in ${name}, ${theme}`, async ({ page }) => {
      const sample = await openSample(page, { language: 'en', theme })
      const view = sampleViews.find((one) => one.name === name)
      await openView(sample, view)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
      await sample.server.close()
    })
  }
}

for (const language of ['de', 'ar'] as const) {
  test(`nothing is scrolled sideways where two panes just fit, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 720, height: 500 })
    const sample = await openSample(page, { language, theme: 'light' })
    for (const view of sampleViews.filter(({ name }) => beside.includes(name))) {
      await openView(sample, view)
      expect.soft(await page.evaluate(isTooWide), view.name).toBe(false)
      await resetSample(sample)
    }
    await sample.server.close()
  })
}

const main = (page: Page) => page.getByRole('main')
const inbox = (page: Page) => main(page).getByRole('list', { name: 'Notifications' })

test('the keys of the inbox work while the focus is in the overview beside it', async ({ page }) => {
  const sample = await openSample(page, english)
  const overview = page.getByRole('navigation', { name: 'Accounts' })
  await inbox(page).waitFor()
  await overview.getByRole('link', { name: /on Rust Users/ }).focus()
  await page.keyboard.press('j')
  await expect(inbox(page).getByRole('link').first()).toBeFocused()
  await page.keyboard.press('j')
  await expect(inbox(page).getByRole('link').nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('m')
  await expect(inbox(page).getByRole('link').first()).toBeFocused()
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('Enter')
  await (await opened).close()
  await overview.getByRole('link', { name: /on Rust Users/ }).focus()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await sample.server.close()
})

test('the Tab key goes through the overview first, and a way back leads to where one was', async ({ page }) => {
  const sample = await openSample(page, english)
  await inbox(page).waitFor()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Pause alerts' })).toBeFocused()
  await page.getByRole('button', { name: 'Add a forum' }).focus()
  await page.keyboard.press('Tab')
  // What is the matter with a forum comes first.
  await expect(main(page).getByRole('link').first()).toBeFocused()
  for (const name of ['Access', 'Settings']) {
    const opener = page.getByRole('button', { name, exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Back to the overview' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(opener).toBeFocused()
  }
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused()
  await expect(inbox(page)).toBeVisible()
  await sample.server.close()
})

test('each pane scrolls by itself, and the filters stay in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 400 })
  const sample = await openSample(page, english)
  await inbox(page).waitFor()
  const filters = page.getByRole('region', { name: 'Filters' })
  const top = async () => (await filters.boundingBox())?.y
  await main(page).evaluate((element) => element.scrollTo(0, 1000))
  await expect.poll(() => main(page).evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0)
  expect(await top()).toBe((await main(page).boundingBox())?.y)
  expect(await page.locator('[data-scrolls]').evaluate(({ scrollTop }) => scrollTop)).toBe(0)
  await sample.server.close()
})

test('the window becomes narrow and wide again, and shows the same view', async ({ page }) => {
  const sample = await openSample(page, english)
  await page.getByRole('button', { name: 'Access' }).click()
  const title = page.getByRole('heading', { level: 1, name: 'Access' })
  const overview = page.getByRole('navigation', { name: 'Accounts' })
  await expect(title).toBeVisible()
  await expect(overview).toBeVisible()
  await page.setViewportSize({ width: 360, height: 520 })
  await expect(overview).toHaveCount(0)
  await expect(title).toBeVisible()
  await page.setViewportSize({ width: 1400, height: 800 })
  await expect(overview).toBeVisible()
  await expect(title).toBeVisible()
  await sample.server.close()
})

test('as the window becomes narrow and wide the focus stays at the same forum or notification', async ({ page }) => {
  const sample = await openSample(page, english)
  const forums = page.getByRole('navigation', { name: 'Accounts' })
  const wide = { width: 1000, height: 640 }
  const narrow = { width: 600, height: 640 }
  const message = (within: Page | Locator) => within.getByRole('link', { name: /About tomorrow/ })
  const forum = forums.getByRole('link', { name: / on Meta$/ })
  await message(inbox(page)).focus()
  await page.setViewportSize(narrow)
  await expect(forums).toHaveCount(0)
  await expect(message(main(page))).toBeFocused()
  await page.setViewportSize(wide)
  await expect(message(inbox(page))).toBeFocused()
  await forum.focus()
  await page.setViewportSize(narrow)
  await expect(main(page).locator('[data-account] a', { hasText: 'Meta' }).first()).toBeFocused()
  await page.setViewportSize(wide)
  await expect(forum).toBeFocused()
  // Where neither is there, the keys start with the view.
  await page.getByRole('button', { name: 'Access' }).click()
  await expect(page.getByRole('table')).toBeVisible()
  await forum.focus()
  await page.setViewportSize(narrow)
  await expect(main(page)).toBeFocused()
  await page.setViewportSize(wide)
  await expect(forum).toBeFocused()
  await sample.server.close()
})

test('what is read has at least half the room of the list, and no column more than 640 px', async ({ page }) => {
  const sample = await openSample(page, english)
  for (const width of [1100, 1200, 1400, 1920]) {
    await page.setViewportSize({ width, height: 640 })
    const [list, read] = await Promise.all(
      [main(page), page.getByRole('complementary')].map((column) =>
        column.evaluate((element) => element.getBoundingClientRect().width),
      ),
    )
    expect(read, `${width} px`).toBeGreaterThan((list ?? 0) / 2)
    expect(Math.max(list ?? 0, read ?? 0), `${width} px`).toBeLessThanOrEqual(641)
  }
  await sample.server.close()
})

test('with room for it, the notification at the keys or under a click can be read beside the list', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1200, height: 700 })
  const sample = await openSample(page, english)
  const read = page.getByRole('complementary', { name: 'Selected notification' })
  await expect(read.getByRole('heading', { name: 'Release notes' })).toBeVisible()
  await inbox(page)
    .getByRole('link', { name: /About tomorrow/ })
    .click()
  await expect(read.getByRole('heading', { name: 'About tomorrow' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(read.getByText(/tomas and 3 others/)).toBeVisible()
  await page.getByRole('tab', { name: /^Mentions/ }).click()
  await expect(inbox(page).getByRole('link')).toHaveCount(2)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(await page.evaluate(isTooWide)).toBe(false)
  const opened = page.context().waitForEvent('page')
  await inbox(page).getByRole('link').first().dblclick()
  await (await opened).close()
  await sample.server.close()
})
