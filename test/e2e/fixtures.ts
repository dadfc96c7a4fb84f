import { test as base } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { type ForumOptions, startForum } from '../forum/start-forum.ts'
import { missingPart } from '../system-parts.mjs'
import { type Notifier, type NotifierOptions, startNotifier } from './notifier.ts'

interface Fixtures {
  /** Starts a simulated forum with the member eve; stopped after the test. */
  readonly forumOf: (options?: Partial<ForumOptions>) => Promise<Forum>
  /** Starts the built notifier with secrets in memory; stopped after the test. */
  readonly notifierOf: (options?: NotifierOptions) => Promise<Notifier>
}

/** Playwright's test with forums and notifiers of its own. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  forumOf: async ({}, use) => {
    const forums: Forum[] = []
    await use(async (options = {}) => {
      const forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }], ...options })
      forums.push(forum)
      return forum
    })
    for (const forum of forums) await forum.stop()
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  notifierOf: async ({}, use) => {
    const notifiers: Notifier[] = []
    await use(async (options = { args: ['--no-keychain'] }) => {
      const notifier = await startNotifier(options)
      notifiers.push(notifier)
      return notifier
    })
    for (const notifier of notifiers) await notifier.stop()
  },
})

/**
 * Skips tests, by name and reason, on a machine that lacks a part. To be called in a file or a `describe`, not in a test:
 * by then the browser would have been started.
 */
export const needs = (part: Parameters<typeof missingPart>[0]): void => {
  const missing = missingPart(part)
  test.skip(missing !== undefined, missing ?? '')
}
