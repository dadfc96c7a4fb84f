import { readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'

/**
 * Small JSON files in a folder of the profile, for what changes often. Each is replaced as a whole, so that a crash of the
 * program leaves the old one or the new one.
 */
export interface StateFiles {
  /** What the file holds; undefined when there is none or it cannot be read, which is the same here. */
  read(name: string): unknown
  /** Replaces it in the background; a later call for the same name wins. */
  write(name: string, value: object, options?: WriteOptions): void
  remove(name: string): void
  /** Waits for what is being written. */
  settled(): Promise<void>
  /** The same, and tells whether all went well. Failure: `settings_not_saved`, with the last trouble since the last call. */
  flush(): Promise<Result<null>>
}

export interface WriteOptions {
  /**
   * Whether it must outlive a power failure as well. What can be asked for again need not: it may then be lost, and waiting
   * for the disk is most of what writing costs.
   */
  readonly isDurable: boolean
}

/** How often a file that another program holds open is tried, and how many milliseconds apart: virus scanners on Windows do that. */
const mostTries = 20
const retryPause = 100

/** @param folder is made when something is written first */
export const openStateFiles = (folder: string): StateFiles => {
  removeHalfWritten(folder)
  /** What is to become of each file next: its text, or null where it is to go. */
  const wanted = new Map<string, { readonly text: string | null; readonly isDurable: boolean }>()
  const working = new Map<string, Promise<void>>()
  let trouble: Result<null> = ok(null)
  const fileOf = (name: string): string => path.join(folder, `${path.basename(name)}.json`)

  /** One thing after the other for each file, and of those that wait only the last. */
  const work = async (file: string): Promise<void> => {
    for (let next = wanted.get(file); next !== undefined; next = wanted.get(file)) {
      wanted.delete(file)
      try {
        if (next.text === null) await rm(file, { force: true })
        else await replace(file, next.text, next.isDurable)
      } catch (error) {
        trouble = fail('settings_not_saved', { reason: errorReason(error), file })
      }
    }
    working.delete(file)
  }

  const want = (name: string, text: string | null, isDurable: boolean): void => {
    const file = fileOf(name)
    wanted.set(file, { text, isDurable })
    if (!working.has(file)) working.set(file, work(file))
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
    write: (name, value, { isDurable } = { isDurable: true }) => want(name, JSON.stringify(value), isDurable),
    remove: (name) => want(name, null, false),
    settled,
    flush: async () => {
      await settled()
      const told = trouble
      trouble = ok(null)
      return told
    },
  }
}

/** @throws when the file cannot be replaced; it is then as it was */
const replace = async (file: string, text: string, isDurable: boolean): Promise<void> => {
  const temporary = `${file}.tmp-new`
  const write = (): Promise<void> => writeFile(temporary, text, { mode: 0o600, flush: isDurable })
  try {
    await write()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    await mkdir(path.dirname(file), { recursive: true })
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

/** Removes what a kill in the middle of a write has left. Only the program that has claimed the profile comes here. */
const removeHalfWritten = (folder: string): void => {
  try {
    for (const entry of readdirSync(folder))
      if (entry.includes('.json.tmp-')) rmSync(path.join(folder, entry), { force: true })
  } catch {
    // There is no such folder yet, or nothing in it can be removed, which the next write will tell.
  }
}
