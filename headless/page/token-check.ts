import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../engine/ports/clock.ts'

/** So many wrong tokens are answered at once: bookmarks of earlier runs have them. */
const mistakes = 5
/** Each further one waits so many milliseconds, after those before it. */
const pause = 500

/**
 * Makes the function that tells whether a text is the token: the right one at once, wrong ones two a second, so that nobody can
 * try many, over however many connections. Compares in constant time.
 */
export const createTokenCheck = (token: string, clock: Pick<Clock, 'after'>): ((given: string) => Promise<boolean>) => {
  const expected = Buffer.from(token)
  let wrong = 0
  let turn: Promise<void> = Promise.resolve()
  return async (given) => {
    const bytes = Buffer.from(given)
    if (bytes.length === expected.length && timingSafeEqual(bytes, expected)) return true
    wrong += 1
    if (wrong <= mistakes) return false
    turn = turn.then(() => new Promise((resolve) => void clock.after(pause, resolve)))
    await turn
    return false
  }
}
