import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../../common/failure.ts'
import { desktopEntry, desktopEntryName, previousHandler, schemeType } from './desktop-entry.ts'
import { defaultHandler, withoutOurHandler } from './mime-apps.ts'

const run = promisify(execFile)

/** Where a desktop keeps such things (XDG Base Directory Specification). */
const places = () => {
  const data = process.env['XDG_DATA_HOME'] || path.join(homedir(), '.local', 'share')
  const config = process.env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config')
  const applications = path.join(data, 'applications')
  return { applications, entry: path.join(applications, desktopEntryName), list: path.join(config, 'mimeapps.list') }
}

/** The command that receives an address for this profile. */
const receiver = (profile: string): readonly string[] => [
  process.execPath,
  path.resolve(process.argv[1] ?? ''),
  'accept',
  '--start',
  '--profile',
  path.resolve(profile),
]

/**
 * Makes `discourse:` addresses reach the instance running on a profile: writes the `.desktop` file and makes it the
 * scheme's default with xdg-mime, which knows what each desktop wants.
 * Failures: `handler_not_supported` on other systems, `handler_failed`.
 */
export const registerUrlHandler = async (profile: string): Promise<Result<null>> => {
  if (process.platform !== 'linux') return fail('handler_not_supported')
  const { applications, entry, list } = places()
  try {
    const before = readText(list)
    const present = defaultHandler(before)
    const previous = present === desktopEntryName ? previousHandler(readText(entry)) : present
    mkdirSync(applications, { recursive: true })
    mkdirSync(path.dirname(list), { recursive: true })
    writeFileSync(entry, desktopEntry(receiver(profile), previous ?? ''))
    await run('xdg-mime', ['default', desktopEntryName, schemeType])
    return ok(null)
  } catch (error) {
    return fail('handler_failed', { reason: reasonOf(error) })
  }
}

/** Undoes `registerUrlHandler` and gives the scheme back to what had it before. Failures: as above. */
export const unregisterUrlHandler = async (): Promise<Result<null>> => {
  if (process.platform !== 'linux') return fail('handler_not_supported')
  const { entry, list } = places()
  try {
    const previous = previousHandler(readText(entry))
    const isOurs = defaultHandler(readText(list)) === desktopEntryName
    rmSync(entry, { force: true })
    if (existsSync(list)) writeFileSync(list, withoutOurHandler(readText(list)))
    // What the user has chosen since then stays.
    if (isOurs && previous !== undefined) await run('xdg-mime', ['default', previous, schemeType])
    return ok(null)
  } catch (error) {
    return fail('handler_failed', { reason: reasonOf(error) })
  }
}

/** Whether `discourse:` addresses reach the instance on this profile, so that signing in by redirect can work. */
export const urlHandlerReaches = (profile: string): boolean => {
  if (process.platform !== 'linux') return false
  const { entry, list } = places()
  try {
    const ours = desktopEntry(receiver(profile), '')
      .split('\n')
      .find((line) => line.startsWith('Exec='))
    return (
      defaultHandler(readText(list)) === desktopEntryName &&
      readText(entry)
        .split('\n')
        .includes(ours ?? '')
    )
  } catch {
    return false
  }
}

const readText = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

const reasonOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'xdg-mime is not installed'
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
}
