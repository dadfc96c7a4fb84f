import { expect } from 'playwright/test'
import type { Forum } from '../forum/forum.ts'
import type { Notifier } from './notifier.ts'

/**
 * Asks until the notifier has given up the key of the account on this forum: a key is given up after refusals a minute apart,
 * because a forum in trouble refuses good keys as well (protocol.md 4.2).
 */
export const untilKeyRefused = async (notifier: Notifier, forum: Forum): Promise<void> => {
  const state = async (): Promise<string | undefined> => {
    await notifier.cli('refresh')
    return (await notifier.status()).accounts.find(({ site }) => site === forum.url)?.state
  }
  await expect.poll(state, { timeout: 240_000, intervals: [5000] }).toBe('needsSignIn')
}
