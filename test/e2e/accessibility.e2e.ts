import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { test as base, needs } from './fixtures.ts'
import type { Notifier } from './notifier.ts'
import { untilKeyRefused } from './until-key-refused.ts'

// axe on every view in both themes, on the product's own page under its own content security policy.

needs('browser')

interface Fixtures {
  readonly forum: Forum
  readonly notifier: Notifier
  /** Looks at what is there, now. */
  readonly look: (view: string, page?: Page) => Promise<void>
}

const test = base.extend<Fixtures>({
  forum: async ({ forumOf }, use) => {
    const forum = await forumOf({ color: 'c2410c' })
    forum.notify({ user: 'eve', type: 'mentioned' })
    await use(forum)
  },
  notifier: async ({ notifierOf }, use) => use(await notifierOf()),
  look: async ({ page }, use) => {
    await use(async (view, there = page) => {
      const { violations } = await new AxeBuilder({ page: there }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect.soft(found, view).toEqual([])
    })
  },
})

/** Adds eve's account by the command line. */
const add = async (notifier: Notifier, forum: Forum): Promise<void> => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  await notifier.cli('accept', payload)
}

/** The page with an account in it. */
const openWithAccount = async (page: Page, notifier: Notifier, forum: Forum): Promise<void> => {
  await add(notifier, forum)
  await page.goto(notifier.url)
  await page.getByRole('list', { name: 'Accounts' }).getByLabel('1 notification').waitFor()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce', viewport: { width: 360, height: 520 } })

    test('where a forum is added', async ({ page, forum, notifier, look }) => {
      await page.goto(notifier.url)
      await page.getByRole('button', { name: 'Add a forum' }).waitFor()
      await look('no forums')
      await page.getByRole('button', { name: 'Add a forum' }).click()
      await page.getByLabel('Address').fill('nonsense')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('This is not a web address.').waitFor()
      await look('a wrong address')
      await page.getByLabel('Address').fill(forum.url)
      await page.getByRole('button', { name: 'Continue' }).click()
      const approve = page.getByRole('link', { name: 'Open Meta to approve' })
      await approve.waitFor()
      await look('what is asked for')
      const opened = page.context().waitForEvent('page')
      await approve.click()
      const tab = await opened
      await page.getByText('Waiting for your approval in the browser').waitFor()
      await look('waiting')
      await tab.waitForURL(/login/)
      await look('the simulated forum', tab)
      await page.keyboard.press('Escape')
      await page.getByText('Waiting').first().waitFor()
      await look('a waiting row')
    })

    test('where a code is typed', async ({ page, notifier, forumOf, look }) => {
      const newer = await forumOf({ profile: 'latest', title: 'Newer' })
      await page.goto(notifier.url)
      await page.getByRole('button', { name: 'Add a forum' }).click()
      await page.getByLabel('Address').fill(newer.url)
      await page.getByRole('button', { name: 'Continue', exact: true }).click()
      const code = page.getByRole('button', { name: /^Copy the code/ })
      await code.waitFor()
      await look('a code to type')
      const opened = page.context().waitForEvent('page')
      await page.getByRole('link', { name: 'Open Newer to approve' }).click()
      await (await opened).waitForURL(/login/)
      await code.waitFor()
      await look('waiting for a code')
    })

    test('in the overview and the inbox', async ({ page, forum, notifier, look }) => {
      await openWithAccount(page, notifier, forum)
      await look('an account')
      await page.getByRole('list', { name: 'News for eve on Meta' }).getByRole('link').hover()
      await page.getByRole('link', { name: /mentioned you/ }).waitFor()
      await look('an account with its newest notifications')
      await page.getByRole('button', { name: 'All', exact: true }).click()
      await page.getByRole('list', { name: 'Notifications' }).waitFor()
      await look('the inbox')
      await page.keyboard.press('j')
      await look('a notification that has the focus')
      await page.getByRole('button', { name: 'Mark all as read' }).click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
      await look('the way back after marking all as read')
      await page.getByRole('searchbox').fill('nothing like this')
      await page.getByRole('button', { name: 'Show everything' }).waitFor()
      await look('an inbox where nothing is found')
    })

    test('where access is revoked', async ({ page, forum, notifier, look }) => {
      await openWithAccount(page, notifier, forum)
      await page.getByRole('button', { name: 'Access' }).click()
      const revoke = page.getByRole('button', { name: /^Revoke access.*Meta/ })
      await revoke.waitFor()
      await look('access')
      await revoke.click()
      await page.getByRole('button', { name: 'Cancel' }).waitFor()
      await look('the question before revoking')
      await page.getByRole('button', { name: 'Cancel' }).click()
      forum.setReadOnly(true)
      await notifier.cli('revoke', 'eve')
      await page.getByText(/^Not revoked yet/).waitFor()
      await look('a revocation that the forum has not confirmed')
    })

    test('in the settings', async ({ page, forum, notifier, look }) => {
      await openWithAccount(page, notifier, forum)
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByRole('button', { name: 'Add quiet hours' }).click()
      await page.getByLabel('From', { exact: true }).waitFor()
      await page.getByLabel('Proxy').selectOption('manual')
      await page.getByLabel('Address of the proxy').fill('ftp://proxy.test')
      await page.getByLabel('Address of the proxy').press('Enter')
      await page.getByText('A proxy of this kind cannot be used here').waitFor()
      await look('settings')
      await page.getByLabel('Theme').selectOption('contrast')
      await page.locator('[data-theme=contrast]').waitFor()
      await look('settings with high contrast')
      await page.getByRole('button', { name: /^Alerts of Meta/ }).click()
      await page.getByRole('heading', { level: 1, name: 'Meta' }).waitFor()
      await look('settings of an account')
    })

    test('where settings are taken back, in the diagnostics and in the shortcuts', async ({
      page,
      forum,
      notifier,
      look,
    }) => {
      await openWithAccount(page, notifier, forum)
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByRole('button', { name: 'Add quiet hours' }).click()
      await page.getByLabel('From', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Reset' }).click()
      await page.getByRole('button', { name: 'Cancel' }).waitFor()
      await look('the question before a reset')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Remove quiet hours 1' }).click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
      await look('what can be undone')
      await page.getByRole('button', { name: 'Diagnostics' }).click()
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByRole('list', { name: 'Connection' }).waitFor()
      await look('diagnostics')
      await page.getByRole('button', { name: 'Back to the settings' }).focus()
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await look('shortcuts')
    })
  })
}

// Once for both themes: a key is given up after a minute of refusals.
test('axe finds nothing where access is refused, light and dark', async ({ page, forum, notifier, forumOf, look }) => {
  test.slow()
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 360, height: 520 })
  await openWithAccount(page, notifier, forum)
  forum.setReadOnly(true)
  await notifier.cli('revoke', 'eve')
  const newer = await forumOf({ profile: 'latest', title: 'Newer' })
  await add(notifier, newer)
  newer.revokeKeys('eve')
  await untilKeyRefused(notifier, newer)
  await page.getByRole('button', { name: /^Sign in/ }).waitFor()
  await look('a refused key, light')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await look('a refused key, dark')
})
