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
 * @throws Error when a package comes without the text of its licence, and it is not the one that we know by heart
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
    .map(([title, { name, identifier, text }]) => {
      const words = text?.trim() || standardText(root, title, name, identifier)
      return `## ${title} (${identifier ?? 'no identifier'})\n\n${words}\n`
    })
  return [`# Discourse Notifier\n\n${read('LICENSE').trim()}\n`, '# What it is made with\n', ...parts].join('\n')
}

/**
 * Some packages name the MIT license and bring no text; it is the same for all of them but for whose it is.
 * @param {string} root
 * @param {string} title
 * @param {string} name
 * @param {string | null} identifier
 */
const standardText = (root, title, name, identifier) => {
  if (identifier !== 'MIT') throw new Error(`${title} comes without the text of its licence.`)
  const { author } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'))
  const owner = typeof author === 'string' ? author : author?.name
  return `Copyright (c) ${owner ?? `the authors of ${name}`}\n\n${mit}`
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom
the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
