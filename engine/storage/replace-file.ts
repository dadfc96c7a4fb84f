import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { errorCode } from '../parsing/error-code.ts'

/**
 * How often, and how many milliseconds apart, replacing an open file is retried: virus scanners on Windows hold files
 * open.
 */
const mostTries = 20
const retryPause = 50

/**
 * Replaces a file, or the target of a symbolic link, as a whole: a crash or a full disk leaves what was there.
 * @param mode without it that of the file that is there, or the default of a new one
 * @throws when it cannot be written
 */
export const replaceFile = (file: string, text: string, mode?: number): void => {
  const isThere = existsSync(file)
  const place = isThere ? realpathSync(file) : file
  const temporary = `${place}.tmp-new`
  try {
    writeFileSync(temporary, text, { mode: mode ?? (isThere ? statSync(place).mode & 0o777 : 0o666), flush: true })
    moveInto(place, temporary)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

const moveInto = (file: string, temporary: string): void => {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(temporary, file)
      return
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')
      if (process.platform !== 'win32' || !isHeld || tries >= mostTries) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryPause)
    }
  }
}
