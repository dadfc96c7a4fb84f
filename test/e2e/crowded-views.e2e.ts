import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import type { Language } from '../../common/i18n/languages.ts'
import { now } from '../../common/testing/samples.ts'
import { crowdedAnswers } from './crowded-forums.ts'
import { crowdedViews } from './crowded-sample.ts'
import { needs } from './fixtures.ts'
import { inLetters, overflowing, overlapping } from './in-page.ts'
import { openView } from './open-view.ts'
import { openSample, resetSample, type SampleView } from './sample-views.ts'

// What has to hold where there is much of everything: twenty forums, half of them in trouble, and names of every length.

needs('browser')
test.use({ reducedMotion: 'reduce' })

type Look = Parameters<typeof openSample>[1]

/** Opens views one after the other, and tells what was found in each. */
const inViews = async (
  page: Page,
  look: Look,
  find: (view: SampleView) => Promise<unknown>,
  views: readonly SampleView[] = crowdedViews,
): Promise<void> => {
  const sample = await openSample(page, look, crowdedAnswers)
  for (const view of views) {
    await page.clock.setFixedTime(now)
    await openView(sample, view)
    expect.soft(await find(view), view.name).toEqual([])
    await resetSample(sample)
  }
  await sample.server.close()
}

const named = (...names: readonly string[]) => crowdedViews.filter(({ name }) => names.includes(name))

const axe = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const [theme, colorScheme] of [
  ['light', 'light'],
  ['dark', 'dark'],
  ['contrast', 'light'],
  ['contrast', 'dark'],
] as const) {
  test(`axe finds nothing where there is much, ${theme} on ${colorScheme}`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width: 360, height: 520 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Between them these have every colour there is; axe takes its time.
    const colorful = named('home, opened', 'sign-ins and notices', 'all', 'access', 'settings, alerts')
    await inViews(page, { language: 'en', theme }, () => axe(page), theme === 'contrast' ? colorful : crowdedViews)
  })
}

for (const [language, width, height] of [
  ['de', 180, 260],
  ['ar', 180, 260],
  ['de', 360, 520],
  ['en', 720, 640],
  ['de', 1200, 760],
] as const satisfies readonly (readonly [Language, number, number])[]) {
  test(`where there is much, nothing is cut off, lies over another or comes apart, ${language}, ${width} px`, async ({
    page,
  }) => {
    test.slow()
    await page.setViewportSize({ width, height })
    await inViews(page, { language, theme: 'light' }, async () =>
      [await page.evaluate(overlapping), await page.evaluate(overflowing), await page.evaluate(inLetters)].flat(),
    )
  })
}

test('rows that the browser has not laid out yet lie over nothing', async ({ page }) => {
  await page.setViewportSize({ width: 180, height: 260 })
  const sample = await openSample(page, { language: 'de', theme: 'light' }, crowdedAnswers)
  for (const view of named('home')) await openView(sample, view)
  const folded = "document.querySelector('[data-row] > button[aria-expanded=false]')"
  const unfold = `(async () => { for (let fold; (fold = ${folded}); await 0) { fold.scrollIntoView(); fold.click() } })()`
  // Directly after it, before a frame: what is new has the height of a guess, and words that are higher.
  expect(await page.evaluate(`${unfold}.then(() => ${overlapping})`)).toEqual([])
  await sample.server.close()
})

/** In the page: how far the page itself can be scrolled once everything in it has been; only its panes may scroll. */
const scrolledPage = `(() => {
  for (const element of document.querySelectorAll('main, main *, [data-scrolls], nav, aside')) {
    if (/auto|scroll/.test(getComputedStyle(element).overflowY)) element.scrollTo(0, element.scrollHeight)
  }
  return [document.documentElement, document.body].flatMap(({ scrollHeight }) => scrollHeight > innerHeight ? [scrollHeight] : [])
})()`

test('only the panes scroll, not the page with its headers', async ({ page }) => {
  test.slow()
  await page.setViewportSize({ width: 360, height: 520 })
  await inViews(page, { language: 'en', theme: 'light' }, () => page.evaluate(scrolledPage))
})

for (const [where, width, rows] of [
  ['the popup', 360, '[data-account] li a'],
  ['the popup, all notifications', 360, 'main [data-row] a'],
  ['a wide window', 720, 'main [data-row] a'],
  ['the forums beside a list', 720, 'nav li a[aria-label]'],
] as const) {
  test(`nothing lies over an open menu in ${where}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 520 })
    const sample = await openSample(page, { language: 'en', theme: 'light' })
    const isAll = where.endsWith('notifications')
    for (const view of named(isAll ? 'all' : 'home')) await openView(sample, view)
    for (const place of [0, 2, 4]) {
      await page.locator(rows).nth(place).click({ button: 'right' })
      const items = page.getByRole('menuitem')
      await items.first().waitFor()
      const covered = await items.evaluateAll((elements) =>
        elements.flatMap((element) => {
          // A low window has a menu that scrolls.
          element.scrollIntoView({ block: 'nearest' })
          const { left, right, top, bottom } = element.getBoundingClientRect()
          const lines = [left + 4, (left + right) / 2, right - 4]
          const isOnTop = lines.every((x) =>
            element.contains(element.ownerDocument.elementFromPoint(x, (top + bottom) / 2)),
          )
          return isOnTop ? [] : [element.textContent]
        }),
      )
      expect.soft(covered, `row ${place}`).toEqual([])
      await page.keyboard.press('Escape')
      await items.first().waitFor({ state: 'detached' })
    }
    await sample.server.close()
  })
}

test('in the popup at 200 % a row of Home has its menu too', async ({ page }) => {
  await page.setViewportSize({ width: 180, height: 260 })
  const sample = await openSample(page, { language: 'de', theme: 'light' })
  for (const view of named('home')) await openView(sample, view)
  await page.locator('[data-account] li a').first().click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: sample.t('home.open') })).toBeVisible()
  await sample.server.close()
})

/** In the page: buttons that share a line but not a height, and short words on a button that are broken into lines. */
const unlikeButtons = `(() => {
  const scope = document.querySelector('dialog[open]') ?? document.body
  const seen = [...scope.querySelectorAll('button[class*=button], a[class*=button]')].filter((button) => button.checkVisibility() && button.textContent.trim() !== '')
  const boxOf = (button) => button.getBoundingClientRect()
  const linesOf = (button) => {
    const texts = [...button.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    const tops = texts.flatMap((text) => {
      const range = document.createRange()
      range.selectNodeContents(text)
      return [...range.getClientRects()].map(({ top }) => Math.round(top))
    })
    return new Set(tops).size
  }
  const broken = seen.filter((button) => button.textContent.trim().length < 12 && linesOf(button) > 1)
  const unlike = seen.filter((button) => seen.some((other) =>
    other !== button && other.parentElement === button.parentElement && linesOf(other) === 1 && linesOf(button) === 1 &&
    Math.abs(boxOf(other).top + boxOf(other).bottom - boxOf(button).top - boxOf(button).bottom) < 8 &&
    Math.abs(boxOf(other).height - boxOf(button).height) > 1))
  return [...broken.map((button) => 'in lines: ' + button.textContent), ...unlike.map((button) => 'unlike: ' + button.textContent)]
})()`

for (const width of [360, 1200]) {
  test(`buttons beside each other are of one kind, and short words stay whole, ${width} px`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width, height: 640 })
    await inViews(page, { language: 'en', theme: 'light' }, () => page.evaluate(unlikeButtons))
  })
}

/** In the page: paragraphs, and buttons without a ground that begin a line, whose words do not begin where others do. */
const outOfLine = (within: string): string => `(() => {
  const frame = document.querySelector(${JSON.stringify(within)})
  const { left } = frame.getBoundingClientRect()
  const begin = left + parseFloat(getComputedStyle(frame).paddingLeft)
  const wordsOf = (element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect()
  }
  const isBeginning = (element) => wordsOf(element).left - begin < 16
  return [...frame.querySelectorAll('p:not(:has(button)), button[class*=quiet], button[class*=danger]')]
    .filter((element) => element.checkVisibility() && isBeginning(element) && Math.abs(wordsOf(element).left - begin) > 1)
    .map((element) => element.textContent + ' begins at ' + (wordsOf(element).left - begin))
})()`

test('in a dialog words begin at one edge, those of quiet buttons too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await inViews(
    page,
    { language: 'en', theme: 'light' },
    () => page.evaluate(outOfLine('dialog[open] form, dialog[open] [class*=step]')),
    crowdedViews.filter(({ name }) => name.startsWith('adding, ') && !name.includes('asked for')),
  )
})

test('in the popup the words of a pending sign-in begin where those of forums do', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  for (const view of named('sign-ins and notices')) await openView(sample, view)
  const attempts = page.getByRole('list', { name: sample.t('overview.attempts') })
  const title = await attempts.getByRole('paragraph').first().boundingBox()
  const forum = await page.locator('[data-row] h2').first().boundingBox()
  expect(title?.x).toBe(forum?.x)
  await sample.server.close()
})

test('what rules are about, and what they do, stand below each other', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  for (const view of named('settings, alerts')) await openView(sample, view)
  const rules = page.getByRole('list', { name: sample.t('settings.rules') }).getByRole('listitem')
  const places = await rules.evaluateAll((elements) =>
    elements.map((rule) =>
      [...rule.querySelectorAll('span')].map((words) => Math.round(words.getBoundingClientRect().left)),
    ),
  )
  expect(places).toHaveLength(2)
  expect(places[0]).toEqual(places[1])
  await sample.server.close()
})

test('a folded row of two lines is higher than its words', async ({ page }) => {
  await page.setViewportSize({ width: 300, height: 640 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  for (const view of named('home')) await openView(sample, view)
  const folded = page.locator('[data-row] > button[aria-expanded=false]')
  const tight: unknown = await folded.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const range = element.ownerDocument.createRange()
      range.selectNodeContents(element)
      const room = element.getBoundingClientRect().height - range.getBoundingClientRect().height
      return room < 6 ? [`${element.textContent}: ${room}`] : []
    }),
  )
  expect(tight).toEqual([])
  await sample.server.close()
})

test('what can be undone stands below the list that it is about', async ({ page }) => {
  for (const width of [720, 1200, 1920]) {
    await page.setViewportSize({ width, height: 640 })
    const sample = await openSample(page, { language: 'en', theme: 'light' }, crowdedAnswers)
    for (const view of named('home')) await openView(sample, view)
    await page.getByRole('button', { name: sample.t('inbox.markAll') }).click()
    const undo = page.getByRole('button', { name: sample.t('undo.undo') })
    await undo.waitFor()
    const bar = await page.getByRole('status').filter({ has: undo }).getByRole('paragraph').boundingBox()
    const search = await page.getByRole('searchbox').boundingBox()
    expect.soft(bar?.x, `${width} px`).toBe(search?.x)
    await sample.server.close()
  }
})

test('a wide window without notifications has no empty pane beside the list', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 900 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  const read = page.getByRole('complementary', { name: sample.t('inbox.selected') })
  await expect(read).toBeVisible()
  sample.server.push({
    ...sample.snapshot,
    accounts: sample.snapshot.accounts.map((account) => ({ ...account, items: [] })),
  })
  await expect(page.getByText(sample.t('inbox.empty'))).toBeVisible()
  await expect(read).toHaveCount(0)
  await sample.server.close()
})
