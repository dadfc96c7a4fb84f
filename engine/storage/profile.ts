import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import * as path from 'node:path'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'

/** The settings file inside a profile, without its ending, as electron-store and conf want it. */
export const settingsName = 'settings'

/**
 * Where this user's settings live when no profile is named: the place each system has for it. Both shells use the same.
 * @param home the user's home folder
 */
export const defaultProfile = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string => {
  if (platform === 'win32')
    return path.join(env['APPDATA'] || path.join(home, 'AppData', 'Roaming'), 'Discourse Notifier')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Discourse Notifier')
  return path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'discourse-notifier')
}

/**
 * The whole path of a file or folder that a user has named. Failure: `profile_unusable` where that starts from a folder that
 * is gone.
 */
export const wholePath = (given: string): Result<string> => {
  try {
    return ok(path.resolve(given))
  } catch (error) {
    return fail('profile_unusable', { path: given, reason: errorReason(error) })
  }
}

/**
 * Makes the profile's folder, for its owner only. One that is there must be the user's own, and loses the right of others
 * to write: who can put files there can choose the proxy and the authorities. Failure: `profile_unusable`.
 * @returns whether others had that right, and may have used it
 */
export const openProfile = (profile: string): Result<{ readonly wasOpen: boolean }> => {
  try {
    makeFolder(path.resolve(profile))
    const { uid, mode } = statSync(profile)
    if (process.getuid === undefined) return ok({ wasOpen: false })
    if (uid !== process.getuid()) return fail('profile_unusable', { path: profile, reason: 'owned by another user' })
    const wasOpen = (mode & 0o022) !== 0
    if (wasOpen) chmodSync(profile, mode & 0o755)
    return ok({ wasOpen })
  } catch (error) {
    const reason = errorReason(error)
    return fail('profile_unusable', { path: profile, reason })
  }
}

/**
 * Makes a folder and those above it, for its owner only, unless it is there. Not by `mkdir`'s own `recursive`, which never
 * returns where the system answers ENOENT for a folder whose parent is there, as in /proc (Node.js 20.20.2).
 */
export const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code !== 'ENOENT' || path.dirname(folder) === folder) throw error
    makeFolder(path.dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  }
}

/** A short name that is the same for the same folder, by whatever path: of its socket, its pipe, its autostart entry. */
export const profileName = (profile: string): string =>
  createHash('sha256').update(realPath(profile)).digest('hex').slice(0, 16)

/** The folder's one path, without symbolic links and in its own spelling; the path as given while there is no such folder. */
export const realPath = (profile: string): string => {
  try {
    return realpathSync.native(profile)
  } catch {
    return path.resolve(profile)
  }
}

/** Where a profile's pictures are kept. */
export const imageFolder = (profile: string): string => path.join(profile, 'images')

/** Where a profile's log is kept. */
export const logFolder = (profile: string): string => path.join(profile, 'log')

/** Where Electron has dumps of crashes put. */
export const crashFolder = (profile: string): string => path.join(profile, 'crashes')

/** The keychain item that holds the secrets of the profile with this id (profile-id.ts). */
export const vaultItem = (id: string): string => `profile ${id}`

/** The folder for what changes often and can be asked for again. */
export const stateFolder = (profile: string): string => path.join(profile, 'state')
