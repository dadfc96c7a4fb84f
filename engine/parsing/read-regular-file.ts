import { readFileSync, statSync } from 'node:fs'

/**
 * Reads a file that is one. A pipe in its place would keep its reader waiting for ever, and with it the whole program.
 * @throws Error with the code `ENOTFILE` for what is there and is no file, and `EFBIG` for one that is too large to be
 *   ours; what reading throws
 */
export const readRegularFile = (file: string): Buffer => {
  const found = statSync(file)
  if (!found.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTFILE' })
  if (found.size > largestFile) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
  return readFileSync(file)
}

/** In bytes. Settings, state and pictures have some hundred kilobytes at most; a system's authorities less than one megabyte. */
const largestFile = 64 * 2 ** 20
