import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import * as path from 'node:path'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorCode, errorReason } from '../parsing/error-code.ts'

/** The settings file's name in a profile, without its extension, as electron-store and conf expect it. */
export const settingsName = 'settings'

/**
 * The profile used when none is named, in the platform's place for settings. Both shells use the same one.
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
 * The absolute path of a file or folder that the user named. Failure: `profile_unusable` for a relative path when the
 * working directory no longer exists.
 */
export const wholePath = (given: string): Result<string> => {
  try {
    return ok(path.resolve(given))
  } catch (error) {
    return fail('profile_unusable', { path: given, reason: errorReason(error) })
  }
}

/**
 * Creates the profile's folder, accessible to its owner only. An existing one must belong to the user, and other users'
 * write permission is removed, also from what is ours in it: whoever can write there can choose the proxy and the
 * certificate authorities, or be logged in to the page. Failure: `profile_unusable`.
 * @returns `wasOpen`: others could write to it, and may have done so
 */
export const openProfile = (profile: string): Result<{ readonly wasOpen: boolean }> => {
  try {
    makeFolder(path.resolve(profile))
    const { uid, mode } = statSync(profile)
    const user = process.getuid?.()
    if (user === undefined) return ok({ wasOpen: false })
    if (uid !== user) return fail('profile_unusable', { path: profile, reason: 'owned by another user' })
    const wasOpen = (mode & 0o022) !== 0
    if (wasOpen) chmodSync(profile, mode & 0o755)
    const opened = ownNames.filter((name) => closeToOthers(path.join(profile, name), user))
    return ok({ wasOpen: wasOpen || opened.length > 0 })
  } catch (error) {
    const reason = errorReason(error)
    return fail('profile_unusable', { path: profile, reason })
  }
}

/** What this program writes in a profile. */
const ownNames = [`${settingsName}.json`, `${settingsName}.copy.json`, 'profile.json', 'profile.copy.json'].concat([
  'state',
  'images',
  'log',
  'crashes',
])

/** Removes others' write permission from what belongs to the user. @returns whether others had it */
const closeToOthers = (file: string, user: number): boolean => {
  const found = lstatSync(file, { throwIfNoEntry: false })
  // The mode of a link says nothing; where it leads, the user has other reasons.
  if (found === undefined || found.isSymbolicLink() || found.uid !== user || (found.mode & 0o022) === 0) return false
  chmodSync(file, found.mode & 0o755)
  return true
}

/**
 * Creates a folder and its parents, for the owner only, unless it exists. Not with `mkdir`'s `recursive`, which never
 * returns when the system reports ENOENT for a folder whose parent exists, as in /proc (Node.js 20.20.2).
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

/** A short name for a folder, the same for every path to it. Used for its socket, named pipe and autostart entry. */
export const profileName = (profile: string): string =>
  createHash('sha256').update(realPath(profile)).digest('hex').slice(0, 16)

/**
 * The folder's canonical path: symbolic links resolved, spelled as on disk. The absolute path if there is no such
 * folder.
 */
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

/** Where Electron writes crash dumps. */
export const crashFolder = (profile: string): string => path.join(profile, 'crashes')

/** The keychain item that holds the secrets of the profile with this id (profile-id.ts). */
export const vaultItem = (id: string): string => `profile ${id}`

/** The folder for data that changes often and can be fetched again. */
export const stateFolder = (profile: string): string => path.join(profile, 'state')
