import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from 'playwright/test'
import type { Language } from '../../common/i18n/languages.ts'
import { now } from '../../common/testing/samples.ts'
import { chromiumPath } from '../system-parts.mjs'
import { crowdedAnswers } from './crowded-forums.ts'
import { crowdedViews } from './crowded-sample.ts'
import { needs } from './fixtures.ts'
import { openView } from './open-view.ts'
import { openSample, resetSample, type SampleView, sampleViews } from './sample-views.ts'

// Every view beside the pictures that are kept in test/e2e/pictures: each in English, light, as narrow as the popup, and each
// once more in another language, width or colour, so that any two of these are seen together somewhere; then what twenty
// forums look like, half of them in trouble, where there is most of everything. `npm run pictures:update` takes them anew;
// what has changed is then looked at before it is committed. `npm run pictures:all` puts every combination of all of these
// into test-results/pictures, to look at.

const languages = ['en', 'de', 'ar', 'ja'] as const satisfies readonly Language[]
/** The last one is what Windows calls a contrast theme. */
const looks = ['light', 'dark', 'contrast', 'forced'] as const
/** The popup; where two panes begin; where a notification is read beside the list; a whole screen. */
const widths = [360, 720, 1200, 1920] as const

/** How views are looked at. */
interface Look {
  readonly language: (typeof languages)[number]
  readonly look: (typeof looks)[number]
  readonly width: (typeof widths)[number]
  /** At 200 % the window has half as many pixels of CSS. */
  readonly zoom: 1 | 2
}

const osRelease = (): string => {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

needs('fonts')
needs('japanese')
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

test.slow()
test.use({ timezoneId: 'UTC', deviceScaleFactor: 1, viewport: popup, reducedMotion: 'reduce' })

const sizeOf = ({ width, zoom }: Look) => {
  const height = width === popup.width ? popup.height : 640
  return { width: width / zoom, height: height / zoom }
}

const isSection = (page: Page): boolean => /#\/settings\/./.test(page.url())

/**
 * What a popup shows is taken as a whole: so high that nothing has to be scrolled, but for what lies in a dialog, or is one
 * section of the settings.
 */
const showAll = async (page: Page, look: Look): Promise<void> => {
  const isPart = (await page.locator('dialog[open]').count()) > 0 || isSection(page)
  if (look.width > popup.width || isPart) return
  const { width, height } = sizeOf(look)
  const more = Number(
    await page.evaluate(
      "Math.max(0, document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight)",
    ),
  )
  await page.setViewportSize({ width, height: Math.min(height + more, 4000) })
}

/** In the page: whether the icons and faces that are in sight have come; others are not asked for yet. */
const picturesAreThere = `[...document.images].every((image) =>
  image.complete || image.getBoundingClientRect().top > innerHeight || image.getBoundingClientRect().bottom < 0)`

/** Opens views one after the other, each as it is to be looked at. */
const lookAt = async (
  page: Page,
  look: Look,
  views: readonly SampleView[],
  take: (view: SampleView) => Promise<unknown>,
): Promise<void> => {
  const forcedColors = look.look === 'forced' ? 'active' : 'none'
  await page.emulateMedia({ forcedColors, colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(sizeOf(look))
  const theme = look.look === 'forced' ? 'light' : look.look
  const sample = await openSample(page, { language: look.language, theme }, crowdedAnswers)
  for (const view of views) {
    await page.clock.setFixedTime(now)
    await openView(sample, view)
    await page.mouse.move(sizeOf(look).width - 1, 0)
    await showAll(page, look)
    await expect.poll(() => page.evaluate(picturesAreThere)).toBe(true)
    await take(view)
    await page.setViewportSize(sizeOf(look))
    await resetSample(sample)
  }
  await sample.server.close()
}

/** What can be done with a row shows at the pointer in the popup; a wide window has other rows. */
const popupOnly: ReadonlySet<SampleView['name']> = new Set(['expanded'])

const viewsFor = ({ width }: Look) => sampleViews.filter(({ name }) => width === popup.width || !popupOnly.has(name))

const plain: Look = { language: 'en', look: 'light', width: 360, zoom: 1 }

/** Sixteen looks in which any two of language, look and width come together once, each view in one of them. */
const mixed = Array.from({ length: languages.length * widths.length }, (_, row) => {
  const [a, b] = [Math.floor(row / widths.length), row % widths.length]
  const look: Look = {
    language: languages[a] ?? 'en',
    width: widths[b] ?? 360,
    look: looks[(a + b) % looks.length] ?? 'light',
    zoom: (a + 2 * b) % 4 === 0 ? 2 : 1,
  }
  const views = sampleViews.filter((_view, place) => place % 16 === row)
  return { look, views: views.filter((view) => viewsFor(look).includes(view)) }
})

/** What is looked at where there is much of everything: each width, language and look once or twice. */
const crowdedLooks: readonly (Look & { readonly views: readonly string[] })[] = [
  { ...plain, views: ['home', 'home, opened'] },
  { ...plain, language: 'de', views: ['sign-ins and notices', 'access'] },
  { ...plain, language: 'ja', views: ['settings, alerts'] },
  { ...plain, language: 'ar', look: 'forced', views: ['home, opened'] },
  { language: 'de', look: 'dark', width: 720, zoom: 1, views: ['home'] },
  { language: 'en', look: 'light', width: 720, zoom: 1, views: ['access'] },
  { language: 'ar', look: 'contrast', width: 1200, zoom: 1, views: ['home'] },
  { language: 'de', look: 'light', width: 1200, zoom: 2, views: ['all'] },
  { language: 'ja', look: 'light', width: 1920, zoom: 1, views: ['home'] },
]

const nameOf = ({ language, look, width, zoom }: Look): string =>
  `${language}-${look}-${width}${zoom === 2 ? '-at-200' : ''}`

if (process.env['PICTURES'] === 'all') {
  for (const language of languages) {
    for (const look of looks) {
      test(`all views, ${language}, ${look}`, async ({ page }) => {
        test.setTimeout(1_800_000)
        for (const width of widths) {
          for (const zoom of width === 1920 ? ([1] as const) : ([1, 2] as const)) {
            const each: Look = { language, look, width, zoom }
            const folder = fileURLToPath(new URL(`../../test-results/pictures/${nameOf(each)}/`, import.meta.url))
            await lookAt(page, each, [...viewsFor(each), ...crowdedViews], ({ name }) =>
              page.screenshot({ path: `${folder}${name}.png` }),
            )
          }
        }
      })
    }
  }
} else {
  test('every view looks as it did', async ({ page }) => {
    await lookAt(page, plain, sampleViews, ({ name }) =>
      expect.soft(page).toHaveScreenshot(['en', 'light', `${name}.png`]),
    )
  })

  for (const group of [mixed.filter((_, row) => row % 2 === 0), mixed.filter((_, row) => row % 2 === 1)]) {
    test(`views look as they did: ${group.map(({ look }) => nameOf(look)).join(', ')}`, async ({ page }) => {
      for (const { look, views } of group) {
        await lookAt(page, look, views, ({ name }) =>
          expect.soft(page).toHaveScreenshot(['mixed', `${name}-${nameOf(look)}.png`]),
        )
      }
    })
  }

  for (const width of [360, 720, 1200, 1920]) {
    test(`twenty forums look as they did, ${width} px`, async ({ page }) => {
      for (const { views, ...look } of crowdedLooks.filter((one) => one.width === width)) {
        const named = crowdedViews.filter(({ name }) => views.includes(name))
        expect(named).toHaveLength(views.length)
        await lookAt(page, look, named, ({ name }) =>
          expect.soft(page).toHaveScreenshot(['crowded', `${name.replaceAll(/\W+/g, '-')}-${nameOf(look)}.png`]),
        )
      }
    })
  }

  test('a wide window looks as it did', async ({ page }) => {
    const wide = (width: 720 | 1200): Look => ({ ...plain, width })
    const named = (...names: readonly string[]) => sampleViews.filter(({ name }) => names.includes(name))
    await lookAt(page, wide(720), named('overview', 'settings', 'welcome'), ({ name }) =>
      expect.soft(page).toHaveScreenshot(['en', 'light', `wide-${name}.png`]),
    )
    await lookAt(page, wide(1200), named('overview'), () =>
      expect.soft(page).toHaveScreenshot(['en', 'light', 'wide-reading.png']),
    )
  })
}
