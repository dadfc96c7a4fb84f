import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import * as path from 'node:path'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { errorReason } from '../parsing/error-code.ts'

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

/** Makes the profile's folder, for its owner only. Failure: `profile_unusable`. */
export const openProfile = (profile: string): Result<string> => {
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    return ok(profile)
  } catch (error) {
    const reason = errorReason(error)
    return fail('profile_unusable', { path: profile, reason })
  }
}

/** A short name that is the same for the same folder: of its socket, its pipe, its keychain item. */
export const profileName = (profile: string): string =>
  createHash('sha256').update(path.resolve(profile)).digest('hex').slice(0, 16)

/** Where a profile's pictures are kept. */
export const imageFolder = (profile: string): string => path.join(profile, 'images')

/** Where a profile's log is kept. */
export const logFolder = (profile: string): string => path.join(profile, 'log')

/** Where Electron has dumps of crashes put. */
export const crashFolder = (profile: string): string => path.join(profile, 'crashes')

/** The keychain item that holds a profile's secrets. */
export const vaultItem = (profile: string): string => `profile ${profileName(profile)}`

/** The folder for what changes often and can be asked for again. */
export const stateFolder = (profile: string): string => path.join(profile, 'state')
