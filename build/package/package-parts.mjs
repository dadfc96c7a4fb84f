import { readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { collectLicenses } from './licenses.mjs'
import { metainfo } from './metainfo.mjs'
import { appId } from './package-config.mjs'

/**
 * Writes beside the bundles what a package holds besides them.
 * @param {string} root of the project, built
 * @param {string | undefined} repository `owner/name` on GitHub
 * @returns {{ licenses: string, metainfo: string, version: string }} the files, and the version they are of
 */
export const writePackageParts = (root, repository) => {
  const { version, description } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const licenses = path.join(root, 'dist', 'LICENSES.md')
  writeFileSync(licenses, collectLicenses(root))
  const file = path.join(root, 'dist', `${appId}.metainfo.xml`)
  const seconds = Number(process.env['SOURCE_DATE_EPOCH'])
  const date = seconds > 0 ? new Date(seconds * 1000) : new Date()
  const homepage = repository === undefined ? undefined : `https://github.com/${repository}`
  writeFileSync(file, metainfo({ version, description, date, homepage }))
  return { licenses, metainfo: file, version }
}
