import { readFileSync } from 'node:fs'
import * as path from 'node:path'

/**
 * @typedef {object} License
 * @property {string} name of the package
 * @property {string} version
 * @property {string | null} identifier SPDX
 * @property {string} [text]
 */

/**
 * The licences of everything in the package, as one text: what vite found in the bundles, keytar, and our own. Electron and
 * Chromium bring files of theirs.
 * @param {string} root of the project, with its bundles built
 * @throws Error when a package comes without the text of its licence, which all of them ask to be given on
 */
export const collectLicenses = (root) => {
  const read = (/** @type {string[]} */ ...parts) => readFileSync(path.join(root, ...parts), 'utf8')
  /** @type {License[]} */
  const bundled = ['renderer', 'electron'].flatMap((bundle) => JSON.parse(read('dist', bundle, 'licenses.json')))
  const { version, license } = JSON.parse(read('node_modules', 'keytar', 'package.json'))
  const keytar = { name: 'keytar', version, identifier: license, text: read('node_modules', 'keytar', 'LICENSE.md') }
  const byName = new Map([...bundled, keytar].map((entry) => [`${entry.name} ${entry.version}`, entry]))
  const parts = [...byName.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { identifier, text }]) => {
      if (!text?.trim()) throw new Error(`${title} comes without the text of its licence.`)
      return `## ${title} (${identifier ?? 'no identifier'})\n\n${text.trim()}\n`
    })
  return [`# Discourse Notifier\n\n${read('LICENSE').trim()}\n`, '# What it is made with\n', ...parts].join('\n')
}
