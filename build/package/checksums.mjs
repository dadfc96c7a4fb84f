// `npm run checksums`: SHA-256 of every package, in the form that `sha256sum --check` reads, one file for each system.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { readOptions } from '../read-options.mjs'
import { executableName } from './package-config.mjs'

readOptions(
  `Usage: npm run checksums

Writes dist/packages/SHA256SUMS-<system> for the packages that npm run dist has made, and prints it.`,
  {},
)

const folder = path.join(import.meta.dirname, '..', '..', 'dist', 'packages')
/** @type {Readonly<Record<string, string>>} */
const names = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
const lines = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.startsWith(`${executableName}-`))
  .map(
    ({ name }) =>
      `${createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex')}  ${name}\n`,
  )
if (lines.length === 0) throw new Error(`There are no packages in ${folder}.`)
writeFileSync(path.join(folder, `SHA256SUMS-${names[process.platform]}`), lines.join(''))
console.log(lines.join(''))
