import { expect, type Locator, type Page, test } from 'playwright/test'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, meta, now, rust, snapshot } from '../../common/testing/samples.ts'
import { serveSnapshot } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'

// Names and sentences that are too long for the popup: what they share a line with stays in sight.

needs('browser')
test.use({ viewport: { width: 360, height: 520 } })

const long = { ...rust, title: 'The Society of Gardeners and Friends of Old Roses in the North' }
const username = 'eve_with_a_rather_long_name'

const openPage = async (page: Page, accounts: readonly AccountView[]) => {
  const server = await serveSnapshot(snapshot({ accounts, preferences: defaultPreferences }))
  await page.clock.setFixedTime(now)
  await page.goto(server.url)
  return server
}

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not shown')
  return box
}

test('a long name of a forum leaves room for its user in Access, and a long name of a user for the forum', async ({
  page,
}) => {
  const server = await openPage(page, [
    account({ username }),
    account({ id: 'account-2', site: long, username: 'mika' }),
    account({ id: 'account-3', site: { ...long, base: 'https://other.example', host: 'other.example' }, username }),
  ])
  await page.getByRole('button', { name: 'Access', exact: true }).click()
  const rows = page.getByRole('table').getByRole('rowheader')
  for (const [row, forum, user] of [
    [rows.nth(0), meta.title, username],
    [rows.nth(1), long.title, 'mika'],
    [rows.nth(2), long.title, username],
  ] as const) {
    const [title, name] = [await boxOf(row.getByText(forum)), await boxOf(row.getByText(user, { exact: true }))]
    expect(title.width, forum).toBeGreaterThan(30)
    expect(name.width, user).toBeGreaterThan(20)
    expect(name.x, 'the user stands beside the forum').toBeGreaterThanOrEqual(title.x + title.width)
    expect(name.x + name.width, 'both stand in the row').toBeLessThanOrEqual(360)
  }
  await server.close()
})

test('no line of the header ends between a sign and its words', async ({ page }) => {
  const since = now - 60_000
  const server = await openPage(page, [
    account({ id: 'a', state: { kind: 'needsSignIn', failure: { code: 'access_refused', params: { host: 'a' } } } }),
    account({ id: 'b', state: { kind: 'offline', since, failure: { code: 'offline', params: { host: 'b' } } } }),
    account({ id: 'c', state: { kind: 'limited', until: now + 60_000 } }),
  ])
  for (const language of ['en', 'ar', 'de'] as const) {
    server.push({
      ...server.present(),
      preferences: { ...defaultPreferences, appearance: { ...defaultPreferences.appearance, language } },
    })
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    // Each width breaks the line at another place.
    for (const width of [280, 300, 320, 340, 360]) {
      await page.setViewportSize({ width, height: 520 })
      const apart: unknown =
        await page.evaluate(`[...document.querySelectorAll('header p:has(svg) > span')].flatMap((state) => {
        const sign = state.querySelector('svg').getBoundingClientRect()
        const range = document.createRange()
        range.selectNodeContents(state.lastChild)
        const first = range.getClientRects()[0]
        const isBeside = Math.min(Math.abs(first.left - sign.right), Math.abs(first.right - sign.left)) < 8
        return Math.abs(first.top - sign.top) < 8 && isBeside ? [] : [state.textContent]
      })`)
      expect(apart, `${language}, ${width} px`).toEqual([])
    }
  }
  await server.close()
})
