import { statSync } from 'node:fs'

/** What others than its owner may do with a file. Windows has no such bits and reports made-up ones, so there it is 0. */
export const modeForOthers = (file: string): number => (process.platform === 'win32' ? 0 : statSync(file).mode & 0o077)
