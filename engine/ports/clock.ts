import { uptime } from 'node:os'

/** Time as the engine sees it; passed in, so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Milliseconds since some moment, by a clock that is never set or turned back, and that runs while the machine
   * sleeps: for lengths of time. A sleep shows within `uptimeLifetime` of waking up, one of less than `shortestSleep`
   * maybe not at all.
   */
  elapsed(): number
  /** Calls `action` once after this many milliseconds; returns a function that cancels it. Keeps no process alive. */
  after(milliseconds: number, action: () => void): () => void
}

/** The longest delay a Node timer takes; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

/**
 * How often the uptime is read, in milliseconds. Each time Node opens and reads a file (Linux), which takes 7 µs and
 * more; with 200 accounts that was most of the system's share of the processor time (docs/measurements.md).
 */
const uptimeLifetime = 100
/** A sleep that is taken into account, in milliseconds: more than the uptime is rounded by, a second on macOS. */
const shortestSleep = 2000

/**
 * Makes `Clock.elapsed` from two clocks: a monotonic one, which may stand still while the machine sleeps (on Linux it
 * does), and the uptime, which never does, but is coarse and slow to read.
 * @param monotonic in milliseconds
 * @param readUptime in seconds
 */
export const createElapsed = (monotonic: () => number, readUptime: () => number): (() => number) => {
  let readAt = monotonic()
  /** By how much the uptime is ahead: by all that the machine has slept, on Linux. */
  let lead = readUptime() * 1000 - readAt
  return () => {
    const now = monotonic()
    if (now - readAt >= uptimeLifetime) {
      readAt = now
      const current = readUptime() * 1000 - now
      if (current - lead >= shortestSleep) lead = current
    }
    return now + lead
  }
}

/** The computer's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: createElapsed(() => performance.now(), uptime),
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
