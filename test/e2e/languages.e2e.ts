import { expect, test } from 'playwright/test'
import type { Language } from '../../common/i18n/languages.ts'
import ar from '../../common/i18n/locales/ar.json' with { type: 'json' }
import en from '../../common/i18n/locales/en.json' with { type: 'json' }
import { needs } from './fixtures.ts'
import { openView } from './open-view.ts'
import { openSample, resetSample, type SamplePage, sampleViews } from './sample-views.ts'

// What has to hold in the other languages, most of which need more room than English.

needs('browser')

const popup = { width: 360, height: 520 }

/** In the page: the page's own words that are cut, in a line or in what a list shows of its choice. */
const cut = `(() => {
  const context = document.createElement('canvas').getContext('2d')
  const isCut = (element) => {
    const style = getComputedStyle(element)
    if (!element.matches('select')) return element.matches('.cut:not(.foreign)') && element.scrollWidth > element.clientWidth + 1
    context.font = style.font
    const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    return context.measureText(element.selectedOptions[0]?.text ?? '').width > room + 1
  }
  return [...document.querySelectorAll('.cut, select')].filter((element) => element.checkVisibility() && isCut(element)).map(
    (element) => element.matches('select') ? element.selectedOptions[0].text : element.textContent)
})()`

/** Where the page has most words in least room. */
const crowded = sampleViews.filter(({ name }) => ['banners', 'inbox', 'add-approve'].includes(name))

for (const language of ['ar', 'de', 'es', 'fr', 'ja', 'pt-BR', 'zh-CN'] as const satisfies readonly Language[]) {
  test(`no words of the page are cut in the popup: ${language}`, async ({ page }) => {
    await page.setViewportSize(popup)
    const sample = await openSample(page, { language })
    for (const view of crowded) {
      await openView(sample, view)
      expect.soft(await page.evaluate(cut), view.name).toEqual([])
      await resetSample(sample)
    }
    await sample.server.close()
  })
}

test('what is written into a field runs in its own direction', async ({ page }) => {
  const sample = await openSample(page, { language: 'ar' })
  for (const name of ['inbox', 'settings', 'add-waiting']) {
    await openView(
      sample,
      sampleViews.find((view) => view.name === name),
    )
    const fields = page.locator('input:not([type=checkbox], [type=file], [dir]), textarea:not([dir])')
    for (const field of await fields.all()) {
      await expect.soft(field, name).toHaveCSS('unicode-bidi', 'plaintext')
      await expect.soft(field, name).toHaveCSS('text-align', 'right')
    }
    expect(await fields.count()).toBeGreaterThan(0)
    await resetSample(sample)
  }
  await sample.server.close()
})

const entries = (texts: object): readonly string[] =>
  Object.values(texts).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? entries(value) : [String(value)],
  )

const arabic = new Set(entries(ar))
const englishOnly = new Set(entries(en).filter((text) => !arabic.has(text)))

/** In the page: all words that somebody sees or hears. What is announced now and then is told at its own time. */
const wordsInPage = `(() => {
  const words = [document.title]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.parentElement.closest('[role=status]') === null) words.push(node.textContent.trim())
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) words.push(element.getAttribute(name) ?? '')
  }
  return words
})()`

const speak = async ({ page, server }: SamplePage, language: Language): Promise<void> => {
  const now = server.present()
  const appearance = { ...now.preferences.appearance, language }
  server.push({ ...now, preferences: { ...now.preferences, appearance } })
  await page.locator(`html[lang="${language}"]`).waitFor()
}

test('another language is chosen while a view or a dialog is open: no English is left in it', async ({ page }) => {
  test.slow()
  await page.setViewportSize(popup)
  const sample = await openSample(page, { language: 'en' })
  for (const view of sampleViews) {
    await openView(sample, view)
    await speak(sample, 'ar')
    const left = async (): Promise<readonly string[]> =>
      [(await page.evaluate(wordsInPage)) as readonly string[]].flat().filter((words) => englishOnly.has(words))
    await expect.soft.poll(left, { message: view.name }).toEqual([])
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await resetSample(sample)
  }
  await sample.server.close()
})
