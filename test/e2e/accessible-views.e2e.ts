import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { diagnosisSteps } from '../../common/contract/diagnosis.ts'
import { fail, ok } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import type { Language } from '../../common/i18n/languages.ts'
import { minute, now } from '../../common/testing/samples.ts'
import type { Answers } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'
import { inLetters, overflowing, overlapping, targets } from './in-page.ts'
import { openView } from './open-view.ts'
import { openSample, resetSample, type SamplePage, type SampleView, sampleViews } from './sample-views.ts'

// What has to hold in every view, for those who magnify it, choose its colours, or have no mouse. The views of a real
// sign-in are looked at in accessibility.e2e.ts.

needs('browser')

type Look = Parameters<typeof openSample>[1]

/** Opens every view and looks at it; what was found is told for each. */
const inEveryView = async (
  page: Page,
  look: Look,
  find: (view: SampleView) => Promise<unknown>,
  views = sampleViews,
): Promise<void> => {
  const sample = await openSample(page, look)
  for (const view of views) {
    await openView(sample, view)
    expect.soft(await find(view), view.name).toEqual([])
    await resetSample(sample)
  }
  await sample.server.close()
}

/**
 * In the page: targets of less than 24 by 24 px (WCAG 2.2, 2.5.8), by what a press there would reach. Links in the middle
 * of a sentence are as high as it.
 */
const tooSmall = `(() => {
  ${targets}
  const small = targets.filter((target) => {
    if (getComputedStyle(target).display === 'inline') return false
    target.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = target.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    return [[-11, 0], [11, 0], [0, -11], [0, 11]].some(([right, down]) => {
      const hit = document.elementFromPoint(x + right, y + down)
      const label = hit?.closest('label')
      return hit === null || !(target.contains(hit) || hit.contains(target) && label?.control === target || label?.control === target)
    })
  })
  return small.map(nameOf)
})()`

/** In the page: what has the focus, unless a ring around it or around what it covers can be seen. */
const withoutRing = `(() => {
  const active = document.activeElement
  if (active === null || active === document.body) return []
  const around = [active, active.parentElement, active.parentElement?.parentElement]
  const hasRing = around.some((element) => [null, '::after', '::before'].some((pseudo) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element ?? active, pseudo)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor)
  }))
  return hasRing ? [] : [active.outerHTML.slice(0, 160)]
})()`

/** Goes through a view with the Tab key, and tells what shows no focus. */
const unseenFocus = async (page: Page): Promise<readonly unknown[]> => {
  const unseen: unknown[] = []
  const stops = Number(await page.evaluate(`(() => { ${targets}; return targets.length })()`))
  for (let stop = 0; stop < Math.min(stops, 40); stop += 1) {
    await page.keyboard.press('Tab')
    const found: unknown = await page.evaluate(withoutRing)
    if (Array.isArray(found)) unseen.push(...found)
  }
  return [...new Set(unseen)]
}

/** In the page, with forced colours: fields without an edge, and drawings in the colour of their ground. */
const lostInForcedColors = `(() => {
  ${targets}
  const edgeless = targets.filter((target) => target.matches('select, textarea, input:not([type=checkbox], [type=radio], [type=range])') &&
    parseFloat(getComputedStyle(target).borderTopWidth) === 0)
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (!/, 0\\)$/.test(backgroundColor)) return backgroundColor
    }
    return ''
  }
  const drawings = [...scope.querySelectorAll('svg')].filter((svg) => svg.checkVisibility() && getComputedStyle(svg).color === groundOf(svg))
  return [...edgeless, ...drawings].map((element) => element.outerHTML.slice(0, 160))
})()`

/** In the page: Latin text in an Arabic one that an ellipsis would take the beginning of, because it runs as the page does. */
const losingBeginnings = `[...document.querySelectorAll('html:dir(rtl) .cut')].filter((element) => {
  const [first] = element.textContent.match(/\\p{L}/u) ?? []
  const isLatin = first !== undefined && /\\p{Script=Latin}/u.test(first)
  return isLatin && element.checkVisibility() && getComputedStyle(element).unicodeBidi !== 'plaintext'
}).map((element) => 'loses its beginning: ' + element.textContent)`

for (const language of ['de', 'ar', 'ja'] as const satisfies readonly Language[]) {
  test(`in the popup at 200 % nothing is cut off, lies over another or comes apart into letters, ${language}`, async ({
    page,
  }) => {
    test.slow()
    await page.setViewportSize({ width: 180, height: 260 })
    await inEveryView(page, { language, theme: 'light' }, async () =>
      [
        await page.evaluate(overlapping),
        await page.evaluate(overflowing),
        await page.evaluate(inLetters),
        await page.evaluate(losingBeginnings),
      ].flat(),
    )
  })
}

/** In the page: sizes of text in pixels that are none of these, each with a text that has it. A picture's letter is no text. */
const otherSizes = (sizes: readonly number[]): string => `(() => {
  const found = new Map()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode
    if (textContent.trim() === '' || !element.checkVisibility() || element.closest('[aria-hidden=true], .visually-hidden') !== null) continue
    const size = parseFloat(getComputedStyle(element).fontSize)
    if (!${JSON.stringify(sizes)}.includes(size)) found.set(size, size + ' px: ' + textContent.trim().slice(0, 40))
  }
  return [...found.values()]
})()`

for (const [textSize, sizes] of [
  ['default', [12, 13, 15, 20]],
  ['largest', [16, 17, 20, 24]],
] as const) {
  test(`no text is smaller than 12 px, and every text has the size that was chosen, ${textSize}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 520 })
    await inEveryView(page, { language: 'en', theme: 'light', textSize }, async () =>
      [await page.evaluate(otherSizes(sizes)), await page.evaluate(overflowing)].flat(),
    )
  })
}

/** In the page: fields, lists and buttons with words whose height, corners or edge are none of these; and browsers' own arrows. */
const otherControls = `(() => {
  ${targets}
  const kinds = [
    ['input:not([type=checkbox], [type=radio], [type=range]), textarea', /^(28|textarea) 6 1 solid$/],
    ['select', /^28 6 1 /],
    ['summary', /^flex$/],
  ]
  return targets.flatMap((target) => kinds.flatMap(([selector, expected]) => {
    if (!target.matches(selector)) return []
    const { height, borderRadius, borderTopWidth, borderTopStyle, borderTopColor, display } = getComputedStyle(target)
    const edge = /, 0\\)$/.test(borderTopColor) ? 'none' : borderTopStyle
    const kind = selector === 'summary' ? display
      : [target.matches('textarea') ? 'textarea' : parseFloat(height), parseFloat(borderRadius), parseFloat(borderTopWidth), edge].join(' ')
    return expected.test(kind) ? [] : [kind + ': ' + nameOf(target)]
  }))
})()`

test('fields and lists are as high as buttons, fields have one edge, and what opens has one arrow', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inEveryView(page, { language: 'en', theme: 'light' }, () => page.evaluate(otherControls))
})

test('in the popup at 200 % the list has the whole window, under a pause and an offer', async ({ page, context }) => {
  await page.setViewportSize({ width: 180, height: 260 })
  // Who has not decided is made the offer.
  await context.clearPermissions()
  const sample = await openSample(page, { language: 'de', theme: 'light' }, {}, async () => true)
  const until = now + 60 * minute
  const { preferences } = sample.snapshot
  sample.server.push({
    ...sample.snapshot,
    quiet: { isQuiet: true, reason: 'paused', until },
    preferences: { ...preferences, quiet: { ...preferences.quiet, pausedUntil: until } },
  })
  await page.getByRole('button', { name: sample.t('quiet.resume') }).waitFor()
  // An offer that came after the first view is made with the next one.
  await page.getByRole('button', { name: sample.t('settings.title') }).click()
  await page.getByRole('button', { name: sample.t('access.back') }).click()
  const offer = page.getByRole('button', { name: sample.t('alerts.show') })
  await offer.scrollIntoViewIfNeeded()
  await expect(offer).toBeInViewport()

  const list = page.getByRole('list', { name: sample.t('overview.accounts') })
  await list.getByRole('listitem').last().scrollIntoViewIfNeeded()
  // What a user sees of the list: what lies over it, and what takes its place, do not count.
  const shown = await list.evaluate((element, height) => {
    const { left, right } = element.getBoundingClientRect()
    const rows = Array.from({ length: height }, (_, y) => element.ownerDocument.elementFromPoint((left + right) / 2, y))
    return rows.filter((at) => element.contains(at)).length
  }, 260)
  expect(shown).toBeGreaterThan(3 * 44)
  await sample.server.close()
})

test('in the popup no heading lies over an open menu', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  // Its menu reaches over the heading above it.
  await page.locator('[data-account=account-1] li a').nth(1).click({ button: 'right' })
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  const covered = await items.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const onTop = element.ownerDocument.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return element.contains(onTop) ? [] : [element.textContent]
    }),
  )
  expect(covered).toEqual([])
  await sample.server.close()
})

test('in the popup at 200 % a sentence in the inbox has several lines in Arabic too', async ({ page }) => {
  await page.setViewportSize({ width: 180, height: 260 })
  const sample = await openSample(page, { language: 'ar', theme: 'light' })
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  const list = page.getByRole('list', { name: sample.t('inbox.list') })
  const { height = 0 } = (await list.getByRole('link').first().boundingBox()) ?? {}
  expect(height).toBeGreaterThan(2 * 19)
  await sample.server.close()
})

test('the buttons of an account that waits for the keychain lie neither on its words nor on each other, in the popup, de', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 520 })
  const sample = await openSample(page, { language: 'de', theme: 'light' })
  const { accounts } = sample.snapshot
  // Two have a row each; more are one row with a button for all.
  for (const count of [2, accounts.length]) {
    const locked = accounts.map(
      (one, place): AccountView => (place < count ? { ...one, state: { kind: 'locked' } } : one),
    )
    sample.server.push({ ...sample.snapshot, accounts: locked })
    const retries = page.getByRole('button', { name: sample.t('vault.retry') })
    await expect(retries).toHaveCount(count === 2 ? 2 : 1)
    await retries.last().hover()
    expect(await page.evaluate(overlapping)).toEqual([])
    const row = page.getByRole('listitem').filter({ has: retries }).last()
    const buttons = await row.getByRole('button').all()
    const boxes = (await Promise.all(buttons.map((button) => button.boundingBox()))).filter((box) => box !== null)
    expect(boxes.length).toBeGreaterThan(1)
    // Those for which there is no room beside the others lie below them.
    const covered = boxes.filter(({ x, y, width, height }, index) =>
      boxes.some((other, at) => {
        const isBeside = other.x >= x + width || x >= other.x + other.width
        return at > index && !isBeside && other.y < y + height && y < other.y + other.height
      }),
    )
    expect(covered).toEqual([])
  }
  await sample.server.close()
})

test('in the popup no sentence of the settings is a narrow column beside its button, es', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inEveryView(
    page,
    { language: 'es', theme: 'light' },
    () =>
      page.evaluate(`[...document.querySelectorAll('main p')]
        .filter((sentence) => sentence.offsetHeight > 100 && sentence.offsetWidth < 120)
        .map((sentence) => sentence.outerHTML)`),
    sampleViews.filter(({ name }) => name === 'settings'),
  )
})

test('what a connection test has found stands beside the names of its steps, not on them, de', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  const sample = await openSample(
    page,
    { language: 'de', theme: 'light' },
    { 'diagnose.site': () => ok(diagnosisSteps.map((name) => ({ name, outcome: 'ok', fact: null }))) },
  )
  await openView(
    sample,
    sampleViews.find(({ name }) => name === 'diagnostics'),
  )
  await page.getByRole('button', { name: sample.t('diagnostics.test'), exact: true }).click()
  const steps = page.getByRole('list', { name: sample.t('diagnostics.connection') }).getByRole('listitem')
  await expect(steps).toHaveCount(diagnosisSteps.length)
  const crowded: unknown = await page.evaluate(`[...document.querySelectorAll('ol[aria-label] > li')].filter((row) => {
    const [name, finding] = row.querySelectorAll('span')
    const words = document.createRange()
    words.selectNodeContents(name)
    return finding.getBoundingClientRect().left - words.getBoundingClientRect().right < 7
  }).map((row) => row.textContent)`)
  expect(crowded).toEqual([])
  await sample.server.close()
})

test('a dialog over a table begins its lines where other dialogs do', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 640 })
  await inEveryView(
    page,
    { language: 'en', theme: 'light' },
    async () => {
      await expect(page.getByRole('dialog').getByRole('paragraph')).toHaveCSS('text-align', 'start')
      return []
    },
    sampleViews.filter(({ name }) => name === 'revoke'),
  )
})

for (const language of ['en', 'ar'] as const satisfies readonly Language[]) {
  test(`nothing is lost at 320 px, which is 400 % on a screen of 1280 px, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 256 })
    await inEveryView(page, { language, theme: 'light' }, () => page.evaluate(overflowing))
  })
}

test('a view that opens with the focus on it has no frame around it, and the next Tab shows where it goes', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1200, height: 640 })
  const sample = await openSample(page, { language: 'en', theme: 'light' })
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  const main = page.getByRole('main')
  await expect(main).toBeFocused()
  await expect(main).toHaveCSS('outline-style', 'none')
  await page.keyboard.press('Tab')
  await expect(main).not.toBeFocused()
  expect(await page.evaluate(withoutRing)).toEqual([])
  await sample.server.close()
})

const colorful = new Set(['expanded', 'banners', 'inbox', 'revoke', 'settings', 'add-waiting'])

/** What axe finds of text that does not stand out from its ground. */
const lowContrast = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).withRules('color-contrast').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const theme of ['light', 'dark'] as const) {
  test(`text can be read while the notifier does not answer, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const sample = await openSample(page, { language: 'en', theme })
    await sample.server.close()
    await page.getByText(sample.t('page.lost')).waitFor()
    expect(await lowContrast(page)).toEqual([])
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`text stands out in every colour of high contrast, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Between them these have every colour there is; axe takes its time.
    const views = sampleViews.filter(({ name }) => colorful.has(name))
    expect(views.length).toBe(colorful.size)
    await inEveryView(page, { language: 'en', theme: 'contrast' }, () => lowContrast(page), views)
  })
}

const failing = fail('site_busy', { host: 'meta.example', status: 502 })
/** What commands give back in the states that follow; the address decides how a sign-in fails. */
const rareAnswers: Answers = {
  'notification.snooze': () => ok({ until: now + 3 * 60 * minute }),
  'settings.saveFile': () => ok({ outcome: 'saved' }),
  'settings.import': () => ok({ missing: [{ address: 'https://new.example', username: 'eve' }] }),
  'preferences.change': () => fail('settings_not_saved', { reason: 'EACCES', file: 'settings.json' }),
  'account.forget': () => failing,
  'site.inspect': (input) => {
    const address = JSON.stringify(input)
    if (address.includes('hotel')) return fail('network_login', { host: 'hotel.example' })
    return fail('rate_limited', { host: 'busy.example', seconds: 20 })
  },
}

const openFailure = async ({ page, t }: SamplePage, address: string): Promise<void> => {
  await page.keyboard.press('n')
  await page.getByLabel(t('add.address')).fill(address)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('alert').waitFor()
}

/** States that are rarely seen, each from the overview. */
const rareStates: readonly SampleView[] = [
  {
    // The first one: its file is refused to the page that opens.
    name: 'a view that could not be loaded',
    open: async ({ page, t }) => {
      await page.evaluate("location.hash = '#/diagnostics'")
      await page.getByText(t('page.failed')).waitFor()
    },
  },
  {
    name: 'a snooze that can be undone',
    open: async ({ page, t }) => {
      await page.locator('[data-account] li a').first().click({ button: 'right' })
      await page.getByRole('menuitem', { name: t('home.later') }).click()
      await page.getByRole('button', { name: t('undo.undo') }).waitFor()
    },
  },
  {
    name: 'the question before everything is revoked',
    open: async ({ page, t }) => {
      await page.getByRole('button', { name: t('overview.access'), exact: true }).click()
      await page.getByRole('button', { name: t('access.revokeAll') }).click()
      await page.getByRole('dialog', { name: t('access.allTitle') }).waitFor()
    },
  },
  {
    name: 'an account that cannot be removed, in its dialog',
    open: async ({ page, server, t, snapshot }) => {
      const { accounts } = snapshot
      const state = { kind: 'revoking', failure: failing.failure } as const
      server.push({ ...snapshot, accounts: accounts.map((one, at) => (at === 0 ? { ...one, state } : one)) })
      await page.getByRole('button', { name: t('overview.access'), exact: true }).click()
      await page.getByRole('button', { name: t('access.forgetOf', { title: 'Meta', username: 'eve' }) }).click()
      const dialog = page.getByRole('dialog', { name: t('access.forgetTitle', { title: 'Meta' }) })
      await dialog.getByRole('button', { name: t('access.forget') }).click()
      await dialog.getByRole('alert').waitFor()
    },
  },
  {
    name: 'a rule that was not saved, and accounts that imported settings lack',
    open: async ({ page, t }) => {
      await page.evaluate("location.hash = '#/settings'")
      await page.getByRole('textbox', { name: t('settings.ruleWords') }).fill('release')
      await page.getByRole('button', { name: t('settings.addRule') }).click()
      await page.getByRole('alert').waitFor()
      await page.locator('input[type=file]').setInputFiles({
        name: 'settings.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{}'),
      })
      await page.getByText(t('settings.missing')).waitFor()
    },
  },
  {
    name: 'an address that asks to wait',
    open: (sample) => openFailure(sample, 'busy.example'),
  },
  {
    name: 'an address that is looked at in the browser',
    open: (sample) => openFailure(sample, 'hotel.example'),
  },
]

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in states that are rarely seen, ${theme}`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width: 360, height: 520 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.route(/\/assets\/diagnostics-.*\.js$/, (route) => route.abort())
    const sample = await openSample(page, { language: 'en', theme }, rareAnswers)
    for (const { name, open } of rareStates) {
      await open(sample)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect.soft(found, name).toEqual([])
      await resetSample(sample)
    }
    await sample.server.close()
  })
}

test('everything that can be pressed is large enough, and the focus can be seen wherever the Tab key goes', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await inEveryView(page, { language: 'en', theme: 'light' }, async () =>
    [await page.evaluate(tooSmall), await unseenFocus(page)].flat(),
  )
})

test('with forced colours the focus, the edges of fields and all drawings can be seen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await inEveryView(page, { language: 'en', theme: 'light' }, async () =>
    [...(await unseenFocus(page)), await page.evaluate(lostInForcedColors)].flat(),
  )
})
