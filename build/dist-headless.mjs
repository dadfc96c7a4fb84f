// `npm run dist:headless`: packs the headless notifier as a separate npm package, in dist/packages. Nothing is
// published.
import { mkdirSync } from 'node:fs'
import * as path from 'node:path'
import { writeNpmPackage } from './package/npm-package.mjs'
import { readOptions } from './read-options.mjs'

readOptions(
  `Usage: npm run dist:headless

Makes the headless notifier's npm package, in dist/packages. npm install -g, npx and a plain copy of it
run without building.`,
  {},
)
const root = path.join(import.meta.dirname, '..')
const output = path.join(root, 'dist', 'packages')
mkdirSync(output, { recursive: true })
const { tarball, size, unpackedSize, files } = writeNpmPackage({ root, output })
const kilobytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1000)} kB`
console.log(`${path.relative(root, tarball)}: ${files} files, ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}`)
