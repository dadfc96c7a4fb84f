import { readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { connect } from './connect.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// Order and groups in real Chromium: with the mouse, with a finger, and with keys alone.

needs('browser')

// The list of forums stands beside the inbox, in a wide window.
test.use({ viewport: { width: 1000, height: 720 } })

const users = ['eve', 'mika', 'tomas', 'aiko']

/** The notifier with an account for each of the forum's users, signed in by the command line. */
const withAccounts = async (forum: Forum, notifier: Notifier, page: Page): Promise<void> => {
  for (const user of users) await connect(notifier, forum, user)
  await page.goto(notifier.url)
  await expect(list(page).getByRole('link')).toHaveCount(users.length)
}

const list = (page: Page): Locator => page.getByRole('list', { name: 'Accounts' })
const row = (page: Page, user: string): Locator =>
  page.locator('[data-account]').filter({ has: page.getByRole('link', { name: `of ${user} on` }) })
const link = (page: Page, user: string): Locator => row(page, user).getByRole('link')

/** What stands in the list from top to bottom: user names, and names of groups in brackets. */
const order = (page: Page): Promise<string> =>
  list(page)
    .locator(':scope > li')
    .evaluateAll((entries) =>
      entries
        .map((entry) => {
          const name = entry.querySelector('h2 [title]')?.textContent
          if (name) return `[${name}]`
          return / of (\w+) on /.exec(entry.querySelector('a')?.getAttribute('aria-label') ?? '')?.[1] ?? '-'
        })
        .join(' '),
    )

const boxOf = async (of: Locator) => {
  const box = await of.boundingBox()
  if (box === null) throw new Error('not on the screen')
  return box
}

/** Takes an account by its handle with the mouse and goes to a point; the button stays down. */
const dragTo = async (page: Page, user: string, y: number): Promise<void> => {
  await row(page, user).hover()
  const handle = await boxOf(row(page, user).locator('[data-handle]'))
  await page.mouse.move(handle.x + 8, handle.y + handle.height / 2)
  await page.mouse.down()
  await page.mouse.move(60, y, { steps: 5 })
}

test('accounts are dragged, moved by keys and put into groups, and stay so', async ({ page, forumOf, notifierOf }) => {
  const forum = await forumOf({ users: users.map((username) => ({ username })) })
  forum.notify({ user: 'tomas', type: 'mentioned' })
  const notifier = await notifierOf()
  await withAccounts(forum, notifier, page)
  // Nothing moves while the window has the focus; with the next visit news is first.
  await expect(row(page, 'tomas')).toContainText('1')
  await page.reload()
  await expect.poll(() => order(page)).toBe('tomas eve mika aiko')

  const top = (await boxOf(row(page, 'tomas'))).y
  await dragTo(page, 'aiko', top + 3)
  expect(await order(page), 'while it is dragged nothing jumps').toBe('tomas eve mika aiko')
  await page.mouse.up()
  await expect.poll(() => order(page)).toBe('aiko tomas eve mika')
  await link(page, 'tomas').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => order(page)).toBe('aiko eve mika tomas')
  await dragTo(page, 'tomas', top + 3)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await order(page), 'after Esc').toBe('aiko eve mika tomas')

  await link(page, 'aiko').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => order(page)).toBe('eve mika aiko tomas')
  await expect(link(page, 'aiko')).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'Meta moved to 3 of 4' })).toHaveCount(1)

  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'More for aiko on Meta' }).focus()
  await page.keyboard.press('ArrowDown')
  // The menu is loaded when it is opened first, and moves the focus a moment after each key.
  const items = page.getByRole('menuitem')
  await expect(items.first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(items.last()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Mute alerts' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'New group…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name of the group' })).toBeFocused()
  await page.keyboard.type('Work')
  await page.keyboard.press('Enter')
  const heading = page.getByRole('button', { name: /^Work/ })
  await expect(heading).toBeFocused()
  await expect(heading).toHaveAttribute('aria-expanded', 'true')
  await expect.poll(() => order(page)).toBe('eve mika tomas [Work] aiko')

  await link(page, 'tomas').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => order(page)).toBe('eve mika [Work] tomas aiko')
  await expect(link(page, 'tomas'), 'the focus goes along into the group').toBeFocused()
  await expect(heading).toContainText('1 new')
  await dragTo(page, 'mika', (await boxOf(row(page, 'aiko'))).y + 40)
  await page.mouse.up()
  await expect.poll(() => order(page)).toBe('eve [Work] tomas aiko mika')
  const startOf = async (user: string) => (await boxOf(link(page, user))).x
  expect(await startOf('mika'), 'members of a group are indented').toBeGreaterThan(await startOf('eve'))

  await heading.click()
  await expect.poll(() => order(page)).toBe('eve [Work]')
  await page.reload()
  await expect.poll(() => order(page)).toBe('eve [Work]')
  await expect(heading).toContainText('1 new')
  await expect
    .poll(async () => (await notifier.status()).accounts.map(({ username }) => username))
    .toEqual(['eve', 'tomas', 'aiko', 'mika'])
  await page.setViewportSize({ width: 360, height: 720 })
  await page.getByRole('button', { name: 'All', exact: true }).click()
  const offered = page.getByLabel('Forum', { exact: true }).locator('option')
  await expect(offered).toHaveText(['All forums', /eve/, /tomas/, /aiko/, /mika/])
  await page.setViewportSize({ width: 1000, height: 720 })

  const saved = readFileSync(path.join(notifier.profile, 'settings.json'))
  const next = await notifierOf({
    args: ['--no-keychain'],
    prepare: (profile) => writeFileSync(path.join(profile, 'settings.json'), saved),
  })
  await page.goto(next.url)
  await expect.poll(() => order(page)).toBe('eve [Work]')
  await heading.click()
  await expect.poll(() => order(page)).toBe('eve [Work] tomas aiko mika')
})

test('an account is dragged with a finger, beyond what is in sight', async ({ browser, forumOf, notifierOf }) => {
  const forum = await forumOf({ users: users.map((username) => ({ username })) })
  const notifier = await notifierOf()
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 820, height: 260 } })
  const page = await context.newPage()
  await withAccounts(forum, notifier, page)
  const { x, y } = await boxOf(row(page, 'eve').locator('[data-handle]'))
  const touch = await context.newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x: x + 8, y: at }] })
  await send('touchStart', y + 20)
  await send('touchMove', y + 40)
  await send('touchMove', 230)
  await expect(row(page, 'aiko')).toBeInViewport({ ratio: 1 })
  // The list goes on to its end while the finger is there.
  const below = () =>
    page
      .locator('[data-scrolls]')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
  await expect.poll(below).toBeLessThan(1)
  await send('touchMove', 225)
  await send('touchEnd')
  await expect.poll(() => order(page)).toBe('mika tomas aiko eve')
  await context.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in groups and menus, ${colorScheme}`, async ({ page, forumOf, notifierOf }) => {
    const forum = await forumOf({ users: users.map((username) => ({ username })) })
    forum.notify({ user: 'eve', type: 'mentioned' })
    const notifier = await notifierOf()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 820, height: 520 })
    await withAccounts(forum, notifier, page)
    const found: Record<string, unknown> = {}
    const look = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      found[what] = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }
    const more = async (name: string) => {
      await page.getByRole('button', { name: `More for ${name}` }).focus()
      await page.keyboard.press('Enter')
    }
    await more('eve on Meta')
    await page.getByRole('menuitem', { name: 'New group…' }).click()
    await look('naming a group')
    await page.keyboard.press('Enter')
    await more('eve on Meta')
    await look('the menu of an account with groups')
    await page.getByRole('menuitemradio', { name: 'No group' }).click()
    await look('an empty group')
    await more('the group New group')
    await look('the menu of a group')
    await page.keyboard.press('Escape')
    await more('mika on Meta')
    await page.getByRole('menuitemradio', { name: 'New group' }).click()
    await page.getByRole('button', { name: /^New group/ }).click()
    await look('a folded group')
    await dragTo(page, 'aiko', 150)
    await look('dragging')
    await page.mouse.up()
    for (const [view, violations] of Object.entries(found)) expect.soft(violations, view).toEqual([])
  })
}
