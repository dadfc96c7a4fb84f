import { expect, type Locator, type Page, test } from 'playwright/test'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { account, counts, minute, notification, snapshot } from '../../common/testing/samples.ts'
import { type SnapshotServer, serveSnapshot } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'
import { painted } from './in-page.ts'

// In the list of all notifications a row is as high as its words need: nothing is cut, covered or moved.

needs('browser')

const long = 'Which compost is the best for tomatoes in a greenhouse that gets the sun until noon, and what do you add '
const titles = [
  'Roses',
  long,
  `${long.repeat(3)}`.slice(0, 255),
  'مرحبا بالجميع في منتدى الحدائق الذي نتحدث فيه عن الورود والأشجار والزهور في كل الفصول',
  'バラの育て方について話しましょう、春の準備はもう始まっていますか、肥料は何を使いますか',
  '🌹🌷🌻🌼🌸💐',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
]
const names = [
  'The Society of Gardeners and Friends of Old Roses and Herbs in the Valley',
  'منتدى البستانيين وأصدقاء الورود القديمة والأعشاب في الوادي',
  'バラと古い薬草を愛する庭師たちの会・谷の支部フォーラム',
  'Meta',
]

const item = (index: number): NotificationItem =>
  notification({
    id: 1000 - index,
    title: titles[index % titles.length] ?? '',
    topic: index,
    read: index % 3 !== 0,
    createdAt: Date.now() - index * 17 * minute,
    excerpt: index % 5 === 0 ? null : 'What was written there is longer than any line of any window',
  })

const forums = names.map((title, index) =>
  account({
    id: `account-${index}`,
    site: { base: `https://${index}.example`, host: `${index}.example`, title, color: null },
    counts: counts({ notifications: 10 }),
    items: Array.from({ length: 30 }, (_, place) => item(place * names.length + index)),
  }),
)

const openAll = async (page: Page, width: number, height: number) => {
  await page.setViewportSize({ width, height })
  const server = await serveSnapshot(snapshot({ accounts: forums }))
  await page.goto(server.url)
  await page.getByRole('list', { name: 'Accounts' }).waitFor()
  await page.evaluate("location.hash = '#/inbox'")
  const list = page.getByRole('list', { name: 'Notifications' })
  await list.getByRole('link').first().waitFor()
  return { server, list }
}

/** In the page, where only the longest title has no room in the popup at 200 %: which rows have words cut, cover the next one, or leave a gap. */
const faults = `(() => {
  const list = document.querySelector('main ul[aria-label="Notifications"]')
  const rows = [...list.querySelectorAll('li')].map((row) => ({ row, box: row.getBoundingClientRect(), place: Number(row.dataset.index) }))
  return rows.flatMap(({ row, box, place }) => {
    const text = row.querySelector('a')
    const next = rows.find((other) => other.place === place + 1)
    return [
      ...(text.scrollHeight > text.clientHeight + 1 && (innerWidth > 200 || text.textContent.length < 150) ? ['cut: ' + text.textContent] : []),
      ...(row.scrollWidth > row.clientWidth ? ['too wide: ' + text.textContent] : []),
      ...(next !== undefined && Math.abs(next.box.top - box.bottom) > 1 ? [place + ' ends ' + (next.box.top - box.bottom) + ' px before the next'] : []),
    ]
  })
})()`

const last = names.length * 30 - 1

/** The row at the keys is in sight as a whole, and its neighbours begin where it ends. */
const isInSight = async (page: Page, list: Locator, place: number): Promise<void> => {
  const row = list.locator(`li[data-index="${place}"]`)
  await expect(row.getByRole('link')).toBeFocused()
  // The popup at 200 % is not as high as a long row.
  await expect(row).toBeInViewport({ ratio: page.viewportSize()?.width === 180 ? 0.5 : 0.99 })
  await expect.poll(() => page.evaluate(faults)).toEqual([])
}

// The popup, the popup at 200 %, and a wide window.
for (const [width, height] of [
  [360, 520],
  [180, 260],
  [1000, 640],
] as const) {
  test(`no row is cut or covers another one, ${width} px`, async ({ page }) => {
    const { server, list } = await openAll(page, width, height)
    await page.evaluate(painted)
    expect(await page.evaluate(faults)).toEqual([])
    await page.keyboard.press('j')
    await isInSight(page, list, 0)
    for (let place = 1; place <= 8; place += 1) {
      await page.keyboard.press('ArrowDown')
      await isInSight(page, list, place)
    }
    await page.keyboard.press('End')
    await isInSight(page, list, last)
    for (let place = last - 1; place > last - 8; place -= 1) {
      await page.keyboard.press('ArrowUp')
      await isInSight(page, list, place)
    }
    await page.keyboard.press('Home')
    await isInSight(page, list, 0)
    await server.close()
  })
}

const pushNews = (server: SnapshotServer, id: number): void => {
  const { accounts } = server.present()
  const [first, ...others] = accounts
  if (first === undefined) throw new Error('a sample is missing')
  const news = notification({ id, topic: id, title: long, createdAt: Date.now() })
  server.push({ ...server.present(), accounts: [{ ...first, items: [news, ...(first.items ?? [])] }, ...others] })
}

test('what is in sight stays in its place when rows come above it, also after scrolling back', async ({ page }) => {
  const { server, list } = await openAll(page, 360, 520)
  await page.keyboard.press('j')
  for (let place = 0; place < 40; place += 1) await page.keyboard.press('ArrowDown')
  for (let place = 0; place < 10; place += 1) await page.keyboard.press('ArrowUp')
  await isInSight(page, list, 30)
  const row = list.locator('li', { has: page.locator('a:focus') })
  const before = await row.boundingBox()
  for (const id of [5000, 5001, 5002]) {
    pushNews(server, id)
    await expect(row).toHaveAttribute('data-index', String(30 + id - 4999))
    // What is seen are frames; in the middle of one the list may be longer already, and not yet scrolled.
    await page.evaluate(painted)
    expect(await row.boundingBox()).toEqual(before)
  }
  expect(await page.evaluate(faults)).toEqual([])
  await server.close()
})

test('a long name of a forum leaves the room to what was written', async ({ page }) => {
  const { server, list } = await openAll(page, 360, 520)
  for (const name of names.slice(0, 3)) {
    const row = list.locator('li', { hasText: name }).filter({ hasText: 'What was written' }).first()
    const [line, called, written] = await Promise.all(
      [row.getByRole('paragraph'), row.getByText(name), row.getByText('What was written')].map((one) =>
        one.boundingBox(),
      ),
    )
    expect(called?.width).toBeLessThanOrEqual((line?.width ?? 0) / 3)
    expect(written?.width).toBeGreaterThan((line?.width ?? 0) / 4)
  }
  await server.close()
})

test('the menu of a row lies over the filters that stick above the list, and not behind the header', async ({
  page,
}) => {
  const { server, list } = await openAll(page, 360, 520)
  await page.evaluate("document.querySelector('main').scrollTo({ top: 600, behavior: 'instant' })")
  await page.evaluate(painted)
  // Wherever a row is, its whole menu can be seen and pressed.
  const inSight = await list.getByRole('listitem').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const { top } = row.getBoundingClientRect()
      return top < 140 || top > 480 ? [] : [row.dataset['index']]
    }),
  )
  expect(inSight.length).toBeGreaterThan(1)
  for (const place of inSight) {
    // Rows far out of sight come and go.
    const row = list.locator(`li[data-index="${place}"]`)
    await row.getByRole('link').click({ button: 'right', position: { x: 10, y: 8 } })
    const items = page.getByRole('menuitem')
    for (const name of ['Open', 'Copy link']) {
      const item = items.filter({ hasText: name })
      await item.scrollIntoViewIfNeeded()
      await page.evaluate(painted)
      const box = (await item.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      const isOnTop: unknown = await page.evaluate(
        `document.elementFromPoint(${box.x + box.width / 2}, ${box.y + box.height / 2})?.closest('[role="menuitem"]')?.textContent`,
      )
      expect(isOnTop, `row ${place}`).toBe(name)
    }
    await page.keyboard.press('Escape')
    await expect(items).toHaveCount(0)
  }
  await server.close()
})
