import { setFlagsFromString } from 'node:v8'
import type { App } from 'electron'

/**
 * TurboFan optimizes what runs long and hot, which nothing here does: parsing the longest answer of a forum takes as
 * long without it, since Maglev optimizes too. Its own code is several megabytes of Electron that are read into memory
 * once it is used, in each process for itself (docs/measurements.md).
 */
const withoutTurboFan = '--no-turbofan'

/**
 * Sets V8 up for a main process that does a little now and then for as long as the user is logged in. Call it before
 * anything else is loaded. `--semi-space-growth-factor=1` keeps the young generation as small as it begins: a start
 * makes it grow, and on a busy machine V8 gives that back only minutes later.
 *
 * V8 reads these two every time, so they may be changed at run time, unlike most flags of `v8.setFlagsFromString`. A
 * version that does not know one prints that and goes on.
 */
export const tuneMainProcess = (): void => {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString(withoutTurboFan)
}

/** Sets V8 up for pages. Call it before `ready`. What the command line itself says about V8 stays. */
export const tunePages = ({ commandLine }: { readonly commandLine: Pick<App['commandLine'], PageSwitches> }): void => {
  if (!commandLine.hasSwitch(pageFlags)) commandLine.appendSwitch(pageFlags, withoutTurboFan)
}

/** Chromium's switch, which Electron hands to every renderer process (electronjs.org/docs/latest/api/command-line-switches). */
const pageFlags = 'js-flags'

type PageSwitches = 'hasSwitch' | 'appendSwitch'
