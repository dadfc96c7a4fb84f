import { uptime } from 'node:os'

/** Time as the engine sees it; passed in, so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Milliseconds since some moment, by a clock that is never set and that runs while the machine sleeps: for lengths of
   * time. Its resolution is the system's, which on macOS is a second.
   */
  elapsed(): number
  /** Calls `action` once after this many milliseconds; returns a function that cancels it. Keeps no process alive. */
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
  /** Cancels every timer; from now on none is accepted. */
  end(): void
}

/** `clock` for parts that stop together, so that none of them has to keep track of its timers. */
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
