import { readdirSync, rmSync, statSync } from 'node:fs'
import * as path from 'node:path'
import type { Clock } from '../ports/clock.ts'

const day = 24 * 60 * 60_000

/**
 * How long a dump is kept, in milliseconds: it is useful only soon after the crash, and may contain parts of memory.
 */
export const dumpLifetime = 14 * day

/** The crash dumps on this computer. */
export interface CrashDumps {
  readonly folder: string
  /** How many dumps there are now. */
  count(): number
}

export interface CrashDumpsOptions {
  /** Crashpad's folder; it creates subfolders of its own. */
  readonly folder: string
  readonly clock: Clock
}

/**
 * Watches the folder where Electron writes crash dumps: deletes old ones now and once a day. Files that cannot be read
 * or deleted are left alone.
 */
export const openCrashDumps = ({ folder, clock }: CrashDumpsOptions): CrashDumps => {
  const sweep = (): void => {
    for (const file of filesIn(folder)) {
      if (isDump.test(file) && clock.now() - timeOf(file) > dumpLifetime) remove(file)
    }
    clock.after(day, sweep)
  }
  sweep()
  return { folder, count: () => filesIn(folder).filter((file) => file.endsWith('.dmp')).length }
}

/** A dump, or a file that Crashpad writes beside one; not Crashpad's own settings. */
const isDump = /\.(dmp|meta|lock)$/

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
  } catch {
    return []
  }
}

/** When a file was written, in milliseconds since 1970; Infinity, which never counts as old, if it is gone by now. */
const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY

const remove = (file: string): void => {
  try {
    rmSync(file, { force: true })
  } catch {
    // Retried tomorrow.
  }
}
