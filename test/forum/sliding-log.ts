/**
 * Protocol 4.3: allowed while fewer than `max` entries exist, or the oldest of the last `max` is at least the window
 * old. Refused attempts are not recorded, so trying again does not lengthen the wait.
 */
export class SlidingLog {
  readonly #max: number
  readonly #windowMs: number
  #times: number[] = []

  constructor(max: number, windowMs: number) {
    this.#max = max
    this.#windowMs = windowMs
  }

  /** Takes a place and gives `null`, or gives the whole seconds to wait. `now` in milliseconds. */
  take(now: number): number | null {
    const oldest = this.#times.length < this.#max ? undefined : (this.#times[0] ?? now)
    if (oldest !== undefined && now - oldest < this.#windowMs) {
      return Math.max(1, Math.ceil((oldest + this.#windowMs - now) / 1000))
    }
    this.#times = [...this.#times, now].slice(-this.#max)
    return null
  }
}
