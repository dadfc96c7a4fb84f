import { uptime } from 'node:os'

/** Time as the engine sees it; passed in, so that tests move it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Milliseconds since some moment, by a clock that nobody sets and that goes on while the machine sleeps: for lengths of
   * time. As fine as the system tells, which on macOS is a second.
   */
  elapsed(): number
  /** Calls `action` once after so many milliseconds; gives a function that cancels it. Keeps no process alive. */
  after(milliseconds: number, action: () => void): () => void
}

/** The longest delay a Node timer takes; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

/** The computer's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => uptime() * 1000,
  after: (milliseconds, action) => {
    const timer = setTimeout(action, Math.min(Math.max(0, milliseconds), longestTimer))
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A clock whose timers all end together. */
export interface EndingClock extends Clock {
  /** Cancels every timer that waits; from now on none is taken. */
  end(): void
}

/** `clock` for parts that are stopped as one, so that none of them has to remember its timers for that. */
export const createEndingClock = (clock: Clock): EndingClock => {
  const waiting = new Set<() => void>()
  let isOver = false
  return {
    ...{ now: clock.now, elapsed: clock.elapsed },
    after: (milliseconds, action) => {
      if (isOver) return () => undefined
      const cancel = (): void => {
        waiting.delete(cancel)
        stop()
      }
      const stop = clock.after(milliseconds, () => {
        waiting.delete(cancel)
        action()
      })
      waiting.add(cancel)
      return cancel
    },
    end: () => {
      isOver = true
      for (const cancel of waiting) cancel()
    },
  }
}
