import { test as base, expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import { type ForumOptions, startForum } from '../forum/start-forum.ts'
import { missingPart } from '../system-parts.mjs'
import { missingDesktopProgram } from './desktop-program.ts'
import { type Notifier, type NotifierOptions, type ShellName, startNotifier } from './notifier.ts'

/** Which shell `notifierOf` starts: the project's choice. */
export interface ShellOption {
  readonly shell: ShellName
}

interface Fixtures {
  /** Skips a test whose shell this machine cannot run. */
  readonly shellIsThere: null
  /** The forums of a test, and what its notifiers' pages were sent. */
  readonly watched: { readonly forums: Forum[]; readonly answers: Promise<string>[]; readonly origins: Set<string> }
  /**
   * Has something done at the end of the test, when its notifiers have ended; what was asked for last is done first. A
   * desktop that a notifier is in ends like this: in an `afterEach` the notifier would lose it while it runs.
   */
  readonly atEnd: (step: () => Promise<void>) => void
  /** Starts a simulated forum with the member eve; stopped after the test. */
  readonly forumOf: (options?: Partial<ForumOptions>) => Promise<Forum>
  /**
   * Starts the built notifier with secrets in memory; stopped after the test. Whatever the test was about, what the
   * notifier has printed, written and answered to its pages must not hold any secret of the test's forums.
   */
  readonly notifierOf: (options?: NotifierOptions) => Promise<Notifier>
}

/** Playwright's test with forums and notifiers of its own. */
export const test = base.extend<Fixtures & ShellOption>({
  shell: ['headless', { option: true }],
  // Not a hook: files with a test of Playwright's own import this one too, and would get it.
  shellIsThere: [
    async ({ shell }, use, testInfo) => {
      const missing = shell === 'desktop' ? (missingDesktopProgram() ?? missingPart('electron')) : undefined
      testInfo.skip(missing !== undefined, missing ?? '')
      await use(null)
    },
    { auto: true },
  ],
  watched: async ({ context }, use) => {
    const watched: Fixtures['watched'] = { forums: [], answers: [], origins: new Set() }
    context.on('response', (response) => {
      const isOurs = watched.origins.has(new URL(response.url()).origin)
      // Snapshots come in an answer without end, which cannot be read before it has one.
      if (isOurs) watched.answers.push(response.text().catch(() => ''))
    })
    await use(watched)
  },
  forumOf: async ({ watched }, use) => {
    await use(async (options = {}) => {
      const forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }], ...options })
      watched.forums.push(forum)
      return forum
    })
    for (const forum of watched.forums) await forum.stop()
  },
  atEnd: async ({ shellIsThere: _ }, use) => {
    const steps: (() => Promise<void>)[] = []
    await use((step) => void steps.push(step))
    await doInReverse(steps)
  },
  notifierOf: async ({ watched, shell, context, atEnd: _ }, use) => {
    const notifiers: Notifier[] = []
    await use(async (options = { args: ['--no-keychain'] }) => {
      const notifier = await startNotifier(shell, context, options)
      notifiers.push(notifier)
      if (shell === 'headless') watched.origins.add(new URL(notifier.url).origin)
      return notifier
    })
    const left: string[] = []
    // A later one may be on the desktop of an earlier one.
    await doInReverse(
      notifiers.map((notifier) => async () => {
        left.push(notifier.left())
        await notifier.stop()
      }),
    )
    left.push(...(await Promise.all(watched.answers)))
    const found = watched.forums.flatMap((forum) => left.flatMap((text) => forum.secretsIn(text)))
    expect(found, 'secrets outside engine and vault').toEqual([])
    expect(left.join('\n'), 'the private key outside engine and vault').not.toContain('PRIVATE KEY')
  },
})

/** Does the last step first, and all of them. @throws what the first one threw that failed */
const doInReverse = async (steps: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const failures: unknown[] = []
  for (const step of steps.toReversed()) await step().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/**
 * Skips tests, by name and reason, on a machine that lacks a part. To be called in a file or a `describe`, not in a test:
 * by then the browser would have been started.
 */
export const needs = (part: Parameters<typeof missingPart>[0]): void => {
  const missing = missingPart(part)
  test.skip(missing !== undefined, missing ?? '')
}
