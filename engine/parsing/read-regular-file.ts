import { readFileSync, statSync } from 'node:fs'

/**
 * Reads a file that is one. A pipe in its place would keep its reader waiting for ever, and with it the whole program.
 * @throws Error with the code `ENOTFILE` for what is there and is no file; what reading throws
 */
export const readRegularFile = (file: string): Buffer => {
  if (!statSync(file).isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTFILE' })
  return readFileSync(file)
}
