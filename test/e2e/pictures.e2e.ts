import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from 'playwright/test'
import type { Language } from '../../common/i18n/languages.ts'
import { chromiumPath } from '../system-parts.mjs'
import { needs } from './fixtures.ts'
import { openSample, resetSample, type SampleView, sampleViews } from './sample-views.ts'

// Every view, light and dark, beside the pictures that are kept in test/e2e/pictures. `npm run pictures:update` takes them
// anew; what has changed is then looked at before it is committed.

const languages: readonly Language[] = ['en', 'ar']

const osRelease = (): string => {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

needs('fonts')
base.skip(
  !/^ID=debian$/m.test(osRelease()) || chromiumPath() !== '/usr/bin/chromium',
  'the pictures were taken by the Chromium that Debian has; another draws a little differently',
)

const test = base.extend<object, { launchOptions: NonNullable<Parameters<typeof base.use>[0]['launchOptions']> }>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const FONTCONFIG_FILE = fileURLToPath(new URL('pictures/fonts.conf', import.meta.url))
      const args = [...(launchOptions.args ?? []), '--font-render-hinting=none', '--disable-lcd-text']
      await use({ ...launchOptions, args, env: { ...process.env, FONTCONFIG_FILE } })
    },
    { scope: 'worker' },
  ],
})

const popup = { width: 360, height: 520 }
const window = { width: 1000, height: 640 }
/** Wide enough to read a notification beside the list. */
const readingWindow = { width: 1200, height: 640 }

test.use({ timezoneId: 'UTC', deviceScaleFactor: 1, viewport: popup, reducedMotion: 'reduce' })

/** So high that nothing has to be scrolled, but for what lies in a dialog. */
const showAll = async (page: Page): Promise<void> => {
  const height = Number(
    await page.evaluate(
      "520 + Math.max(0, document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight)",
    ),
  )
  await page.setViewportSize({ ...popup, height: Math.min(height, 4000) })
}

/** The inbox comes by itself. */
const besideOverview: ReadonlySet<SampleView['name']> = new Set(['overview', 'settings', 'welcome'])

for (const language of languages) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every view looks as it did, ${language}, ${theme}`, async ({ page }) => {
      const sample = await openSample(page, { language, theme })
      for (const { name, open } of sampleViews) {
        await open(sample)
        await page.mouse.move(popup.width - 1, 0)
        if ((await page.locator('dialog[open]').count()) === 0) await showAll(page)
        await expect.soft(page).toHaveScreenshot([language, theme, `${name}.png`])
        await page.setViewportSize(popup)
        await resetSample(sample)
      }
      await sample.server.close()
    })

    test(`a wide window looks as it did, ${language}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(window)
      const sample = await openSample(page, { language, theme })
      for (const { name, open } of sampleViews.filter((view) => besideOverview.has(view.name))) {
        await open(sample)
        await page.mouse.move(window.width - 1, 0)
        await expect.soft(page).toHaveScreenshot([language, theme, `wide-${name}.png`])
        await resetSample(sample)
      }
      await page.setViewportSize(readingWindow)
      await expect.soft(page).toHaveScreenshot([language, theme, 'wide-reading.png'])
      await sample.server.close()
    })
  }
}
