import type { ServerResponse } from 'node:http'

/**
 * The requests a forum is working on, so that tests can wait until it has finished all of them. A request that waited
 * is open again at the very moment it goes on.
 */
export class OpenRequests {
  /** For each request whether it is being worked on; if not, it waits for the clock or for a bus message. */
  readonly #requests = new Map<ServerResponse, boolean>()
  #open = 0
  #waitingForQuiet: (() => void)[] = []

  /** Without those that only wait: held polls, and answers a fault delays. */
  get count(): number {
    return this.#open
  }

  /** Those that only wait. */
  get waiting(): number {
    return this.#requests.size - this.#open
  }

  /** A request arrived. It is over when its answer is, or its connection. */
  begin(answer: ServerResponse): void {
    this.#set(answer, true)
    const { socket } = answer.req
    const over = (): void => {
      socket.off('close', over)
      if (!this.#requests.has(answer)) return
      this.#set(answer, false)
      this.#requests.delete(answer)
    }
    answer.once('close', over)
    // Node tells nothing to an answer that still waits behind another one when their connection ends.
    socket.once('close', over)
  }

  /** The request waits from here on. */
  wait(answer: ServerResponse): void {
    if (this.#requests.has(answer)) this.#set(answer, false)
  }

  goOn(answer: ServerResponse): void {
    if (this.#requests.has(answer)) this.#set(answer, true)
  }

  /** Resolves as soon as nothing is being worked on. */
  whenQuiet(): Promise<void> {
    if (this.#open === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waitingForQuiet.push(resolve)
    })
  }

  #set(answer: ServerResponse, isOpen: boolean): void {
    const wasOpen = this.#requests.get(answer) ?? false
    this.#requests.set(answer, isOpen)
    if (wasOpen === isOpen) return
    this.#open += isOpen ? 1 : -1
    if (this.#open > 0) return
    for (const resolve of this.#waitingForQuiet.splice(0)) resolve()
  }
}
