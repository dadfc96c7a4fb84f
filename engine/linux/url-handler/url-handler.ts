import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../../../common/contract/failure.ts'
import { errorCode } from '../../parsing/error-code.ts'
import { replaceFile } from '../../storage/replace-file.ts'
import { desktopEntry, entryName, previousHandler, schemeType, urlLine } from './desktop-entry.ts'
import { defaultHandler, isRemovedHandler, withoutHandler, withRemovedHandler } from './mime-apps.ts'

const run = promisify(execFile)

export interface UrlHandlerOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  /** The name of its `.desktop` file. */
  readonly entry: string
  /** The entry of a package of ours, which offers it for the scheme by itself; without it there is none. */
  readonly packaged?: string | undefined
  /** What receives an address: the program and its arguments; the address follows as the last one. */
  readonly command: readonly string[]
}

/** A program as the one for `discourse:` addresses, on a Linux desktop. */
export interface UrlHandler {
  /**
   * Writes the `.desktop` file and makes it the scheme's default with xdg-mime, which knows what each desktop wants.
   * Failure: `handler_failed`.
   */
  register(): Promise<Result<null>>
  /**
   * Undoes that and gives the scheme back to what had it before. Where that is our package, or only that is left, the user's
   * list says that it is not to have it: GNOME, KDE Plasma and whatever else reads the specification obey, a bare `xdg-open`
   * does not. Failure: `handler_failed`.
   */
  unregister(): Promise<Result<null>>
  /** Whether the user's own list of defaults says that addresses reach this very command. */
  reaches(): boolean
  /** The `.desktop` file that the desktop starts for an address; undefined when none is to. Never rejects. */
  current(): Promise<string | undefined>
  /** What the program of a `.desktop` file is called; the file's own name where it does not say. */
  nameOf(entry: string): string
  /** Makes an entry of ours start this very command, for the program may have moved; does nothing where there is none. */
  repair(): void
}

export const createUrlHandler = ({ environment, home, entry, packaged, command }: UrlHandlerOptions): UrlHandler => {
  // XDG Base Directory Specification.
  const data = environment['XDG_DATA_HOME'] || path.join(home, '.local', 'share')
  const list = path.join(environment['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'mimeapps.list')
  const shared = (environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':')
  const file = path.join(data, 'applications', entry)
  const xdgMime = async (...args: readonly string[]): Promise<string> =>
    (await run('xdg-mime', args, { env: environment, timeout: deadline, encoding: 'utf8' })).stdout.trim()

  return {
    register: async () => {
      try {
        const present = defaultHandler(readText(list))
        const previous = present === entry ? previousHandler(readText(file)) : present
        mkdirSync(path.dirname(file), { recursive: true })
        mkdirSync(path.dirname(list), { recursive: true })
        replaceFile(file, desktopEntry(command, previous ?? ''))
        const names = readText(list)
        if (packaged !== undefined && names !== '') replaceFile(list, withoutHandler(names, packaged))
        await xdgMime('default', entry, schemeType)
        return ok(null)
      } catch (error) {
        return fail('handler_failed', { reason: reasonOf(error) })
      }
    },
    unregister: async () => {
      try {
        const previous = previousHandler(readText(file))
        const isOurs = defaultHandler(readText(list)) === entry
        rmSync(file, { force: true })
        if (existsSync(list)) replaceFile(list, withoutHandler(readText(list), entry))
        // What the user has chosen since then stays.
        if (isOurs && previous !== undefined && previous !== packaged) await xdgMime('default', previous, schemeType)
        else if (packaged !== undefined && (await xdgMime('query', 'default', schemeType)) === packaged) {
          mkdirSync(path.dirname(list), { recursive: true })
          replaceFile(list, withRemovedHandler(readText(list), packaged))
        }
        return ok(null)
      } catch (error) {
        return fail('handler_failed', { reason: reasonOf(error) })
      }
    },
    reaches: () => {
      try {
        return defaultHandler(readText(list)) === entry && readText(file).split('\n').includes(urlLine(command))
      } catch {
        return false
      }
    },
    current: async () => {
      try {
        const found = await xdgMime('query', 'default', schemeType)
        // It reads no removals itself.
        return found === '' || isRemovedHandler(readText(list), found) ? undefined : found
      } catch {
        return undefined
      }
    },
    nameOf: (other) => {
      const text = [data, ...shared]
        .map((folder) => path.join(folder, 'applications', path.basename(other)))
        .find((candidate) => existsSync(candidate))
      return (text && entryName(readText(text))) || path.basename(other, '.desktop')
    },
    repair: () => {
      try {
        const present = readText(file)
        // A function, because `$` means something in a replacement's text.
        const repaired = present.replace(/^Exec=.*$/m, () => urlLine(command))
        if (repaired !== present) replaceFile(file, repaired)
      } catch {
        // It then starts what is not there any more, and the user pastes the answer.
      }
    },
  }
}

/** Milliseconds for xdg-mime, a script that may ask a desktop's own tools. */
const deadline = 10_000

const readText = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

const reasonOf = (error: unknown): string => {
  if (errorCode(error) === 'ENOENT') return 'xdg-mime is not installed'
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
}
