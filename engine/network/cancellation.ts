/**
 * Ends one request before its answer. An `AbortController` would do, but with its two listeners it takes 1 KB, for as
 * long as a poll is held, and twenty times as long to create.
 */
export class Cancellation {
  /** Why the request was cancelled; undefined while it was not. */
  reason: Error | undefined
  #listeners: readonly (() => void)[] = []

  /** Only the first call counts. */
  cancel(reason: Error = new Error('Not wanted any more')): void {
    if (this.reason !== undefined) return
    this.reason = reason
    for (const listener of this.#listeners) listener()
  }

  /** Calls `listener` when the request is cancelled; never if it already was. */
  onCancel(listener: () => void): void {
    this.#listeners = [...this.#listeners, listener]
  }
}
