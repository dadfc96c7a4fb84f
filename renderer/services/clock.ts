/** The present as something to subscribe to, so that all ages on the screen change in the same moment. */
export interface Clock {
  /** Milliseconds since 1970, rounded down to the clock's interval: the same until the next tick. */
  readonly now: () => number
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * A clock that ticks every `interval` milliseconds while somebody looks at it, and at once when the page is shown
 * again: browsers hold back the timers of hidden pages.
 */
export const createClock = (interval: number, time: () => number = Date.now): Clock => {
  let timer: ReturnType<typeof setInterval> | undefined
  const listeners = new Set<() => void>()

  const tick = () => {
    for (const listener of listeners) listener()
  }
  const start = () => {
    timer = setInterval(tick, interval)
    document.addEventListener('visibilitychange', tick)
  }
  const stop = () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }

  return {
    now: () => Math.floor(time() / interval) * interval,
    subscribe: (listener) => {
      if (listeners.size === 0) start()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
  }
}
