import { lstatSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import * as path from 'node:path'
import { errorCode } from '../parsing/error-code.ts'
import { makeFolder, profileName, realPath } from '../storage/profile.ts'

/** In bytes. `sun_path` holds 104 on macOS and 108 on Linux, including the terminating zero. */
const longestSocketPath = 100

/**
 * The path of a profile's control socket: inside the profile or, when that path is too long for a socket, in a folder
 * of this user's in the temporary folder. A named pipe on Windows.
 */
export const controlPath = (profile: string, platform: NodeJS.Platform = process.platform): string => {
  const name = profileName(profile)
  if (platform === 'win32') return `\\\\.\\pipe\\discourse-notifier-${name}`
  // The real path, so that the check of the socket's folder sees the profile itself and not a symbolic link to it.
  const inside = path.join(realPath(profile), 'control.sock')
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside
  return path.join(tmpdir(), `discourse-notifier-${userInfo().uid}`, `${name}.sock`)
}

/**
 * Why a socket's folder cannot be trusted; undefined if it can. Only this user may be able to write there, or another
 * user's process could answer in our place: anybody can create a folder of that name in the temporary folder.
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

/** Creates the folder of a socket unless it exists. @throws what `mkdir` throws */
export const makeSocketFolder = (socketPath: string): void => {
  if (!socketPath.startsWith('\\\\')) makeFolder(path.dirname(socketPath))
}
