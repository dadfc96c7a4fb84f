import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import * as path from 'node:path'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'
import { decodeText, parseJson } from '../parsing/parse-json.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'
import { settingsName } from './profile.ts'
import { replaceFile } from './replace-file.ts'
import { emptyState, type ReadState, readState, type SavedState } from './saved-state.ts'

/** Writes the settings: a shell's library, such as electron-store, or `openFileStore`. */
export interface SettingsStore {
  /** Replaces the whole file atomically. Throws when it cannot be written. */
  set store(state: Record<string, unknown>)
}

/** Opens the store for a file. */
export type OpenStore = (file: string) => SettingsStore

/** The settings file, read once at start and written through a store. */
export interface SettingsFile {
  readonly initial: SavedState
  /**
   * What could not be read, and where the original file was saved: `settings_damaged`, `settings_from_copy`,
   * `settings_missing`, `settings_newer`, `settings_incomplete`, `settings_duplicate`.
   */
  readonly problems: readonly Failure[]
  /** Failure: `settings_not_saved`. */
  save(state: SavedState): Result<null>
}

/**
 * Opens the settings of a profile. `open` opens the store for its `settings.json`. Failures: `settings_unreadable` when
 * what is there is no file or may not be read, `profile_unusable`.
 */
export const openProfileSettings = (profile: string, open: OpenStore, now: number): Result<SettingsFile> => {
  const file = path.join(profile, `${settingsName}.json`)
  try {
    const reason = whyUnreadable(file)
    return reason === undefined ? ok(openSettingsFile(file, open, now)) : fail('settings_unreadable', { file, reason })
  } catch (error) {
    return fail('profile_unusable', { path: profile, reason: errorReason(error) })
  }
}

/** Whether there is anything by this name, also a link that leads nowhere: that is no first start. */
const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined

/** Why what is there cannot be read; undefined when it can be, or nothing is there. */
const whyUnreadable = (file: string): string | undefined => {
  if (!isThere(file)) return undefined
  try {
    if (!statSync(file).isFile()) return 'ENOTFILE'
    accessSync(file, constants.R_OK)
    return undefined
  } catch (error) {
    return errorReason(error)
  }
}

/**
 * Opens the settings file at `file` and reads it entry by entry, so that an unreadable entry costs only itself. A file
 * with unreadable parts, or not of ours, is saved under another name before anything is written (ARCHITECTURE.md,
 * decision 8). A file that cannot be understood at all, or is gone, is replaced by the backup: each save first copies the
 * previous file.
 * @param open opens the store for the same file
 * @param now milliseconds since 1970, for the names of saved originals
 * @throws when the folder cannot be used at all, or `file` is not a regular file
 */
export const openSettingsFile = (file: string, open: OpenStore, now: number): SettingsFile => {
  const copy = beside(file, 'copy')
  removeHalfWritten(file)
  const { initial, problems } = readSettings(file, copy, now)
  const settings = open(file)
  return {
    initial,
    problems,
    save: (state) => {
      keepCopy(file, copy)
      try {
        settings.store = { ...state }
        return ok(null)
      } catch (error) {
        return fail('settings_not_saved', { reason: errorReason(error), file })
      }
    },
  }
}

const readSettings = (file: string, copy: string, now: number): Pick<SettingsFile, 'initial' | 'problems'> => {
  if (!isThere(file)) {
    const earlier = readCopy(copy)
    if (earlier === undefined) return { initial: emptyState(), problems: [] }
    replace(file, earlier.state)
    return { initial: earlier.state, problems: [{ code: 'settings_missing' }] }
  }
  const text = readText(file)
  const read = readState(parseJson(text))
  const keptAs = (kind: string): string => beside(file, `${kind}-${new Date(now).toISOString().replace(/[:.]/g, '-')}`)
  if (read === undefined) {
    const kept = keptAs('damaged')
    renameSync(file, kept)
    const earlier = readCopy(copy)
    if (earlier === undefined) return { initial: emptyState(), problems: [problem('settings_damaged', kept)] }
    replace(file, earlier.state)
    return { initial: earlier.state, problems: [problem('settings_from_copy', kept)] }
  }
  const kept = keptAs(read.isNewer ? 'newer' : 'before')
  const problems = problemsOf(read, kept)
  if (problems.length > 0) copyFileSync(file, kept)
  // A shell's library may support neither byte-order marks nor UTF-16.
  if (problems.length > 0 || text.startsWith('\uFEFF')) replace(file, read.state)
  return { initial: read.state, problems }
}

const problemsOf = ({ isNewer, unreadable, duplicates }: ReadState, kept: string): Failure[] => [
  ...(isNewer ? [problem('settings_newer', kept)] : []),
  ...(unreadable > 0 ? [problem('settings_incomplete', kept, { count: unreadable })] : []),
  ...duplicates.map(({ username, site }) => problem('settings_duplicate', kept, { username, host: site.host })),
]

const problem = (code: Failure['code'], file: string, params: Failure['params'] = {}): Failure => ({
  code,
  params: { ...params, file },
})

/** The name of a companion file: for `settings.json`, `settings.copy.json`. */
const beside = (file: string, kind: string): string => {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}.${kind}${ext}`)
}

/** Nothing for a file that is too large to be ours, which is damaged as a whole. */
const readText = (file: string): string => {
  try {
    return decodeText(readRegularFile(file))
  } catch (error) {
    if (errorCode(error) !== 'EFBIG') throw error
    return ''
  }
}

/** The backup's contents; undefined when it is missing or cannot be read. */
const readCopy = (copy: string): ReadState | undefined => {
  try {
    return readState(parseJson(readText(copy)))
  } catch {
    return undefined
  }
}

/**
 * A store without a library: writes the same file as conf, on which electron-store is built.
 * @throws when nothing can be written in the folder of `file`
 */
export const openFileStore: OpenStore = (file) => {
  accessSync(path.dirname(file), constants.W_OK)
  return {
    set store(state: Record<string, unknown>) {
      replace(file, state)
    },
  }
}

/** @throws when it cannot be written */
const replace = (file: string, state: object): void => replaceFile(file, JSON.stringify(state, undefined, '\t'), 0o600)

/** Failing to make the backup must not prevent the save: a full disk may still have room for the settings. */
const keepCopy = (file: string, copy: string): void => {
  try {
    copyFileSync(file, `${copy}.tmp-new`)
    chmodSync(`${copy}.tmp-new`, 0o600)
    renameSync(`${copy}.tmp-new`, copy)
  } catch {
    // Nothing has been saved yet, or the disk is full.
    rmSync(`${copy}.tmp-new`, { force: true })
  }
}

/** Removes files left half written by a killed process. Only the process that has claimed the profile calls this. */
const removeHalfWritten = (file: string): void => {
  const { dir, name } = path.parse(file)
  if (!existsSync(dir)) return
  const isHalfWritten = (entry: string): boolean => entry.startsWith(`${name}.`) && entry.includes('.json.tmp-')
  for (const entry of readdirSync(dir).filter(isHalfWritten)) rmSync(path.join(dir, entry), { force: true })
}
