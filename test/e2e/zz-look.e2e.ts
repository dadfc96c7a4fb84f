import { test } from './fixtures.ts'
import { openSample } from './sample-views.ts'

test('look', async ({ page }) => {
  test.setTimeout(120000)
  await page.setViewportSize({ width: 360, height: 520 })
  for (const [language, theme] of [
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
    ['de', 'light'],
    ['ja', 'light'],
  ] as const) {
    const s = await openSample(page, { language, theme })
    await page.waitForTimeout(400)
    await page.screenshot({ path: `/tmp/pics/home-${language}-${theme}.png` })
    await s.server?.close?.()
  }
})
