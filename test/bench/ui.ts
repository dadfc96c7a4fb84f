import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import * as v from 'valibot'
import { readOptions } from '../../build/read-options.mjs'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { counts } from '../../common/testing/samples.ts'
import { type SnapshotServer, serveSnapshot } from '../rig/serve-snapshot.ts'
import { chromiumPath } from '../system-parts.mjs'
import { conditions, percentile, printTable } from './report.ts'
import { serveBarePage } from './ui-bare.ts'
import { measureBurst } from './ui-burst.ts'
import { type Frames, frameCategories, scrollFrames } from './ui-frames.ts'
import { measureSizes } from './ui-sizes.ts'
import { iconAt, manyAccounts } from './ui-snapshot.ts'

// `npm run bench:ui`: the built page in a real browser, fed with a snapshot of very many accounts. Prints; never asserts.

const values = readOptions(
  `Usage: npm run bench:ui [-- OPTIONS]

How long the built page takes to start, to scroll and to show an update, in a real Chromium.

  --accounts N   accounts of the large snapshot (default 500)
  --items N      notifications of each account (default 20)
  --starts N     how often the page is opened (default 15)
  --scrolls N    how often each list is scrolled (default 3)`,
  {
    accounts: { type: 'string', default: '500' },
    items: { type: 'string', default: '20' },
    starts: { type: 'string', default: '15' },
    scrolls: { type: 'string', default: '3' },
  },
)

const updates = 40
const popup = { width: 360, height: 520 }
const wideWindow = { width: 1280, height: 800 }

/**
 * Runs in the page before its own scripts: records when the first row was painted, in a wide window that of the forums and
 * that of the notifications; long tasks, and title changes.
 */
const watch = `
  globalThis.noted = { row: null, entry: null, longTasks: [], changes: [] }
  const present = () => performance.timeOrigin + performance.now()
  new MutationObserver(() => {
    for (const [name, selector] of [['row', '[data-account] a'], ['entry', 'main [data-index] a']]) {
      const row = document.querySelector(selector)
      if (row !== null && !row.hasAttribute('elementtiming')) row.setAttribute('elementtiming', name)
    }
    const text = document.querySelector('header p')?.textContent
    if (text === noted.text) return
    noted.text = text
    const change = { inDocument: present() }
    noted.changes.push(change)
    requestAnimationFrame(() => setTimeout(() => { change.onScreen = present() }))
  }).observe(document, { childList: true, subtree: true, characterData: true })
  new PerformanceObserver((list) => { for (const { identifier, startTime } of list.getEntries()) noted[identifier] ??= startTime }).observe({ type: 'element', buffered: true })
  new PerformanceObserver((list) => noted.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true })
`
const startSchema = v.object({ row: v.number(), contentful: v.number(), longTasks: v.array(v.number()) })
const changesSchema = v.array(v.object({ inDocument: v.number(), onScreen: v.number() }))

const readStart = `({
  row: Math.max(noted.row, noted.entry),
  contentful: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  longTasks: noted.longTasks,
})`

/** Waits in the page until an expression holds; the page's policy forbids `waitForFunction`, which evaluates text there. */
const until = (page: Page, condition: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    const look = () => (${condition} ? resolve() : requestAnimationFrame(look))
    look()
  })`)

/**
 * Waits until the page is idle: ten timers in a row that are on time. Idle callbacks would say so too, but in a new tab
 * that draws nothing Chromium sometimes never calls them.
 */
const rest = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    let calm = 0
    let due = performance.now()
    const look = () => {
      calm = performance.now() - due < 5 ? calm + 1 : 0
      if (calm === 10) return resolve()
      due = performance.now() + 20
      setTimeout(look, 20)
    }
    look()
  })`)

const isShown = (page: Page) =>
  until(page, 'globalThis.noted?.row != null && (noted.entry !== null || innerWidth < 720)')

/** Opens the page in a new tab that was idle before. */
const open = async (context: BrowserContext, url: string, size = popup): Promise<Page> => {
  const page = await context.newPage()
  await page.setViewportSize(size)
  await rest(page)
  await page.goto(url)
  await isShown(page)
  return page
}

const milliseconds = (value: number | undefined): string => (value === undefined ? '' : `${value.toFixed(0)} ms`)

const medianAnd95 = (numbers: readonly number[]): readonly [string, string] => [
  milliseconds(percentile(numbers, 0.5)),
  milliseconds(percentile(numbers, 0.95)),
]

/** Opens a page repeatedly in a browser that has seen it before: in the same tab, or in a new one. */
const measureStarts = async (
  context: BrowserContext,
  serve: () => Promise<{ readonly url: string; readonly close: () => Promise<void> }>,
  what: string,
  tab: 'same tab' | 'new tab',
  size = popup,
) => {
  const server = await serve()
  const name = `${what}, ${tab}`
  const starts: v.InferOutput<typeof startSchema>[] = []
  let page = await open(context, server.url, size)
  // The first ones warm the browser's caches: it keeps compiled scripts from the second time on.
  for (let run = -3; run < Number(values.starts); run += 1) {
    await rest(page)
    if (tab === 'new tab') {
      await page.close()
      page = await open(context, server.url, size)
    } else {
      await page.reload()
      await isShown(page)
    }
    if (run >= 0) starts.push(v.parse(startSchema, await page.evaluate(readStart)))
  }
  await page.close()
  await server.close()
  const longest = starts.map(({ longTasks }) => Math.max(0, ...longTasks))
  return [
    [`first contentful paint, ${name}`, ...medianAnd95(starts.map(({ contentful }) => contentful)), ''],
    [`first row painted, ${name}`, ...medianAnd95(starts.map(({ row }) => row)), '< 150 ms'],
    [`longest task of a start, ${name}`, ...medianAnd95(longest), ''],
  ]
}

/** A list to scroll: the selector of its scroll container, and a point inside that. */
interface Scrolled {
  readonly name: string
  readonly area: 'main' | '[data-scrolls]'
  readonly x: number
}

const scroll = async (browser: Browser, page: Page, { area, x }: Scrolled): Promise<Frames> => {
  // Not beyond its end: then nothing would be drawn.
  const room = await page.evaluate(
    `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('${area}'))`,
  )
  const session = await page.context().newCDPSession(page)
  await browser.startTracing(page, { categories: frameCategories })
  const gesture = { x, y: 300, speed: 3000, gestureSourceType: 'mouse' } as const
  await session.send('Input.synthesizeScrollGesture', { ...gesture, yDistance: -Math.min(9000, Number(room)) })
  const trace = await browser.stopTracing()
  await session.detach()
  return scrollFrames(trace)
}

const measureScrolling = async (browser: Browser, page: Page, scrolled: Scrolled) => {
  const { name, area } = scrolled
  const runs: Frames[] = []
  for (let run = 0; run < Number(values.scrolls); run += 1) {
    await page.evaluate(`document.querySelector('${area}').scrollTo(0, 0)`)
    await rest(page)
    runs.push(await scroll(browser, page, scrolled))
  }
  return runs.map(({ expected, dropped, longest }, index) => [
    `${name}, ${index + 1}`,
    `${((60 * (expected - dropped)) / expected).toFixed(1)}`,
    `${dropped} of ${expected}`,
    `${longest.toFixed(0)} ms`,
  ])
}

/** Time for one account's new counts to get from the page server to the page, repeatedly. */
const measureUpdates = async (page: Page, server: SnapshotServer, name: string) => {
  await rest(page)
  await page.evaluate('noted.changes.length = noted.longTasks.length = 0')
  const pushed: number[] = []
  for (let run = 0; run < updates; run += 1) {
    const { accounts, ...others } = server.present()
    const place = (run * 7) % Math.min(accounts.length, 10)
    const changed = accounts.map((one, index) =>
      index === place
        ? {
            ...one,
            counts: counts({ notifications: 100 + run }),
            items: (one.items ?? []).map((item, at) => (at === 0 ? { ...item, read: !item.read } : item)),
          }
        : one,
    )
    pushed.push(performance.timeOrigin + performance.now())
    server.push({ ...others, accounts: changed })
    await until(page, `noted.changes.at(${run})?.onScreen !== undefined`)
    // Takes longer than the page server waits between two updates.
    await rest(page)
  }
  const changes = v.parse(changesSchema, await page.evaluate('noted.changes'))
  const longTasks = v.parse(v.array(v.number()), await page.evaluate('noted.longTasks'))
  return [
    [
      `update of one account, ${name}: in the document`,
      ...medianAnd95(changes.map(({ inDocument }, run) => inDocument - (pushed[run] ?? 0))),
      '',
    ],
    [
      `update of one account, ${name}: on the screen`,
      ...medianAnd95(changes.map(({ onScreen }, run) => onScreen - (pushed[run] ?? 0))),
      '',
    ],
    [
      `update of one account, ${name}: long tasks`,
      String(longTasks.length),
      milliseconds(Math.max(0, ...longTasks)),
      '',
    ],
  ]
}

const executablePath = chromiumPath()
const profile = mkdtempSync(path.join(tmpdir(), 'bench-ui-'))
// With its own profile on disk, like a user's browser, which caches files and compiled scripts.
const context = await chromium.launchPersistentContext(profile, {
  viewport: popup,
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  ...(executablePath === undefined ? {} : { executablePath }),
})
const browser = context.browser()
if (browser === null) throw new Error('this Chromium cannot be traced')
await context.addInitScript({ content: watch })

/** Prints each result at once, before anything else can fail. */
const report = (head: readonly string[], rows: readonly (readonly string[])[]): void => {
  printTable([head, ...rows])
  console.log(`${conditions().replace(/.*load/, 'load')}\n`)
}
const figures = ['', 'median', 'p95', 'goal']
const scrolling = ['scrolling', 'frames/s (goal 60)', 'dropped', 'longest']

console.log(conditions())
console.log(
  `Chromium ${browser.version()} without a graphics card; ${values.accounts} accounts with ${values.items} notifications each.\n`,
)
report(figures, await measureSizes())

const many = manyAccounts(Number(values.accounts), Number(values.items), Date.now())
const few = manyAccounts(10, 20, Date.now())
const serveWithIcons = (snapshot: Snapshot) => serveSnapshot(snapshot, {}, undefined, undefined, iconAt)
for (const tab of ['same tab', 'new tab'] as const) {
  report(figures, [
    ...(await measureStarts(context, serveBarePage, 'a bare page', tab)),
    ...(await measureStarts(context, () => serveWithIcons(few), '10 accounts', tab)),
    ...(await measureStarts(context, () => serveWithIcons(many), `${values.accounts} accounts`, tab)),
    ...(await measureStarts(context, () => serveWithIcons(few), 'wide, 10 accounts', tab, wideWindow)),
    ...(await measureStarts(context, () => serveWithIcons(many), `wide, ${values.accounts} accounts`, tab, wideWindow)),
  ])
}

const server = await serveWithIcons(many)
const page = await open(context, server.url)
report(figures, await measureUpdates(page, server, 'overview'))
report(figures, await measureBurst(page, server, 'overview'))
report(scrolling, await measureScrolling(browser, page, { name: 'overview', area: 'main', x: 180 }))
await page.getByRole('button', { name: 'All', exact: true }).click()
await page.getByRole('list', { name: 'Notifications' }).waitFor()
report(figures, await measureUpdates(page, server, 'inbox'))
report(scrolling, await measureScrolling(browser, page, { name: 'inbox', area: 'main', x: 180 }))
await page.close()

await server.close()
const besides = await serveWithIcons(many)
const wide = await context.newPage()
await wide.setViewportSize(wideWindow)
await wide.goto(besides.url)
await wide.getByRole('list', { name: 'Notifications' }).waitFor()
report(scrolling, [
  ...(await measureScrolling(browser, wide, { name: 'wide window, overview', area: '[data-scrolls]', x: 180 })),
  ...(await measureScrolling(browser, wide, { name: 'wide window, inbox', area: 'main', x: 800 })),
])
await context.close()
await besides.close()
rmSync(profile, { recursive: true, force: true })
