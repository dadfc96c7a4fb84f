import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, type Route } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { connect } from './connect.ts'
import { needs, test } from './fixtures.ts'
import { painted } from './in-page.ts'
import type { Notifier } from './notifier.ts'

// Menus and tooltips in real Chromium, under the product's own content security policy.

needs('browser')

const users = ['eve', 'mika', 'tomas', 'aiko']

const withAccounts = async (forum: Forum, notifier: Notifier, page: Page): Promise<void> => {
  for (const user of users) await connect(notifier, forum, user)
  await page.setViewportSize({ width: 360, height: 300 })
  await page.goto(notifier.url)
  await expect(page.getByRole('list', { name: 'Accounts' }).getByRole('link')).toHaveCount(users.length)
}

const more = (page: Page, user: string): Locator => page.getByRole('button', { name: `More for ${user} on Meta` })
const tooltip = (page: Page): Locator => page.getByRole('tooltip', { includeHidden: true })
const boxOf = async (of: Locator) => {
  // What floats is given its place after it has been added to the page.
  await of.waitFor({ state: 'attached' })
  await of.page().evaluate(painted)
  const box = await of.boundingBox()
  if (box === null) throw new Error('not on the screen')
  return { ...box, end: box.x + box.width, bottom: box.y + box.height }
}

/** Notes in the page what its policy refuses, and what in it jumps, and when. */
const watching = `
  window.refused = []
  window.shifted = []
  document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => refused.push(violatedDirective))
  new PerformanceObserver((list) => {
    for (const { startTime, sources } of list.getEntries()) {
      const moved = sources.map(({ node, previousRect, currentRect }) =>
        [node?.outerHTML ?? node?.textContent, JSON.stringify([previousRect, currentRect])].join(' ').slice(0, 500))
      shifted.push({ at: startTime, moved })
    }
  }).observe({ type: 'layout-shift' })
`

test('menus and tooltips break no policy, stay in the window and shift nothing', async ({
  page,
  forumOf,
  notifierOf,
}) => {
  await page.addInitScript(watching)
  const loaded: string[] = []
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname))
  const isLoaded = () => loaded.some((name) => /floating-[^/]*\.js$/.test(name))
  const forum = await forumOf({ users: users.map((username) => ({ username })) })
  await withAccounts(forum, await notifierOf(), page)
  expect(isLoaded(), 'the first view does without').toBe(false)
  // The start is over with it; it has a specification of its own (layout-shift.e2e.ts).
  await expect(page.getByRole('button', { name: 'Show notifications' })).toBeVisible()
  await page.evaluate(`${painted}.then(() => { shownAt = performance.now() })`)

  await page.keyboard.press('Tab')
  const pause = page.getByRole('button', { name: 'Pause alerts' })
  await expect(pause).toBeFocused()
  await expect(tooltip(page), 'the first key already').toHaveText('Pause alerts')
  expect(isLoaded()).toBe(true)
  await page.keyboard.press('Escape')
  await expect(tooltip(page)).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'For 30 minutes' })).toBeFocused()
  await page.keyboard.press('u')
  await expect(page.getByRole('menuitem', { name: 'Until tomorrow' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(pause).toBeFocused()
  await expect(page.getByRole('menu')).toHaveCount(0)

  await page.getByRole('link', { name: 'of aiko on' }).hover()
  await more(page, 'aiko').click()
  const menu = await boxOf(page.getByRole('menu'))
  const below = await boxOf(more(page, 'aiko'))
  expect(menu.bottom, 'above its button, where there is room').toBeLessThanOrEqual(below.y)
  expect(menu.y).toBeGreaterThanOrEqual(0)
  expect(Math.round(menu.end)).toBe(Math.round(below.end))
  await more(page, 'aiko').click()
  await expect(page.getByRole('menu'), 'a second press closes it').toHaveCount(0)

  for (const name of ['Settings', 'More for eve on Meta']) {
    const button = page.getByRole('button', { name, exact: true })
    await button.hover()
    await expect(tooltip(page)).toHaveText(name)
    const about = await boxOf(button)
    const words = await boxOf(tooltip(page))
    expect(words.bottom <= about.y || words.y >= about.bottom, `${name} is not covered`).toBe(true)
    expect(Math.min(words.x, words.y, 360 - words.end, 300 - words.bottom)).toBeGreaterThanOrEqual(0)
    await page.mouse.move(words.x + words.width / 2, words.y + words.height / 2, { steps: 10 })
    await expect(tooltip(page), 'stays while the pointer is on it').toHaveText(name)
    await page.mouse.move(100, 250, { steps: 10 })
    await expect(tooltip(page)).toHaveCount(0)
  }

  expect(await page.evaluate('shifted.filter(({ at }) => at > shownAt)')).toEqual([])
  expect(await page.evaluate('refused')).toEqual([])
  await page.evaluate(`document.head.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }))`)
  await expect.poll(() => page.evaluate('refused.length'), 'what would have been seen').toBeGreaterThan(0)
})

test('a press before menus are loaded is not lost', async ({ page, forumOf, notifierOf }) => {
  const held: Route[] = []
  await page.route(/floating-[^/]*\.js$/, (route) => void held.push(route))
  const forum = await forumOf({ users: users.map((username) => ({ username })) })
  await withAccounts(forum, await notifierOf(), page)
  await more(page, 'eve').focus()
  await page.keyboard.press('Enter')
  await expect(more(page, 'eve')).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect.poll(() => held.length).toBe(1)
  await held[0]?.continue()
  await expect(page.getByRole('menuitem', { name: 'Move down' })).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in an open menu and an open tooltip, ${colorScheme}`, async ({
    page,
    forumOf,
    notifierOf,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const forum = await forumOf({ users: users.map((username) => ({ username })) })
    await withAccounts(forum, await notifierOf(), page)
    const found: Record<string, unknown> = {}
    const look = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      found[what] = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }
    await more(page, 'eve').focus()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menu')).toBeVisible()
    await look('a menu')
    await page.keyboard.press('Escape')
    await expect(more(page, 'eve')).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowRight')
    await expect(tooltip(page)).toBeVisible()
    await look('a tooltip')
    await page.keyboard.press('n')
    await page.getByRole('button', { name: 'Close' }).hover()
    await expect(page.getByRole('dialog').getByRole('tooltip', { includeHidden: true })).toHaveText('Close')
    await look('a tooltip in a dialog')
    for (const [view, violations] of Object.entries(found)) expect.soft(violations, view).toEqual([])
  })
}
