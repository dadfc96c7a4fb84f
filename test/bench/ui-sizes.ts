import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** The compressed size of the page's scripts, in bytes: those named in its HTML, and those loaded later. */
export const measureSizes = async () => {
  const folder = fileURLToPath(new URL('../renderer/', import.meta.url))
  // What only a wide window fetches is linked with a media query.
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8').replaceAll(/<link [^>]*media=[^>]*>/g, '')
  const scripts = (await readdir(path.join(folder, 'assets'))).filter((name) => name.endsWith('.js'))
  const size = (names: readonly string[]): string =>
    `${(names.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, 'assets', name)), { level: 9 }).length, 0) / 1000).toFixed(1)} kB`
  return [
    ['scripts of the first view, gzip', size(scripts.filter((name) => html.includes(name))), '', '≤ 120 kB'],
    ['all other scripts, gzip', size(scripts.filter((name) => !html.includes(name))), '', ''],
  ]
}
