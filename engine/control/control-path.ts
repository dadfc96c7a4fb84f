import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import * as path from 'node:path'
import { profileName } from '../storage/profile.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const longestSocketPath = 100

/**
 * Where a profile's control socket is: inside the profile, or, when that is too deep for a socket, in a folder of this
 * user's own below the temporary one. A named pipe on Windows.
 * @throws when the folder in the temporary place belongs to somebody else
 */
export const controlPath = (profile: string, platform: NodeJS.Platform = process.platform): string => {
  const name = profileName(profile)
  if (platform === 'win32') return `\\\\.\\pipe\\discourse-notifier-${name}`
  const inside = path.join(path.resolve(profile), 'control.sock')
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside
  const { uid } = userInfo()
  const folder = path.join(tmpdir(), `discourse-notifier-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a private folder of this user`)
  }
  return path.join(folder, `${name}.sock`)
}
