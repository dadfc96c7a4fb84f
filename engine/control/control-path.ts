import { lstatSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import * as path from 'node:path'
import { errorCode } from '../parsing/error-code.ts'
import { makeFolder, profileName, realPath } from '../storage/profile.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const longestSocketPath = 100

/**
 * Where a profile's control socket is: inside the profile, or, when that is too deep for a socket, in a folder of this
 * user's own below the temporary one. A named pipe on Windows.
 */
export const controlPath = (profile: string, platform: NodeJS.Platform = process.platform): string => {
  const name = profileName(profile)
  if (platform === 'win32') return `\\\\.\\pipe\\discourse-notifier-${name}`
  // By its real path: a link to the profile is not what others could put in its place.
  const inside = path.join(realPath(profile), 'control.sock')
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside
  return path.join(tmpdir(), `discourse-notifier-${userInfo().uid}`, `${name}.sock`)
}

/**
 * Why a socket's folder cannot be trusted, or undefined: only this user may put anything there, or somebody else could
 * answer in our place. Anybody may make a folder of our name below the temporary one.
 */
export const folderProblem = (socketPath: string): string | undefined => {
  if (socketPath.startsWith('\\\\')) return undefined
  try {
    const stat = lstatSync(path.dirname(socketPath))
    if (!stat.isDirectory()) return 'ENOTDIR'
    if (stat.uid !== userInfo().uid) return 'owned by another user'
    return (stat.mode & 0o022) === 0 ? undefined : 'others can write it'
  } catch (error) {
    return errorCode(error) ?? 'unknown'
  }
}

/** Makes the folder of a socket unless it is there. @throws what `mkdir` throws */
export const makeSocketFolder = (socketPath: string): void => {
  if (!socketPath.startsWith('\\\\')) makeFolder(path.dirname(socketPath))
}
