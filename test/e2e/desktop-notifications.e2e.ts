import { expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// The headless notifier on a real Linux desktop: dunst on a session bus and a virtual display of the test's own.

const connect = async (forum: Forum, notifier: Notifier): Promise<void> => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await notifier.cli('accept', payload)).status).toBe(0)
  await expect.poll(async () => (await notifier.status()).accounts.map(({ state }) => state)).toEqual(['fresh'])
}

test.describe('where there is a desktop', () => {
  needs('desktop')

  let desktop: Desktop | undefined
  test.afterEach(async () => {
    await desktop?.stop()
    desktop = undefined
  })

  const onDesktop = (...args: readonly string[]) => ({
    args: ['--no-keychain', ...args],
    envOf: async (home: string) => {
      desktop = await startDesktop(home)
      return desktop.env
    },
  })

  test('a notification on the forum is shown once, and a click on it opens the forum', async ({
    forumOf,
    notifierOf,
  }) => {
    const forum = await forumOf({ title: 'R&D <b>forum</b>' })
    const notifier = await notifierOf(onDesktop())
    await connect(forum, notifier)
    const { topicId } = forum.notify({
      user: 'eve',
      type: 'mentioned',
      from: 'mika',
      topicTitle: 'A < B',
      excerpt: 'Q&A',
    })
    // Words of the post that come late are put into the same notification.
    await expect
      .poll(() => desktop?.received().at(-1))
      .toEqual({
        appName: 'Discourse Notifier',
        summary: 'R&D <b>forum</b>',
        body: 'mika mentioned you in “A &lt; B”\nQ&amp;A',
      })
    expect(await desktop?.count()).toBe(1)
    await desktop?.click()
    await expect.poll(() => desktop?.opened()).toEqual([expect.stringMatching(`^${forum.url}/t/.*/${topicId}/`)])
    // Still one, and what was read on the forum is read here.
    forum.markRead('eve', 'all')
    forum.see('eve')
    await expect.poll(async () => (await notifier.status()).accounts[0]?.counts?.total).toBe(0)
    expect(await desktop?.count()).toBe(1)
  })

  test('its button marks the notification as read on the forum', async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const notifier = await notifierOf(onDesktop())
    await connect(forum, notifier)
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
    await expect.poll(() => desktop?.received().at(-1)?.body).toContain('Release notes')
    await desktop?.choose('Mark as read')
    await expect.poll(async () => (await notifier.status()).accounts[0]?.counts?.total).toBe(0)
    expect(desktop?.opened()).toEqual([])
  })

  test('a test notification says that it was shown, and a click on it opens the notifier’s page', async ({
    notifierOf,
  }) => {
    const notifier = await notifierOf(onDesktop())
    expect(await notifier.cli('test-notification', '--json')).toMatchObject({ status: 0, stdout: '{"kind":"shown"}\n' })
    await expect
      .poll(() => desktop?.received())
      .toMatchObject([
        { summary: 'Discourse Notifier', body: 'This is a test. Notifications from your forums look like this.' },
      ])
    await desktop?.click()
    await expect.poll(() => desktop?.opened()).toEqual([notifier.url])
  })

  test('what happens while the desktop is to disturb nobody is held back, and summed up once afterwards', async ({
    forumOf,
    notifierOf,
  }) => {
    test.slow()
    const forum = await forumOf()
    const { args, envOf } = onDesktop()
    const notifier = await notifierOf({
      args,
      envOf: async (home) => {
        const env = await envOf(home)
        await desktop?.setPaused(true)
        return env
      },
    })
    await connect(forum, notifier)
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
    forum.notify({ user: 'eve', type: 'replied', from: 'mika', topicTitle: 'Release notes' })
    await expect.poll(async () => (await notifier.status()).accounts[0]?.counts?.total).toBe(2)
    await desktop?.setPaused(false)
    await expect
      .poll(() => desktop?.received(), { timeout: 150_000 })
      .toMatchObject([{ body: '2 new notifications while it was quiet' }])
  })

  test('nothing is shown where notifications are switched off', async ({ notifierOf }) => {
    const notifier = await notifierOf(onDesktop('--no-notifications'))
    const { status, stdout } = await notifier.cli('test-notification', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'notifications_refused' } })
    expect(desktop?.received()).toEqual([])
  })
})

test.describe('where there is no desktop, but a page', () => {
  needs('browser')

  test('the page shows alerts once the user allows it, and a click opens the forum', async ({
    page,
    context,
    forumOf,
    notifierOf,
  }) => {
    // A stand-in: a browser without a screen refuses every notification.
    await page.addInitScript(() => {
      const shown: EventTarget[] = []
      class StandIn extends EventTarget {
        static permission = 'default'
        static async requestPermission() {
          StandIn.permission = 'granted'
          return StandIn.permission
        }
        onclick: () => void = () => undefined
        readonly words: string
        constructor(title: string, { body }: { body: string }) {
          super()
          this.words = `${title}: ${body}`
          shown.push(this)
        }
        close() {
          shown.splice(shown.indexOf(this), 1)
        }
      }
      Object.assign(globalThis, { Notification: StandIn, shown })
    })
    const words = () => page.evaluate('shown.map(({ words }) => words)')
    const forum = await forumOf()
    const notifier = await notifierOf()
    await connect(forum, notifier)
    await page.goto(notifier.url)
    await page.getByRole('button', { name: 'Show notifications' }).click()
    await expect(page.getByRole('button', { name: 'Show notifications' })).toBeHidden()
    await expect.poll(async () => (await notifier.cli('test-notification', '--json')).stdout).toBe('{"kind":"shown"}\n')
    const { topicId } = forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
    await expect.poll(words).toContainEqual(expect.stringMatching('^Meta: mika mentioned you in “Release notes”'))
    const opened = context.waitForEvent('page')
    await page.evaluate('shown.at(-1).onclick()')
    expect((await opened).url()).toMatch(new RegExp(`^${forum.url}/t/.*/${topicId}/`))
    expect(await words()).toHaveLength(1)
  })

  test('the page offers nothing where the desktop shows alerts', async ({ page, notifierOf }) => {
    let desktop: Desktop | undefined
    const notifier = await notifierOf({
      args: ['--no-keychain'],
      envOf: async (home) => {
        desktop = await startDesktop(home)
        return desktop.env
      },
    })
    const asked = page.waitForResponse('**/api/alerts/wanted')
    await page.addInitScript(() => Object.assign(globalThis, { Notification: { permission: 'default' } }))
    await page.goto(notifier.url)
    expect(await (await asked).json()).toEqual({ wanted: false })
    await expect(page.getByRole('button', { name: 'Access' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Show notifications' })).toBeHidden()
    await desktop?.stop()
  })
})

test('where there is no desktop, an alert is still printed, and the test says why nothing was seen', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  const notifier = await notifierOf()
  await connect(forum, notifier)
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  await expect.poll(() => notifier.said()).toContain('Meta: mika mentioned you in “Release notes”')
  const { status, stdout } = await notifier.cli('test-notification', '--json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'notifications_unsupported' } })
})
