import { setFlagsFromString } from 'node:v8'

/**
 * In bytes of executed bytecode, V8's measure of how hot a function is; V8's default is 66 KB. Parsing two megabytes of
 * hostile JSON takes no longer with this value, and twice as long with 20 MB.
 */
const threshold = 3_000_000
/**
 * The last major version of V8 for which the flags below are known to be there. Its error about an unknown one cannot
 * be caught.
 */
const lastKnown = 11

/**
 * Sets V8 up for a program that runs for a millisecond now and then, for as long as the user is logged in. Call it
 * before anything else. Figures are those of 200 accounts (docs/measurements.md).
 *
 * `--optimize-for-size` collects garbage sooner: 3 to 6 MB less on average, for as much processor time. A held poll
 * lives for half a minute, so what it leaves is in V8's old generation. `--semi-space-growth-factor=1` keeps the young
 * generation as small as it begins: a start would make it grow by up to 25 MB, and V8 plans the next collection by
 * that. The desktop app has flags of its own (electron/system/tune-v8.ts).
 *
 * `--interrupt-budget` makes V8 optimize only really hot code. With V8's default, functions are optimized one by one
 * for hours on background threads, which took a fifth of the processor time and 3 MB. Long-running code, such as
 * parsing two megabytes, is still optimized while it runs. V8 12, in Node 22, no longer has the flag and would print an
 * error. In Electron 33 the flags that came instead saved nothing that could be measured.
 *
 * `--memory-reducer-single-gc`: a program that does little collects once more some seconds after a full collection, not
 * up to three times. Each freed a megabyte, and together they took an eighth of the processor time; without them it is
 * 2 MB more on average, and no more at most.
 *
 * V8 reads these four every time, so they may be changed at run time, unlike most flags of `v8.setFlagsFromString`:
 * others of the garbage collector abort the process.
 * @param v8Version as in `process.versions.v8`
 */
export const tuneV8 = (v8Version = process.versions.v8): void => {
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString('--semi-space-growth-factor=1')
  if (Number.parseInt(v8Version, 10) > lastKnown) return
  setFlagsFromString(`--interrupt-budget=${threshold}`)
  setFlagsFromString('--memory-reducer-single-gc')
}
