import { expect, type Page, test } from 'playwright/test'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, counts, minute, notification, snapshot } from '../../common/testing/samples.ts'
import { serveSnapshot } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'
import { painted } from './in-page.ts'

// Nothing that is on the screen moves by itself, measured by the browser: the sum of its layout shifts
// (https://web.dev/articles/cls), where 0.1 is what users begin to notice.

needs('browser')

const mostShift = 0.01

/** Adds up in the page what moved without the user's doing. */
const watching = `
  shift = 0
  sources = []
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources: moved } of list.getEntries()) {
      if (hadRecentInput) continue
      shift += value
      for (const { node } of moved) sources.push(value.toFixed(4) + ' ' + (node?.outerHTML ?? node?.textContent ?? '').slice(0, 200))
    }
  }).observe({ type: 'layout-shift', buffered: true })
`

const shiftOf = async (page: Page) => {
  await page.evaluate(painted)
  return { shift: Number(await page.evaluate('shift')), sources: await page.evaluate('sources') }
}

/** What is loaded after the first rows. */
const everythingIsThere = async (page: Page): Promise<void> => {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  const pictures = '[...document.images].every(({ complete }) => complete)'
  await expect.poll(() => page.evaluate(pictures)).toBe(true)
}

const begunAt = Date.now()
const forums = 20

/** Every third is in trouble, every second has news; those with topics to count have a line that is loaded later. */
const forum = (index: number): AccountView => {
  const failure = { code: 'timed_out', params: { host: `forum-${index}.example`, seconds: 10 } } as const
  const isTroubled = index % 3 === 0
  return account({
    id: `account-${index}`,
    site: {
      base: `https://forum-${index}.example`,
      host: `forum-${index}.example`,
      title: `Forum ${index}`,
      color: null,
    },
    icon: `/image/icon-${index}`,
    state: isTroubled ? { kind: 'offline', since: begunAt - 5 * minute, failure } : { kind: 'fresh' },
    checkedAt: begunAt - minute,
    counts: { ...counts({ notifications: index % 2 }), ...(index % 4 === 1 ? { topics: { new: 3, unread: 1 } } : {}) },
    items: [notification({ id: 1, read: index % 2 === 0, excerpt: 'It is out', face: `/image/face-${index}` })],
  })
}

const first = snapshot({ accounts: Array.from({ length: forums }, (_, index) => forum(index)) })

/** One more notification on one of them. */
const withNews = (before: Snapshot, number: number): Snapshot => {
  const which = number % forums
  const accounts = before.accounts.map((one, index): AccountView => {
    if (index !== which) return one
    const item = notification({ id: 100 + number, topic: 100 + number, title: `News ${number}`, createdAt: begunAt })
    const news = (one.counts?.notifications ?? 0) + 1
    return {
      ...one,
      counts: { ...one.counts, ...counts({ notifications: news }) },
      items: [item, ...(one.items ?? [])],
    }
  })
  return { ...before, accounts }
}

for (const width of [360, 1200]) {
  test(`nothing moves at the start, with the offer of alerts, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.addInitScript(watching)
    // As slow as a desktop that has to be asked.
    const areWanted = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 100))
    const server = await serveSnapshot(first, {}, undefined, areWanted)
    await page.goto(server.url)
    await expect(page.getByRole('button', { name: 'Show notifications' })).toBeVisible()
    await everythingIsThere(page)
    const { shift, sources } = await shiftOf(page)
    expect(shift, String(sources)).toBeLessThan(mostShift)
    await server.close()
  })

  test(`nothing moves under the pointer while a burst of 50 comes in, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.addInitScript(watching)
    const server = await serveSnapshot(first)
    await page.goto(server.url)
    await page.getByRole('link', { name: 'mika mentioned you' }).last().hover()
    await everythingIsThere(page)
    await page.evaluate('shift = 0')
    for (let number = 0; number < 50; number += 1) {
      server.push(withNews(server.present(), number))
      // The page is told of what comes close together in one update.
      if (number % 10 === 9) await expect(page).toHaveTitle(new RegExp(`^\\(${forums / 2 + number + 1}\\) `))
    }
    await expect(page.getByRole('button', { name: /new$/ }).first()).toBeVisible()
    const { shift, sources } = await shiftOf(page)
    expect(shift, String(sources)).toBeLessThan(mostShift)
    await server.close()
  })
}
