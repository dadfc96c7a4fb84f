import { setFlagsFromString } from 'node:v8'

/**
 * In bytes of executed bytecode, V8's measure of how hot a function is; V8's default is 66 KB. Parsing two megabytes of
 * hostile JSON takes no longer with this value, and twice as long with 20 MB.
 */
const threshold = 3_000_000
/** The last major version of V8 with that flag. Its error about an unknown one cannot be caught. */
const lastWithFlag = 11

/**
 * Makes V8 optimize only really hot code. A notifier runs for a millisecond now and then; with V8's default its
 * functions are optimized one by one for hours on background threads, which took a fifth of its CPU time and 3 MB with
 * 200 accounts (docs/measurements.md). Long-running code, such as parsing two megabytes, is still optimized while it
 * runs.
 *
 * V8 reads this threshold every time, so it may be changed at run time, unlike most flags of `v8.setFlagsFromString`:
 * those of the garbage collector abort the process. V8 12, in Node 22, no longer has the flag and would print an error.
 * In Electron 33 the flags that came instead saved nothing that could be measured.
 * @param v8Version as in `process.versions.v8`
 */
export const optimizeHotCodeOnly = (v8Version = process.versions.v8): void => {
  if (Number.parseInt(v8Version, 10) <= lastWithFlag) setFlagsFromString(`--interrupt-budget=${threshold}`)
}
