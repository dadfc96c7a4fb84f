import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// axe on every view in both themes, on the product's own page under its own content security policy.

const findings = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

needs('browser')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any view, ${colorScheme}`, async ({ page, forumOf, notifierOf }) => {
    const forum = await forumOf({ color: 'c2410c' })
    forum.notify({ user: 'eve', type: 'mentioned' })
    const notifier = await notifierOf()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 520 })
    const found: Record<string, readonly string[]> = {}
    await page.goto(notifier.url)
    await page.getByRole('button', { name: 'Add a forum' }).waitFor()
    found['no forums'] = await findings(page)

    await page.getByRole('button', { name: 'Add a forum' }).click()
    await page.getByLabel('Address').fill('nonsense')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This is not a web address.').waitFor()
    found['a wrong address'] = await findings(page)
    await page.getByLabel('Address').fill(forum.url)
    await page.getByRole('button', { name: 'Continue' }).click()
    const approve = page.getByRole('link', { name: 'Open Meta to approve' })
    await approve.waitFor()
    found['what is asked for'] = await findings(page)
    const opened = page.context().waitForEvent('page')
    await approve.click()
    const tab = await opened
    await page.getByText('Waiting for your approval in the browser').waitFor()
    found['waiting'] = await findings(page)
    await tab.waitForURL(/login/)
    found['the simulated forum'] = await findings(tab)
    await page.keyboard.press('Escape')
    await page.getByText('Waiting').first().waitFor()
    found['a waiting row'] = await findings(page)

    const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
    await notifier.cli('accept', payload)
    await page.getByRole('list', { name: 'Accounts' }).getByLabel('1 notification').waitFor()
    found['an account'] = await findings(page)
    await page.getByRole('button', { name: 'Newest notifications of eve on Meta' }).click()
    await page.getByRole('link', { name: /mentioned you/ }).waitFor()
    found['an account with its newest notifications'] = await findings(page)
    await page.getByRole('button', { name: 'Inbox', exact: true }).click()
    await page.getByRole('list', { name: 'Notifications' }).waitFor()
    found['the inbox'] = await findings(page)
    await page.keyboard.press('j')
    found['a notification that has the focus'] = await findings(page)
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    found['the question before marking all as read'] = await findings(page)
    await page.getByRole('button', { name: 'Keep unread' }).click()
    await page.getByRole('searchbox').fill('nothing like this')
    await page.getByRole('button', { name: 'Show everything' }).waitFor()
    found['an inbox where nothing is found'] = await findings(page)
    await page.getByRole('button', { name: 'Back to the overview' }).click()
    await page.getByRole('button', { name: 'Access' }).click()
    found['access'] = await findings(page)
    await page.getByRole('button', { name: /^Revoke access.*Meta/ }).click()
    found['the question before revoking'] = await findings(page)
    await page.getByRole('button', { name: 'Keep' }).click()
    forum.setReadOnly(true)
    await notifier.cli('revoke', 'eve')
    await page.getByText(/^Not revoked yet/).waitFor()
    found['a revocation that the forum has not confirmed'] = await findings(page)
    await page.getByRole('button', { name: 'Back' }).click()

    const newer = await forumOf({ profile: 'latest', title: 'Newer' })
    await page.getByRole('button', { name: 'Add a forum' }).click()
    await page.getByLabel('Address').fill(newer.url)
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    const code = page.getByRole('button', { name: /^Copy the code/ })
    await code.waitFor()
    found['a code to type'] = await findings(page)
    const second = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Open Newer to approve' }).click()
    await (await second).waitForURL(/login/)
    await code.waitFor()
    found['waiting for a code'] = await findings(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

    const again = JSON.parse((await notifier.cli('add', newer.url, '--method', 'paste', '--json')).stdout)
    const other = await newer.authorize({ authorizeUrl: again.authorizeUrl, user: 'eve' })
    await notifier.cli('accept', other.payload ?? '')
    newer.revokeKeys('eve')
    await notifier.cli('refresh')
    await page.getByRole('button', { name: /^Sign in/ }).waitFor()
    found['a refused key'] = await findings(page)

    for (const [view, violations] of Object.entries(found)) expect.soft(violations, view).toEqual([])
  })
}
