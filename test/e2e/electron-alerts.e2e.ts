import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import type { Forum } from '../forum/forum.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// The desktop shell's alerts on a real Linux desktop: dunst on a session bus and a virtual display of the test's own.

needs('desktop')

let desktop: Desktop | undefined
test.afterEach(async () => {
  await desktop?.stop()
  desktop = undefined
})

const onDesktop = (...args: readonly string[]) => ({
  args: ['--no-keychain', '--hidden', ...args],
  envOf: async (home: string) => {
    desktop = await startDesktop(home)
    return desktop.env
  },
})

const connect = async (forum: Forum, notifier: Notifier): Promise<void> => {
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await notifier.cli('accept', payload)).status).toBe(0)
  await expect.poll(async () => (await notifier.status()).accounts.map(({ state }) => state)).toEqual(['fresh'])
}

const bodies = () => desktop?.received().map(({ body }) => body)

test('a title with markup is shown as text, and a click opens the forum and leaves the program running', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  const notifier = await notifierOf(onDesktop())
  await connect(forum, notifier)
  const { topicId } = forum.notify({
    user: 'eve',
    type: 'mentioned',
    from: 'mika',
    topicTitle: '<a href="http://evil.example">Sign in again</a> if 5 < 6 & so on',
  })
  await expect
    .poll(() => desktop?.received().at(-1)?.body)
    .toContain('“&lt;a href="http://evil.example"&gt;Sign in again&lt;/a&gt; if 5 &lt; 6 &amp; so on”')
  await desktop?.click()
  await expect.poll(() => desktop?.opened()).toEqual([expect.stringMatching(`^${forum.url}/t/.*/${topicId}/`)])
  expect((await notifier.status()).accounts).toHaveLength(1)
})

test('alerts that may not say what is new are one with a number', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf(onDesktop())
  await connect(forum, notifier)
  const input = { alerts: { hideContent: true } }
  const changed = await callInstance(controlPath(notifier.profile), {
    call: 'command',
    name: 'preferences.change',
    input,
  })
  expect(changed.ok).toBe(true)
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  await expect.poll(bodies).toEqual(['Something new'])
  forum.notify({ user: 'eve', type: 'replied', from: 'mika', topicTitle: 'Roadmap' })
  await expect.poll(bodies).toEqual(['Something new', '2 new notifications'])
  const shown = async () =>
    (await promisify(execFile)('dunstctl', ['count', 'displayed'], { env: { ...process.env, ...desktop?.env } })).stdout
  await expect.poll(shown).toBe('1\n')
})

test('more than three at once are one alert, and in a pause there is none', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf(onDesktop())
  await connect(forum, notifier)
  for (let more = 0; more < 5; more += 1) forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
  await expect.poll(() => bodies()?.at(-1)).toMatch(/^[45] new notifications/)
  const before = await desktop?.count()
  expect(before).toBeLessThan(3)

  expect((await notifier.cli('pause', 'open')).status).toBe(0)
  forum.notify({ user: 'eve', type: 'replied', from: 'mika', topicTitle: 'Roadmap' })
  await expect.poll(async () => (await notifier.status()).accounts[0]?.counts?.total).toBe(6)
  expect(await desktop?.count()).toBe(before)
})
