/** Time as the engine sees it; passed in, so that tests move it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `action` once after so many milliseconds; gives a function that cancels it. Keeps no process alive. */
  after(milliseconds: number, action: () => void): () => void
}

/** The longest delay a Node timer takes; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

/** The computer's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, Math.min(Math.max(0, milliseconds), longestTimer))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
