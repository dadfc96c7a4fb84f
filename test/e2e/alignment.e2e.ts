import { expect, type Page, test } from 'playwright/test'
import { type Language, languages } from '../../common/i18n/languages.ts'
import { crowdedAnswers } from './crowded-forums.ts'
import { crowdedViews } from './crowded-sample.ts'
import { needs } from './fixtures.ts'
import { painted } from './in-page.ts'
import { openView } from './open-view.ts'
import { openSample, type SamplePage, sampleViews } from './sample-views.ts'

// What stands in one line, and where lines begin and end, in every language: with twenty forums, half of them in trouble.

needs('browser')
test.use({ reducedMotion: 'reduce' })

const all = Object.keys(languages).filter((language) => language !== 'system') as readonly Language[]

/** Opens a view, and looks at it in each language. */
const inLanguages = async (
  page: Page,
  view: string,
  find: (sample: SamplePage, language: Language) => Promise<unknown>,
  spoken: readonly Language[] = all,
): Promise<void> => {
  const sample = await openSample(page, { language: 'en', theme: 'light' }, crowdedAnswers)
  await openView(
    sample,
    [...crowdedViews, ...sampleViews].find(({ name }) => name === view),
  )
  for (const language of spoken) {
    const present = sample.server.present()
    const appearance = { ...present.preferences.appearance, language }
    sample.server.push({ ...present, preferences: { ...present.preferences, appearance } })
    await page.locator(`html[lang^="${language}"]`).waitFor()
    await page.evaluate(painted)
    expect.soft(await find(sample, language), language).toEqual([])
  }
  await sample.server.close()
}

/** In the page: how far the tabs are from one line, and from being in sight where one is chosen. */
const outOfLine = `(() => {
  const line = document.querySelector('[role=tablist]').getBoundingClientRect()
  const tabs = [...document.querySelectorAll('[role=tab]')]
  const broken = tabs.filter((tab) => tab.getBoundingClientRect().top !== tabs[0].getBoundingClientRect().top)
  const { left, right } = document.querySelector('[role=tab][aria-selected=true]').getBoundingClientRect()
  const isHidden = left < line.left - 1 || right > line.right + 1
  return [...broken.map((tab) => tab.textContent), ...(isHidden ? ['the chosen one is out of sight'] : [])]
})()`

for (const width of [720, 1200]) {
  test(`the kinds above a list stand in one line, and the chosen one is in sight, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await inLanguages(page, 'home', async () => {
      const found: unknown[] = []
      const tabs = page.getByRole('tab')
      await tabs.first().focus()
      for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'Home'] as const) {
        await page.keyboard.press(key)
        await page.evaluate(painted)
        found.push(await page.evaluate(outOfLine))
      }
      return found.flat()
    })
  })
}

test('a kind that is half in sight is pressed, and the next one comes into sight', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 640 })
  await inLanguages(
    page,
    'home',
    async () => {
      const tabs = page.getByRole('tab')
      const count = await tabs.count()
      for (let place = 0; place < count; place += 1) {
        // What is out of sight cannot be pressed there.
        const inSight = await tabs.nth(place).evaluate((tab) => {
          const { left, right } = tab.getBoundingClientRect()
          return tab.contains(
            tab.ownerDocument.elementFromPoint((left + right) / 2, tab.getBoundingClientRect().top + 8),
          )
        })
        if (!inSight) return [`${place} is out of sight`]
        await tabs.nth(place).click()
        await expect(tabs.nth(place)).toHaveAttribute('aria-selected', 'true')
        await page.evaluate(painted)
      }
      await tabs.first().click()
      return []
    },
    ['de', 'fr', 'ar'],
  )
})

/** In the page: dates of accounts in the popup that are broken, or begin neither where the name does nor after another. */
const unevenDates = `(() => {
  const isRight = document.dir === 'rtl'
  const wordsOf = (element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range
  }
  const beginOf = (element) => {
    const { left, right } = wordsOf(element).getBoundingClientRect()
    return isRight ? right : left
  }
  return [...document.querySelectorAll('tbody tr:first-child')].flatMap((row) => {
    const name = row.querySelector('th bdi').getBoundingClientRect()
    const begin = isRight ? name.right : name.left
    if (name.width < 4) return ['no room for ' + row.textContent]
    const dates = [...row.querySelectorAll('td')].filter((cell) => cell.checkVisibility() && cell.querySelector('button') === null && cell.textContent.trim() !== '')
    return dates.flatMap((date, place) => {
      const lines = new Set([...wordsOf(date).getClientRects()].map(({ top }) => Math.round(top)))
      const isFirst = place === 0 || date.getBoundingClientRect().top > dates[place - 1].getBoundingClientRect().top
      return [
        ...(lines.size > 1 ? ['broken: ' + date.textContent] : []),
        ...(isFirst && Math.abs(beginOf(date) - begin) > 1 ? [date.textContent + ' begins at ' + beginOf(date) + ', not at ' + begin] : []),
      ]
    })
  })
})()`

test('in the popup what is known of an account begins below its name, and no date is broken', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inLanguages(page, 'access', () => page.evaluate(unevenDates))
})

/** In the page: buttons that reach into the margin at the end of their section. Words of quiet ones begin at its other one. */
const beyondEnds = `[...document.querySelectorAll('section :is(button, a)[class*=button]')].flatMap((button) => {
  const room = document.dir === 'rtl'
    ? button.getBoundingClientRect().left - button.closest('section').getBoundingClientRect().left
    : button.closest('section').getBoundingClientRect().right - button.getBoundingClientRect().right
  return button.checkVisibility() && room < 14 ? [button.textContent + ': ' + room] : []
})`

test('no button in the settings is wider than its section', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inLanguages(page, 'settings, alerts', () => page.evaluate(beyondEnds))
})

/** In the page: what helps against a trouble but begins before the words on it, and states apart from their forums. */
const apart = `[...document.querySelectorAll('[data-row]')].flatMap((row) => {
  const words = row.querySelector('div:has(> p > a)')
  if (words === null) return []
  const isRight = document.dir === 'rtl'
  const begin = (element) => isRight ? innerWidth - element.getBoundingClientRect().right : element.getBoundingClientRect().left
  const end = (element) => isRight ? innerWidth - element.getBoundingClientRect().left : element.getBoundingClientRect().right
  const [name, state] = words.querySelector('p').children
  const range = document.createRange()
  range.selectNodeContents(name)
  const isBeside = state.getBoundingClientRect().top < name.getBoundingClientRect().bottom - 4
  return [
    ...[...row.querySelectorAll('button')].filter((button) => button.checkVisibility() && begin(button) < begin(words) - 1).map((button) => button.textContent),
    ...(isBeside && Math.abs(begin(state) - end(range) - 8) > 1 ? [name.textContent + ' and its state: ' + (begin(state) - end(range))] : []),
  ]
})`

test('in the popup what helps against a trouble begins where its words do, and a state stands beside its forum', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inLanguages(page, 'home, opened', () => page.evaluate(apart))
})

/** In the page: permissions in a column of more than two lines beside a note, or whose words touch a line. */
const squeezed = `[...document.querySelectorAll('dialog li')].flatMap((row) => {
  const words = row.querySelector('[class*=scopeWords]')
  const range = document.createRange()
  range.selectNodeContents(words)
  const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
  const room = row.getBoundingClientRect().height - range.getBoundingClientRect().height
  return [...(lines > 2 ? [lines + ' lines: ' + words.textContent] : []), ...(room < 6 ? [room + ' px: ' + words.textContent] : [])]
})`

for (const width of [360, 720]) {
  test(`permissions that are asked for have room beside what is said of them, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await inLanguages(page, 'adding, what is asked for', () => page.evaluate(squeezed))
  })
}

/** In the page: numbers that do not end where the others do. */
const unevenEnds = `(() => {
  const isRight = document.dir === 'rtl'
  return [...document.querySelectorAll('main ul > li > span:last-child')].flatMap((number) => {
    const row = number.parentElement.getBoundingClientRect()
    const { left, right } = number.getBoundingClientRect()
    return Math.abs(isRight ? left - row.left : right - row.right) > 1 ? [number.parentElement.textContent] : []
  })
})()`

test('in the diagnostics all numbers of requests end at one edge', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  const sample = await openSample(page, { language: 'en', theme: 'light' }, crowdedAnswers)
  for (const view of crowdedViews.filter(({ name }) => name === 'home')) await openView(sample, view)
  await page.evaluate("location.hash = '#/diagnostics'")
  await page.getByText('linux x64', { exact: true }).waitFor()
  await page.evaluate(painted)
  expect(await page.evaluate(unevenEnds)).toEqual([])
  await sample.server.close()
})
