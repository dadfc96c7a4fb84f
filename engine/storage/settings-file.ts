import { existsSync, readFileSync, renameSync } from 'node:fs'
import * as path from 'node:path'
import * as v from 'valibot'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorReason } from '../parsing/error-code.ts'
import { settingsName } from './profile.ts'
import { emptyState, type SavedState, savedStateSchema } from './saved-state.ts'

/** What a shell's settings library does for the engine: electron-store and conf both have it. */
export interface SettingsStore {
  /** Replaces everything, atomically. Throws when the file cannot be written. */
  store: Record<string, unknown>
}

/** The settings file, read once at start and written through the shell's library. */
export interface SettingsFile {
  readonly initial: SavedState
  /** Set when the file could not be read: it was kept under another name. */
  readonly setAside: Failure | undefined
  /** Failure: `settings_not_saved`. */
  save(state: SavedState): Result<null>
}

/**
 * Opens the settings of a profile. `open` makes the shell's store over `settings.json` in that folder.
 * Failure: `profile_unusable`.
 */
export const openProfileSettings = (profile: string, open: () => SettingsStore, now: number): Result<SettingsFile> => {
  try {
    return ok(openSettingsFile(path.join(profile, `${settingsName}.json`), open, now))
  } catch (error) {
    const reason = errorReason(error)
    return fail('profile_unusable', { path: profile, reason })
  }
}

/**
 * Opens the settings file at `file`. A file that is no JSON, or not ours, is renamed to `<name>.damaged-<time>` before
 * the library sees it, so that nothing is ever overwritten unread (ARCHITECTURE.md, decision 8).
 * @param open makes the library's store over the same file
 * @param now milliseconds since 1970, for the name
 * @throws when the folder cannot be used at all
 */
export const openSettingsFile = (file: string, open: () => SettingsStore, now: number): SettingsFile => {
  const read = readState(file)
  let setAside: Failure | undefined
  if (read === undefined) {
    const { dir, name, ext } = path.parse(file)
    const kept = path.join(dir, `${name}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}${ext}`)
    renameSync(file, kept)
    setAside = { code: 'settings_damaged', params: { file: kept } }
  }
  const settings = open()
  return {
    initial: read ?? emptyState(),
    setAside,
    save: (state) => {
      try {
        settings.store = { ...state }
        return ok(null)
      } catch (error) {
        const reason = errorReason(error)
        return { ok: false, failure: { code: 'settings_not_saved', params: { reason, file } } }
      }
    },
  }
}

/** undefined when there is a file that cannot be understood; the empty state when there is none. */
const readState = (file: string): SavedState | undefined => {
  if (!existsSync(file)) return emptyState()
  const text = readFileSync(file, 'utf8')
  try {
    const parsed = v.safeParse(savedStateSchema, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
