// `npm run checksums`: writes the SHA-256 of every package in the format of `sha256sum --check`, one file per system;
// with GITHUB_REPOSITORY also the manifests of a release for Flatpak, winget and Homebrew.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { readOptions } from '../read-options.mjs'
import { executableName } from './package-config.mjs'
import { storeDescriptions } from './store-descriptions.mjs'

readOptions(
  `Usage: npm run checksums

Writes dist/packages/SHA256SUMS-<system> for the packages that npm run dist has made, and prints it.
With GITHUB_REPOSITORY also dist/packages/descriptions, for Flatpak, winget and Homebrew.`,
  {},
)

const folder = path.join(import.meta.dirname, '..', '..', 'dist', 'packages')
/** @type {Readonly<Record<string, string>>} */
const names = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
const hashes = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(`${executableName}-`))
    .map(({ name }) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
)
if (hashes.size === 0) throw new Error(`There are no packages in ${folder}.`)
const lines = [...hashes].map(([name, hash]) => `${hash}  ${name}\n`)
writeFileSync(path.join(folder, `SHA256SUMS-${names[process.platform]}`), lines.join(''))
console.log(lines.join(''))

const repository = process.env['GITHUB_REPOSITORY'] || undefined
if (repository !== undefined) {
  const packageFile = path.join(import.meta.dirname, '..', '..', 'package.json')
  const { version, description } = JSON.parse(readFileSync(packageFile, 'utf8'))
  const descriptions = storeDescriptions({ version, description, repository, tag: `v${version}`, hashes })
  for (const [name, text] of descriptions) {
    const file = path.join(folder, 'descriptions', name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
