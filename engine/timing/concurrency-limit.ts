/** Limits how many run at once. The others wait in order of arrival, requests of the user first. */
export interface ConcurrencyLimit {
  /** Waits for a place and returns the function that frees it. */
  enter(isUrgent: boolean): Promise<() => void>
}

/** @param places how many may run at once */
export const createConcurrencyLimit = (places: number): ConcurrencyLimit => {
  let inside = 0
  const urgent: (() => void)[] = []
  const waiting: (() => void)[] = []

  const leave = (): void => {
    inside -= 1
    const next = urgent.shift() ?? waiting.shift()
    next?.()
  }

  /** A place is freed once, however often its function is called. */
  const take = (): (() => void) => {
    inside += 1
    let isFreed = false
    return () => {
      if (isFreed) return
      isFreed = true
      leave()
    }
  }

  return {
    enter: (isUrgent) => {
      if (inside < places) return Promise.resolve(take())
      return new Promise((resolve) => {
        const queue = isUrgent ? urgent : waiting
        queue.push(() => resolve(take()))
      })
    },
  }
}
