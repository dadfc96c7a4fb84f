/** An account on a simulated forum, with the key it has there. */
export interface BenchAccount {
  readonly base: string
  readonly username: string
  readonly userId: number
  readonly key: string
}

/** What the engine's process reports after it has run for a while. */
export interface ScaleFigures {
  /** How many accounts have their live channel, of how many. */
  readonly live: number
  readonly accounts: number
  /** Milliseconds of processor time, of all threads, and the milliseconds in which they were spent. */
  readonly cpu: number
  readonly elapsed: number
  /** Bytes. The heap is that after a garbage collection. */
  readonly rss: number
  readonly heap: number
  readonly sockets: number
  /** Milliseconds beyond what was asked for, the 99th percentile. */
  readonly delay: number
}
