import { readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'

/** A file of the built page. */
export interface PageFile {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * Reads the built page into memory, by the path it is asked for under. A path that is not in the map does not exist, so
 * no request can reach another file.
 * @param folder may lie inside an asar archive, where a recursive `readdir` has not always been reliable
 * @throws when the page has not been built
 */
export const readPageFiles = (folder: string): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>()
  const read = (inside: string, urlPath: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      const file = path.join(inside, entry.name)
      const type = types[path.extname(entry.name)]
      if (entry.isDirectory()) read(file, `${urlPath}${entry.name}/`)
      else if (type !== undefined)
        files.set(`${urlPath}${entry.name}`, { type, body: Uint8Array.from(readFileSync(file)) })
    }
  }
  read(folder, '/')
  if (!files.has('/index.html')) throw new Error(`the page is not built: no index.html in ${folder}`)
  return files
}
