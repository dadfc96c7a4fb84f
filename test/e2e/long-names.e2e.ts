import { expect, type Locator, type Page, test } from 'playwright/test'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, counts, meta, minute, notification, now, rust, snapshot } from '../../common/testing/samples.ts'
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

test('what helps a forum in trouble stands in its row, and leaves the words more than a narrow column', async ({
  page,
}) => {
  const host = 'community.a-rather-long-name.example/forum'
  const site = { ...long, host }
  const failures = [
    { code: 'network_login', params: { host } },
    { code: 'site_moved', params: { host, target: `new.${host}` } },
  ] as const
  const troubled = failures.map((failure, at) =>
    account({
      id: `account-${at}`,
      site: { ...site, base: `https://${at}.example` },
      state: { kind: 'offline', since: now - 60_000, failure },
    }),
  )
  const server = await openPage(page, troubled)
  const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
  for (const width of [360, 300, 180]) {
    await page.setViewportSize({ width, height: 520 })
    for (const [at, name] of [
      [0, /^Open community/],
      [1, /^Move to new/],
    ] as const) {
      const row = rows.nth(at)
      const more = row.getByRole('button', { name: /^More for/ })
      // What helps is a lazy component.
      const help = await boxOf(row.getByRole(at === 0 ? 'link' : 'button', { name }))
      const words = await boxOf(row.getByText('Not reachable').locator('xpath=../..'))
      expect(words.width, `words at ${width} px`).toBeGreaterThanOrEqual(Math.min(140, width - 70))
      expect(help.x + help.width, `what helps at ${width} px`).toBeLessThanOrEqual((await boxOf(more)).x)
      expect((await boxOf(more)).x + 24, `the menu at ${width} px`).toBeLessThanOrEqual(width)
    }
  }
  await server.close()
})

test('the age of a notification takes no more room beside its words than it needs', async ({ page }) => {
  const items = [
    notification({ createdAt: now - minute }),
    notification({ id: 2, topic: 2, read: true, createdAt: now - 200 * minute }),
  ]
  const server = await openPage(page, [account({ counts: counts({ notifications: 1 }), items })])
  const row = page
    .getByRole('list', { name: /^News for/ })
    .getByRole('listitem')
    .first()
  const words = await boxOf(row.getByRole('link').locator('xpath=..'))
  const age = await boxOf(row.getByText('1 min. ago'))
  expect(age.x - words.x - words.width).toBeLessThan(12)
  // Room for the longest age would be 96 px.
  expect(age.width).toBeLessThan(90)
  await server.close()
})
