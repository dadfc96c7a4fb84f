import { setFlagsFromString } from 'node:v8'

/**
 * In bytes of executed bytecode, V8's measure of how hot a function is; V8's default is 66 KB. Parsing two megabytes of
 * hostile JSON takes no longer with this value, and twice as long with 20 MB.
 */
const threshold = 3_000_000

/**
 * Makes V8 optimize only really hot code. A notifier runs for a millisecond now and then; with V8's default its
 * functions are optimized one by one for hours on background threads, which took a fifth of its CPU time and 3 MB with
 * 200 accounts (docs/measurements.md). Long-running code, such as parsing two megabytes, is still optimized while it
 * runs.
 *
 * V8 reads this threshold every time, so it may be changed at run time, unlike most flags of `v8.setFlagsFromString`:
 * those of the garbage collector abort the process. Not set in Electron, where nobody has measured it.
 */
export const optimizeHotCodeOnly = (): void => {
  if (process.versions['electron'] === undefined) setFlagsFromString(`--interrupt-budget=${threshold}`)
}
