import { expect, type Locator, type Page, test } from 'playwright/test'
import { ok } from '../../common/contract/failure.ts'
import { changePreferences, type PreferencesChange } from '../../common/preferences/preferences.ts'
import { account, counts, minute, notification, now, snapshot } from '../../common/testing/samples.ts'
import { serveSnapshot } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'
import { painted } from './in-page.ts'

// An hour's work with twenty accounts in a wide window, without a mouse: nothing here clicks, and nothing is given the focus
// but by keys. keyboard.e2e.ts has the main job, with a forum.

needs('browser')

test.use({ viewport: { width: 1200, height: 700 }, reducedMotion: 'reduce' })

const names = ['Amber', 'Birch', 'Cedar', 'Dune', 'Elm', 'Fern', 'Grove', 'Hazel', 'Iris', 'Juniper'].flatMap(
  (name) => [`${name} Forum`, `${name} Users`],
)

const accounts = names.map((title, place) => {
  const host = `forum-${place}.example`
  const items = Array.from({ length: 5 }, (_, row) =>
    notification({
      id: row + 1,
      title: row === 0 ? `Which lens for ${title}?` : `Topic ${row} of ${title}`,
      topic: row + 1,
      createdAt: now - (place * 5 + row) * minute,
      url: `https://${host}/t/${row + 1}`,
    }),
  )
  const site = { base: `https://${host}`, host, title, color: null }
  return account({ id: `account-${place}`, site, items, counts: counts({ notifications: 5 }) })
})

/** The built page with twenty accounts, and the commands that it has sent. */
const openPage = async (page: Page) => {
  const sent: (readonly [string, unknown])[] = []
  const until = now + 3 * 60 * minute
  const note =
    (name: string, answer: unknown = null) =>
    (input: unknown) => {
      sent.push([name, input])
      return ok(answer)
    }
  const server = await serveSnapshot(snapshot({ accounts }), {
    'notification.read': note('notification.read'),
    'notification.snooze': note('notification.snooze', { until }),
    'notification.unsnooze': note('notification.unsnooze'),
    'account.revoke': note('account.revoke'),
    'preferences.change': (input) => {
      sent.push(['preferences.change', input])
      const present = server.present()
      const preferences = changePreferences(present.preferences, input as PreferencesChange)
      server.push({ ...present, preferences })
      return ok(null)
    },
  })
  await page.clock.setFixedTime(now)
  await page.goto(server.url)
  await page.getByRole('main').getByRole('list', { name: 'Notifications' }).waitFor()
  return { server, sent }
}

/** Presses Tab until something has the focus, which every stop on the way shows. */
const tabTo = async (page: Page, target: Locator, key = 'Tab'): Promise<void> => {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus-visible'))) return
    await page.keyboard.press(key)
  }
  throw new Error(`the Tab key does not lead to ${target}`)
}

test('twenty accounts are worked with by keys alone', async ({ page }) => {
  test.slow()
  const { server, sent } = await openPage(page)
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  const main = page.getByRole('main')
  const rows = main.getByRole('list', { name: 'Notifications' }).getByRole('link')
  const last = () => sent.at(-1)

  await test.step('one tab stop for each list: the Tab key goes round the whole page in a few presses', async () => {
    const stops: string[] = []
    for (let presses = 0; presses < 60; presses += 1) {
      await press('Tab')
      const stop = await page.evaluate(
        `document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 120)`,
      )
      if (stop === '' || stop === stops[0]) break
      stops.push(String(stop))
    }
    expect(stops.length, stops.join('\n')).toBeLessThan(40)
    expect(new Set(stops).size).toBe(stops.length)
  })

  await test.step('a forum by its place, its rows, one of them read', async () => {
    await press('Control+2')
    await expect(page).toHaveURL(/forum=account-1/)
    await press('j')
    await expect(rows.first()).toBeFocused()
    await press('ArrowDown', 'm')
    await expect.poll(last).toEqual(['notification.read', { account: 'account-1', notification: 2 }])
    await expect(rows.nth(1)).toBeFocused()
  })

  await test.step('the history searched, and back to the results', async () => {
    await press('g', 'i', '/')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('lens for cedar')
    await expect(rows).toHaveCount(2)
    await press('Enter')
    await expect(rows.first()).toBeFocused()
  })

  await test.step('a row snoozed by its menu, and taken back', async () => {
    await press('ArrowDown')
    await expect(rows.nth(1)).toBeFocused()
    await tabTo(page, main.getByRole('button', { name: /^More for this notification.*Cedar Users/ }))
    await press('Enter')
    const later = page.getByRole('menuitem', { name: /^In 3 hours/ })
    await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused()
    // A menu moves the focus a moment after each key; the next one is pressed once it has.
    const items = page.getByRole('menuitem')
    const focused = () => items.evaluateAll((all) => all.findIndex((element) => element.matches(':focus')))
    while (!(await later.evaluate((element) => element.matches(':focus')))) {
      const before = await focused()
      await press('ArrowDown')
      await expect.poll(focused).not.toBe(before)
    }
    await press('Enter')
    await expect.poll(last).toEqual(['notification.snooze', { account: 'account-5', notification: 1, for: 'later' }])
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expect(main.getByRole('button', { name: /^More for this notification.*Cedar Users/ })).toBeFocused()
    await press('Control+z')
    await expect.poll(last).toEqual(['notification.unsnooze', { account: 'account-5', notification: 1 }])
  })

  await test.step('a rule added, removed and brought back', async () => {
    await press('g', 's')
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await tabTo(page, page.getByRole('textbox', { name: 'Words', exact: true }))
    await page.keyboard.type('release')
    await press('Enter')
    const rule = page.getByRole('button', { name: /^Remove.*release/ })
    await expect(rule).toBeVisible()
    await tabTo(page, rule, 'Shift+Tab')
    await press('Enter')
    await expect(rule).toHaveCount(0)
    await expect(page.locator('body')).not.toBeFocused()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await press('Control+z')
    await expect(rule).toBeVisible()
    expect(server.present().preferences.alerts.rules).toMatchObject([{ text: 'release' }])
    // Letters are typed as long as a field has the focus.
    await tabTo(page, rule, 'Shift+Tab')
  })

  await test.step('the way out of a dialog is Escape, and access is revoked', async () => {
    await press('g', 'a')
    const revoke = page.getByRole('button', { name: /^Revoke access.*Amber Users/ })
    await tabTo(page, revoke)
    await press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Revoke access to Amber Users?' })
    await expect(dialog).toBeVisible()
    await press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(revoke).toBeFocused()
    await press('Enter')
    await tabTo(page, dialog.getByRole('button', { name: 'Revoke access' }))
    await press('Enter')
    await expect.poll(last).toEqual(['account.revoke', { account: 'account-1' }])
  })

  await test.step('the keys themselves', async () => {
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.locator('body')).not.toBeFocused()
  })
  await server.close()
})

test('what opened a dialog opens it again as soon as Escape has closed it', async ({ page }) => {
  const { server } = await openPage(page)
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  const revoke = page.getByRole('button', { name: /^Revoke access.*Amber Users/ })
  await tabTo(page, revoke)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Revoke access to Amber Users?' })
  await expect(dialog).toBeVisible()
  // Once it is closed, and before the browser tells that it is.
  await revoke.evaluate((button) => {
    const page = button.ownerDocument
    const { MutationObserver } = page.defaultView ?? globalThis
    const closed = new MutationObserver(() => {
      if (page.querySelector('dialog[open]') !== null) return
      closed.disconnect()
      button.click()
    })
    closed.observe(page.body, { subtree: true, childList: true, attributeFilter: ['open'] })
  })
  await page.keyboard.press('Escape')
  await page.evaluate(painted)
  await expect(dialog).toBeVisible()
  await server.close()
})
