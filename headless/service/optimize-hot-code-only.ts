import { setFlagsFromString } from 'node:v8'

/**
 * In bytes of bytecode run, V8's unit for how hot a function is; V8's own threshold is 66 KB. Reading two megabytes of hostile
 * JSON takes no longer by this one, and twice as long by 20 MB.
 */
const threshold = 3_000_000

/**
 * Has V8 optimize only what is hot in earnest. A notifier works a millisecond here and there; by V8's own threshold its
 * functions are optimized one by one for hours, on threads beside it, which took a fifth of its processor time and 3 MB with
 * 200 accounts (docs/measurements.md). Whatever takes long, such as reading two megabytes, is still optimized while it runs.
 *
 * V8 reads this threshold each time, so it may be changed while V8 runs, unlike most of what `v8.setFlagsFromString` takes: those
 * of the garbage collector end the process. In Electron's program it is left alone, where nobody has measured it.
 */
export const optimizeHotCodeOnly = (): void => {
  if (process.versions['electron'] === undefined) setFlagsFromString(`--interrupt-budget=${threshold}`)
}
