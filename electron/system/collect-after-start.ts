import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock } from '../../engine/ports/clock.ts'

/** How long after a start its garbage is collected, in milliseconds: by then everything has been read and loaded. */
export const settledAfter = 60_000

/**
 * Gives back the memory that a start needed. V8 collects garbage when more is allocated, which a program at rest does not do:
 * with 50 accounts the main process kept 11 MB of 49 (docs/measurements.md, "The desktop app beside a bare Electron").
 * It takes some 50 ms. Once, and late: promises that a debugger waits for may go in any collection.
 */
export const collectAfterStart = (clock: Clock, collect = collectAll): void => void clock.after(settledAfter, collect)

/**
 * V8 has a function for it in contexts that are made while this flag is set. Electron leaves the flags of its main process
 * changeable (`--no-freeze-flags-after-init` in its shell/browser/javascript_environment.cc).
 */
const collectAll = (): void => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect === 'function') collect()
}
