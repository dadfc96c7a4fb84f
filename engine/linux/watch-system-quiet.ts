import type { Clock } from '../ports/clock.ts'

/** What watching the system's do-not-disturb needs. */
export interface SystemQuietOptions {
  readonly engine: { readonly setSystemQuiet: (isQuiet: boolean) => void }
  readonly clock: Clock
  /** Whether the system is to disturb nobody; never rejects. */
  readonly ask: () => Promise<boolean>
}

/** From an answer to the next question, in milliseconds. On GNOME each costs the start of a small program. */
export const pollInterval = 60_000

/** Asks at once and every minute, one question at a time, and tells the engine. The promise is that of the first look. */
export const watchSystemQuiet = async (options: SystemQuietOptions): Promise<void> => {
  const { engine, clock, ask } = options
  engine.setSystemQuiet(await ask())
  clock.after(pollInterval, () => void watchSystemQuiet(options))
}
