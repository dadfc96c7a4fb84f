import { lstatSync, readlinkSync, rmdirSync, rmSync } from 'node:fs'
import * as path from 'node:path'

// Chromium's lock on a profile is a link to a socket, in a folder of its own among the system's temporary files. A start takes
// over the link of a process that is gone, but leaves that process's folder there (process_singleton_posix.cc).

/** The folder of the process that has, or had, the lock on a profile; undefined where there is none, as on Windows. */
export const singletonFolder = (profile: string): string | undefined => {
  try {
    const socket = readlinkSync(path.join(profile, 'SingletonSocket'))
    return path.isAbsolute(socket) && path.basename(socket) === 'SingletonSocket' ? path.dirname(socket) : undefined
  } catch {
    return undefined
  }
}

/** Removes such a folder once its process is gone, and nothing else that may be in it. Never throws. */
export const removeSingletonFolder = (folder: string): void => {
  try {
    for (const name of ['SingletonSocket', 'SingletonCookie']) {
      const file = path.join(folder, name)
      const found = lstatSync(file, { throwIfNoEntry: false })
      if (found?.isSocket() || found?.isSymbolicLink()) rmSync(file)
    }
    rmdirSync(folder)
  } catch {
    // The system empties its folder for temporary files some day.
  }
}
