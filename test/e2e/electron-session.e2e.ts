import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { connect } from './connect.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { desktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import { type Logind, startLogind } from './logind.ts'
import type { Notifier, NotifierOptions } from './notifier.ts'

// What the desktop app does when the machine sleeps, wakes up and shuts down, and while the session is locked: told by a logind
// that the test plays, on a system bus of its own.

needs('desktop')

type NotifierOf = (options: NotifierOptions) => Promise<Notifier>

let logind: Logind
let desktop: Desktop | undefined
test.beforeEach(async () => {
  logind = await startLogind()
})
test.afterEach(async () => {
  await logind.stop()
  await desktop?.stop()
  desktop = undefined
})

const options = {
  args: ['--no-keychain', '--hidden'],
  envOf: async (home: string) => {
    desktop = await startDesktop(home)
    return { ...desktop.env, ...logind.env }
  },
}

const bodies = () => desktop?.received().map(({ body }) => body)

test('asleep it asks no forum anything; awake it has the news at once', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf(options)
  await connect(notifier, forum, 'eve')
  await expect.poll(() => forum.heldPolls()).toBe(1)
  await expect.poll(() => logind.heldUp()).toContain('sleep delay')

  // That no poll is held says nothing alone: there is a moment without one between any two.
  await notifier.app?.evaluate(({ powerMonitor }) => {
    powerMonitor.once('suspend', () => Object.assign(globalThis, { isSuspended: true }))
  })
  logind.prepareForSleep(true)
  await expect.poll(() => notifier.app?.evaluate('globalThis.isSuspended')).toBe(true)
  await expect.poll(() => forum.heldPolls()).toBe(0)
  await forum.whenQuiet()
  forum.clearRequests()
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  // What this asks for takes longer than the forum's answer to a poll would.
  expect((await notifier.status()).accounts).toHaveLength(1)
  expect(forum.requests).toEqual([])
  expect(bodies()).toEqual([])

  const woken = Date.now()
  logind.prepareForSleep(false)
  await expect.poll(() => bodies()?.at(-1)).toContain('Release notes')
  await expect.poll(() => forum.heldPolls()).toBe(1)
  // A minute is the least that it would wait by itself.
  expect(Date.now() - woken).toBeLessThan(55_000)
})

test('at a shutdown it ends by itself, and keeps everything', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  const notifier = await notifierOf(options)
  const child = notifier.app?.process()
  if (child === undefined) throw new Error('only on the desktop')
  expect((await notifier.cli('add', forum.url)).status).toBe(0)
  await expect.poll(() => logind.heldUp()).toContain('shutdown delay')
  const ended = once(child, 'exit')
  logind.prepareForShutdown()
  expect(await ended).toEqual([0, null])
  expect(notifier.left()).toContain(forum.url)
})

/** A program that has been told that the session is locked, and one news on its forum. */
const newsWhileLocked = async (forum: Forum, notifierOf: NotifierOf): Promise<void> => {
  logind.setLocked(true)
  const notifier = await notifierOf(options)
  await expect.poll(() => logind.lockQuestions()).toBeGreaterThan(0)
  await connect(notifier, forum, 'eve')
  await expect.poll(async () => (await notifier.status()).accounts.map(({ state }) => state)).toEqual(['fresh'])
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  // Nobody is at the machine, so that questions are minutes apart unless a start asks for one.
  const { program, args } = desktopProgram()
  await promisify(execFile)(program, [...args, '--profile', notifier.profile, '--check'], { env: notifier.env })
  await expect.poll(bodies).toEqual(['Something new'])
}

test('an alert on a locked screen says nothing of what is new; a start with --check asks the forums at once', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  await newsWhileLocked(forum, notifierOf)
  expect(forum.heldPolls()).toBe(0)
})

test('unlocked, alerts say again what is new', { tag: '@on-demand' }, async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  await newsWhileLocked(forum, notifierOf)
  logind.setLocked(false)
  // The lock is looked at every 15 seconds.
  await expect.poll(() => forum.heldPolls(), { timeout: 120_000 }).toBe(1)
  forum.notify({ user: 'eve', type: 'replied', from: 'mika', topicTitle: 'Roadmap' })
  await expect.poll(() => bodies()?.at(-1)).toContain('Roadmap')
})
