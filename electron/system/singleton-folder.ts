import { lstatSync, readlinkSync, rmdirSync, rmSync } from 'node:fs'
import * as path from 'node:path'

// Chromium's lock on a profile is a symbolic link to a socket, in a folder of its own in the system's temporary
// directory. A new process takes over the link of one that is gone, but leaves that one's folder behind
// (process_singleton_posix.cc).

/** The folder of the process that has, or had, the lock on a profile; undefined where there is none, as on Windows. */
export const singletonFolder = (profile: string): string | undefined => {
  try {
    const socket = readlinkSync(path.join(profile, 'SingletonSocket'))
    return path.isAbsolute(socket) && path.basename(socket) === 'SingletonSocket' ? path.dirname(socket) : undefined
  } catch {
    return undefined
  }
}

/** Removes such a folder once its process is gone, but none of the other files that may be in it. Never throws. */
export const removeSingletonFolder = (folder: string): void => {
  try {
    for (const name of ['SingletonSocket', 'SingletonCookie']) {
      const file = path.join(folder, name)
      const found = lstatSync(file, { throwIfNoEntry: false })
      if (found?.isSocket() || found?.isSymbolicLink()) rmSync(file)
    }
    rmdirSync(folder)
  } catch {
    // The system cleans its temporary directory eventually.
  }
}
