import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../engine/ports/clock.ts'

/** Number of wrong tokens that are answered at once: bookmarks of earlier runs contain them. */
const mistakes = 5
/** Delay of each further wrong token after the one before it, in milliseconds. */
const pause = 500

/**
 * Creates the token check. The right token is answered at once, wrong ones at two per second over all connections,
 * which prevents guessing. Compares in constant time.
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
