/** Time as the forum sees it. Has the shape of the engine's clock, so that both can run on the same one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `action` once after so many milliseconds; gives a function that cancels it. */
  after(ms: number, action: () => void): () => void
}

/** The computer's clock. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms).unref()
    return () => clearTimeout(timer)
  },
}

interface Timer {
  readonly at: number
  readonly action: () => void
  cancel: () => void
}

/** A clock that can be moved ahead of the one it is made from, and takes its timers along. */
export class ForumClock implements Clock {
  readonly #clock: Clock
  readonly #timers = new Set<Timer>()
  #ahead = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now() + this.#ahead
  }

  after(ms: number, action: () => void): () => void {
    const timer: Timer = { at: this.now() + ms, action, cancel: () => undefined }
    this.#timers.add(timer)
    this.#start(timer)
    return () => this.#drop(timer)
  }

  /** Moves ahead; what falls due is done at once, in its order. */
  advance(ms: number): void {
    this.#ahead += ms
    const now = this.now()
    const due = [...this.#timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
    for (const timer of due) this.#fire(timer)
    for (const timer of this.#timers) {
      timer.cancel()
      this.#start(timer)
    }
  }

  #start(timer: Timer): void {
    timer.cancel = this.#clock.after(Math.max(0, timer.at - this.now()), () => this.#fire(timer))
  }

  #fire(timer: Timer): void {
    // One that was due may have been cancelled by what was done before it.
    if (!this.#timers.has(timer)) return
    this.#drop(timer)
    timer.action()
  }

  #drop(timer: Timer): void {
    timer.cancel()
    this.#timers.delete(timer)
  }
}
