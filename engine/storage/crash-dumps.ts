import { readdirSync, rmSync, statSync } from 'node:fs'
import * as path from 'node:path'
import type { Clock } from '../ports/clock.ts'

const day = 24 * 60 * 60_000

/** How long a dump is kept, in milliseconds: it helps to find the fault soon after, and may hold parts of the memory. */
export const dumpLifetime = 14 * day

/** What crashes have left behind on this computer. */
export interface CrashDumps {
  readonly folder: string
  /** How many dumps there are now. */
  count(): number
}

export interface CrashDumpsOptions {
  /** Crashpad's, which makes folders of its own in it. */
  readonly folder: string
  readonly clock: Clock
}

/**
 * Looks after the folder in which Electron has dumps of crashes put: deletes the old ones now and every day. What cannot be
 * read or deleted is left alone.
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

/** A dump, and what Crashpad writes beside one. Its settings are no dump. */
const isDump = /\.(dmp|meta|lock)$/

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
  } catch {
    return []
  }
}

/** When a file was written, in milliseconds since 1970; never old, where it has gone meanwhile. */
const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY

const remove = (file: string): void => {
  try {
    rmSync(file, { force: true })
  } catch {
    // Tried again tomorrow.
  }
}
