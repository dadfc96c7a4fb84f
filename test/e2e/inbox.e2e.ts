import { expect, type Locator, type Page } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// The inbox in real Chromium: what arrives, what is read here and there, and what is left when a forum is away.

needs('browser')

const connect = async (notifier: Notifier, forum: Forum): Promise<void> => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await notifier.cli('accept', payload)).status).toBe(0)
}

const openInbox = async (notifier: Notifier): Promise<{ readonly page: Page; readonly list: Locator }> => {
  const page = await notifier.open()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  return { page, list: page.getByRole('list', { name: 'Notifications' }) }
}

const post = (forum: Forum, from: string, topicTitle: string, createdAt?: number) =>
  forum.notify({ user: 'eve', type: 'mentioned', from, topicTitle, ...(createdAt === undefined ? {} : { createdAt }) })

test('what happens appears by itself, is marked as read by keyboard, and then all of it, with a way back', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  post(forum, 'mika', 'Release notes')
  const notifier = await notifierOf()
  await connect(notifier, forum)
  const { page, list } = await openInbox(notifier)
  await expect(list.getByRole('link')).toHaveText(['Unread: mika mentioned you in “Release notes”'])
  post(forum, 'tomas', 'Plans')
  post(forum, 'aiko', 'Seeds')
  await expect(list.getByRole('link')).toHaveCount(3)
  await expect(page).toHaveTitle(/^\(3\) /)

  const plans = list.getByRole('link', { name: 'tomas mentioned you in “Plans”' })
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(plans).toBeFocused()
  await page.keyboard.press('m')
  await expect(page).toHaveTitle(/^\(2\) /)
  await expect(plans).toBeFocused()
  await expect(plans).not.toContainText('Unread')
  const colorOf = (element: Locator): Promise<unknown> =>
    element.evaluate((at) => at.ownerDocument.defaultView?.getComputedStyle(at).color)
  expect(await colorOf(list.getByText('A post about Plans')), 'the words of what is read').toBe(await colorOf(plans))

  const markAll = page.getByRole('button', { name: 'Mark all as read' })
  const unread = list.getByText('Unread:')
  await markAll.click()
  // While the pointer is at it, it can be undone.
  await page.getByRole('button', { name: 'Undo' }).hover()
  await expect(page.getByText('2 marked as read · Meta')).toBeVisible()
  await expect(page).toHaveTitle('All notifications · Discourse Notifier')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing new' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page).toHaveTitle(/^\(2\) /)
  await expect(unread).toHaveCount(2)

  // What the forum refuses, once it is asked, is unread again.
  forum.setReadOnly(true)
  await markAll.click()
  const offered = page.getByRole('status').filter({ hasText: 'marked as read' })
  await offered.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText('in read-only mode')).toBeVisible()
  await expect(page).toHaveTitle(/^\(2\) /)
  forum.setReadOnly(false)

  // A page that is left does not take the marking with it.
  await markAll.click()
  await expect(page.getByText('2 marked as read · Meta')).toBeVisible()
  await page.reload()
  await expect.poll(() => forum.requests.filter(({ method }) => method === 'PUT').at(-1)?.status).toBe(200)
  await expect(list.getByRole('link')).toHaveCount(3)
  await expect(unread).toHaveCount(0)
  await expect(page).toHaveTitle('All notifications · Discourse Notifier')
})

test('opens what a notification is about in a tab of its own', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  post(forum, 'mika', 'Release notes')
  const notifier = await notifierOf()
  await connect(notifier, forum)
  const { page, list } = await openInbox(notifier)
  await list.getByRole('link').waitFor()
  await page.keyboard.press('j')
  await expect(await notifier.follow(page, () => page.keyboard.press('Enter'))).toHaveURL(
    new RegExp(`^${forum.url}/t/`),
  )
})

test('shows what was known, and how old it is, while a forum is away, also after a restart of the page', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  post(forum, 'mika', 'Release notes')
  const notifier = await notifierOf()
  await connect(notifier, forum)
  const { page, list } = await openInbox(notifier)
  await expect(list.getByRole('link')).toHaveCount(1)
  forum.fault({ kind: 'error-page', status: 503 })
  await notifier.cli('refresh')
  await expect(page.getByText(/^Meta, as of /)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'All notifications' })).toBeVisible()
  await expect(page.getByText(/^Meta, as of /)).toBeVisible()
  await expect(page.getByRole('link', { name: 'mika mentioned you in “Release notes”' })).toBeVisible()
})

test('what is being read stays in its place when something arrives above it', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const start = Date.now()
  for (let number = 0; number < 40; number += 1) post(forum, 'mika', `Topic ${number}`, start - number * 60_000)
  const notifier = await notifierOf()
  await connect(notifier, forum)
  const { page, list } = await openInbox(notifier)
  await page.setViewportSize({ width: 360, height: 520 })
  await list.getByRole('link').first().waitFor()
  await page.mouse.move(180, 400)
  await page.evaluate("scrollEnds = 0; addEventListener('scrollend', () => { scrollEnds += 1 }, { capture: true })")
  await page.mouse.wheel(0, 700)
  await expect.poll(() => page.evaluate('scrollEnds')).toBeGreaterThan(0)
  const row = list.getByRole('link', { name: '“Topic 18”' })
  await expect(row).toBeInViewport()
  await expect(list.getByRole('link', { name: '“Topic 1”', exact: false })).not.toBeInViewport()
  // A wheel is obeyed over some frames, and what has come into sight is measured in others.
  const frames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'
  let before = await row.boundingBox()
  await expect
    .poll(async () => {
      const last = before
      await page.evaluate(frames)
      before = await row.boundingBox()
      return before?.y === last?.y
    })
    .toBe(true)
  post(forum, 'tomas', 'Latest')
  // It waits while the pointer is over the list, and comes above what is in sight once the pointer has left.
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await row.boundingBox()).toEqual(before)
  await page.mouse.move(180, 5)
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '41')
  expect(await row.boundingBox()).toEqual(before)
})
