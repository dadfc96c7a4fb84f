/**
 * Protocol 4.3: allowed while fewer than `max` entries exist, or the oldest of the last `max` is at least the window
 * old. Refused attempts are not recorded, so trying again does not lengthen the wait.
 */
export class SlidingLog {
  readonly #max: number
  readonly #windowMs: number
  /** As many as are needed to decide; the oldest is overwritten by the newest. */
  readonly #times: number[] = []
  #oldest = 0

  constructor(max: number, windowMs: number) {
    this.#max = max
    this.#windowMs = windowMs
  }

  /** Takes a place and gives `null`, or gives the whole seconds to wait. `now` in milliseconds. */
  take(now: number): number | null {
    const oldest = this.#times.length < this.#max ? undefined : (this.#times[this.#oldest] ?? now)
    if (oldest !== undefined && now - oldest < this.#windowMs) {
      return Math.max(1, Math.ceil((oldest + this.#windowMs - now) / 1000))
    }
    this.#times[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#max
    return null
  }
}
