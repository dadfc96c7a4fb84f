import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { gzipSync } from 'node:zlib'
import { linuxChangelogs } from './linux-changelogs.mjs'
import { appId, executableName, longDescription, maintainerOf, partsFolder } from './package-config.mjs'
import { rpmAfterRemove } from './rpm-after-remove.mjs'

/**
 * Writes the files of a package besides the bundles.
 * @param {string} root of the project, built
 * @param {object} about
 * @param {string | undefined} about.repository `owner/name` on GitHub
 * @param {Readonly<Record<string, string | undefined>>} about.env the maintainer and the date (docs/packaging.md)
 * @returns {{ licenses: string, metainfo: string, version: string }} the files, and the version they are of
 * @throws Error when the built command line fails
 */
export const writePackageParts = (root, { repository, env }) => {
  const { version, description } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const licenses = path.join(root, 'dist', 'LICENSES.md')
  writeFileSync(licenses, collectLicenses(root, ['renderer', 'electron', 'headless']))
  const folder = path.join(root, partsFolder)
  mkdirSync(path.join(folder, 'completion'), { recursive: true })
  const write = (/** @type {string} */ name, /** @type {string | Buffer} */ text) =>
    writeFileSync(path.join(folder, name), text)
  const seconds = Number(env['SOURCE_DATE_EPOCH'])
  const date = seconds > 0 ? new Date(seconds * 1000) : new Date()
  const homepage = repository === undefined ? undefined : `https://github.com/${repository}`
  const metainfoFile = `${appId}.metainfo.xml`
  write(metainfoFile, metainfo({ version, description, date, homepage }))

  const markdown = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')
  const maintainer = maintainerOf(repository, env)
  const { debian, rpm } = linuxChangelogs({ markdown, version, date, name: executableName, maintainer })
  write('changelog.Debian', debian)
  write('changelog.rpm', rpm)
  write('after-remove.rpm.tpl', rpmAfterRemove(root))
  copyFileSync(path.join(root, 'README.md'), path.join(folder, 'README.md'))
  copyFileSync(licenses, path.join(folder, 'copyright'))
  write(`${executableName}.1.gz`, gzipSync(printed(root, 'man'), { level: 9 }))
  write(`completion/${executableName}`, printed(root, 'completion', 'bash'))
  write(`completion/_${executableName}`, printed(root, 'completion', 'zsh'))
  write(`completion/${executableName}.fish`, printed(root, 'completion', 'fish'))
  return { licenses, metainfo: path.join(folder, metainfoFile), version }
}

/**
 * The output of the built command line.
 * @param {string} root
 * @param {readonly string[]} words
 */
export const printed = (root, ...words) => {
  const cli = path.join(root, 'dist', 'headless', 'cli.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`discourse-notifier ${words.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

/**
 * @typedef {object} License
 * @property {string} name of the package
 * @property {string} version
 * @property {string | null} identifier SPDX
 * @property {string} [text]
 */

/**
 * The licences of everything in a package, as one text: what vite found in the bundles, keytar, and our own. Electron and
 * Chromium ship their own files.
 * @param {string} root of the project, with its bundles built
 * @param {readonly string[]} bundles by their folders in dist/
 * @throws Error when a package has no licence text, unless it has the MIT license
 */
export const collectLicenses = (root, bundles) => {
  const read = (/** @type {string[]} */ ...parts) => readFileSync(path.join(root, ...parts), 'utf8')
  /** @type {License[]} */
  const bundled = bundles.flatMap((bundle) => JSON.parse(read('dist', bundle, 'licenses.json')))
  const { version, license } = JSON.parse(read('node_modules', 'keytar', 'package.json'))
  const keytar = { name: 'keytar', version, identifier: license, text: read('node_modules', 'keytar', 'LICENSE.md') }
  const byName = new Map([...bundled, keytar].map((entry) => [`${entry.name} ${entry.version}`, entry]))
  const parts = [...byName.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { name, identifier, text }]) => {
      const words = text?.trim() || standardText(root, title, name, identifier)
      return `## ${title} (${identifier ?? 'no identifier'})\n\n${words}\n`
    })
  return [`# Discourse Notifier\n\n${read('LICENSE').trim()}\n`, '# Third-party software\n', ...parts].join('\n')
}

/**
 * Some packages name the MIT license without its text, which differs only in the copyright holder.
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

/**
 * The AppStream metadata for software centres (freedesktop.org/software/appstream/docs).
 * @param {object} about
 * @param {string} about.version
 * @param {string} about.description one sentence
 * @param {Date} about.date of the release
 * @param {string | undefined} about.homepage
 */
const metainfo = ({ version, description, date, homepage }) => `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${appId}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>Discourse Notifier</name>
  <summary>${xml(description.replace(/\.$/, ''))}</summary>
  <developer_name>Discourse Notifier maintainers</developer_name>
  <description>
${longDescription
  .split('\n\n')
  .map((paragraph) => `    <p>\n      ${xml(paragraph).replaceAll('\n', '\n      ')}\n    </p>\n`)
  .join('')}  </description>
  <launchable type="desktop-id">${executableName}.desktop</launchable>
${homepage === undefined ? '' : `  <url type="homepage">${xml(homepage)}</url>\n`}  <provides>
    <binary>${executableName}</binary>
    <mediatype>x-scheme-handler/discourse</mediatype>
  </provides>
  <categories>
    <category>Network</category>
    <category>Chat</category>
  </categories>
  <content_rating type="oars-1.1">
    <content_attribute id="social-chat">mild</content_attribute>
  </content_rating>
  <releases>
    <release version="${xml(version)}" date="${date.toISOString().slice(0, 10)}"/>
  </releases>
</component>
`

/** @param {string} text */
const xml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
