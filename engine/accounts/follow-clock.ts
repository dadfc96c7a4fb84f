import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'

export interface FollowClockOptions {
  readonly model: Pick<Model, 'attempts' | 'putAttempt' | 'save'>
  readonly clock: Clock
}

/** In milliseconds: less than this is how clocks are kept right, or how coarse one of them is. */
const leastJump = 5000
/** Milliseconds between two looks, for what a user sees; whoever decides by the times looks first. */
const lookEvery = 60_000

/**
 * Makes the function that moves the times of sign-in attempts along where the wall clock was set: how long a sign-in may
 * take is a length of time. It also does so by itself, until `clock` ends.
 */
export const createFollowClock = ({ model, clock }: FollowClockOptions): (() => void) => {
  const offset = (): number => clock.now() - clock.elapsed()
  let seen = offset()
  const follow = (): void => {
    const moved = offset() - seen
    if (Math.abs(moved) < leastJump) return
    seen += moved
    const attempts = model.attempts()
    for (const attempt of attempts) {
      const { createdAt, expiresAt } = attempt
      model.putAttempt({ ...attempt, createdAt: createdAt + moved, expiresAt: expiresAt + moved })
    }
    if (attempts.length > 0) model.save()
  }
  const followLater = (): void => {
    clock.after(lookEvery, () => {
      follow()
      followLater()
    })
  }
  followLater()
  return follow
}
