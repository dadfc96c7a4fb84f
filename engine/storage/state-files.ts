import { readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'

/**
 * Small JSON files in a folder of the profile, for data that changes often. Each is replaced as a whole, so that a
 * crash leaves either the old file or the new one.
 */
export interface StateFiles {
  /** The file's contents; undefined when it is missing or cannot be read. */
  read(name: string): unknown
  /** Replaces the file in the background; a later call for the same name wins. */
  write(name: string, value: object, options?: WriteOptions): void
  remove(name: string): void
  /** Waits for pending writes. */
  settled(): Promise<void>
  /**
   * Tries again what has failed, waits for pending writes, and reports errors. Failure: `settings_not_saved`, with the
   * latest error since the last call.
   */
  flush(): Promise<Result<null>>
}

export interface WriteOptions {
  /**
   * Whether it must survive a power failure too. Data that can be fetched again need not, and flushing to the disk is
   * most of the cost of a write.
   */
  readonly isDurable: boolean
}

interface Change {
  /** The file's new text, or null to remove it. */
  readonly text: string | null
  readonly isDurable: boolean
}

/**
 * How often, and how many milliseconds apart, replacing an open file is retried: virus scanners on Windows hold files
 * open.
 */
const mostTries = 20
const retryPause = 100

/** @param folder is created on the first write */
export const openStateFiles = (folder: string): StateFiles => {
  removeHalfWritten(folder)
  /** What to do with each file next. */
  const wanted = new Map<string, Change>()
  /** What could not be done, as on a full disk: tried again with the next write of any file. */
  const failed = new Map<string, Change>()
  const working = new Map<string, Promise<void>>()
  let trouble: Result<null> = ok(null)
  const fileOf = (name: string): string => path.join(folder, `${path.basename(name)}.json`)

  /** One operation at a time for each file; of the pending ones only the latest is carried out. */
  const work = async (file: string): Promise<void> => {
    for (let next = wanted.get(file); next !== undefined; next = wanted.get(file)) {
      wanted.delete(file)
      try {
        if (next.text === null) await rm(file, { force: true })
        else await replace(file, next.text, next.isDurable)
      } catch (error) {
        trouble = fail('settings_not_saved', { reason: errorReason(error), file })
        if (!wanted.has(file)) failed.set(file, next)
      }
    }
    working.delete(file)
  }

  const want = (file: string, change: Change): void => {
    failed.delete(file)
    wanted.set(file, change)
    if (!working.has(file)) working.set(file, work(file))
  }
  const tryAgain = (): void => {
    for (const [file, change] of [...failed]) want(file, change)
  }
  const change = (name: string, text: string | null, isDurable: boolean): void => {
    tryAgain()
    want(fileOf(name), { text, isDurable })
  }

  const settled = async (): Promise<void> => void (await Promise.all(working.values()))

  return {
    read: (name) => {
      try {
        return JSON.parse(readRegularFile(fileOf(name)).toString('utf8'))
      } catch {
        return undefined
      }
    },
    write: (name, value, { isDurable } = { isDurable: true }) => change(name, JSON.stringify(value), isDurable),
    remove: (name) => change(name, null, false),
    settled,
    flush: async () => {
      tryAgain()
      await settled()
      const told = trouble
      trouble = ok(null)
      return told
    },
  }
}

/** @throws when the file cannot be replaced; it is then unchanged */
const replace = async (file: string, text: string, isDurable: boolean): Promise<void> => {
  const temporary = `${file}.tmp-new`
  const write = (): Promise<void> => writeFile(temporary, text, { mode: 0o600, flush: isDurable })
  try {
    await write()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await write()
  }
  await moveInto(file, temporary, mostTries)
}

const moveInto = async (file: string, temporary: string, tries: number): Promise<void> => {
  try {
    await rename(temporary, file)
  } catch (error) {
    const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')
    if (!isHeld || tries <= 1) throw error
    await delay(retryPause)
    await moveInto(file, temporary, tries - 1)
  }
}

/** Removes files left half written by a killed process. Only the process that has claimed the profile calls this. */
const removeHalfWritten = (folder: string): void => {
  try {
    for (const entry of readdirSync(folder))
      if (entry.includes('.json.tmp-')) rmSync(path.join(folder, entry), { force: true })
  } catch {
    // There is no such folder yet, or nothing in it can be removed; then the next write will report it.
  }
}
