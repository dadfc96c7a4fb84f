import { readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { writeFile } from 'atomically'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorReason } from '../parsing/error-code.ts'

/**
 * Small JSON files in a folder of the profile, for what changes often and can be asked for again: losing one costs a few
 * requests, nothing that the user chose. Each is replaced as a whole, so that a crash leaves the old one or the new one.
 */
export interface StateFiles {
  /** What the file holds; undefined when there is none or it cannot be read, which is the same here. */
  read(name: string): unknown
  /** Replaces it in the background; a later call for the same name wins. */
  write(name: string, value: object): void
  remove(name: string): void
  /** Waits for what is being written. */
  settled(): Promise<void>
  /** The same, and tells whether all went well. Failure: `settings_not_saved`, with the last trouble since the last call. */
  flush(): Promise<Result<null>>
}

/** @param folder is made when something is written first */
export const openStateFiles = (folder: string): StateFiles => {
  const writing = new Set<Promise<void>>()
  let trouble: Result<null> = ok(null)
  const fileOf = (name: string): string => path.join(folder, `${path.basename(name)}.json`)

  /** One thing after the other for each file is what the library sees to; here only the trouble is kept. */
  const run = (file: string, work: Promise<unknown>): void => {
    const settled = work
      .then(() => undefined)
      .catch((error: unknown) => {
        const reason = errorReason(error)
        trouble = fail('settings_not_saved', { reason, file })
      })
      .finally(() => writing.delete(settled))
    writing.add(settled)
  }

  const settled = async (): Promise<void> => void (await Promise.all(writing))

  return {
    read: (name) => {
      try {
        return JSON.parse(readFileSync(fileOf(name), 'utf8'))
      } catch {
        return undefined
      }
    },
    write: (name, value) => run(fileOf(name), writeFile(fileOf(name), JSON.stringify(value), { mode: 0o600 })),
    remove: (name) => {
      // What is being written now would bring it back.
      const earlier = [...writing]
      run(
        fileOf(name),
        Promise.all(earlier).then(() => rmSync(fileOf(name), { force: true })),
      )
    },
    settled,
    flush: async () => {
      await settled()
      const told = trouble
      trouble = ok(null)
      return told
    },
  }
}
