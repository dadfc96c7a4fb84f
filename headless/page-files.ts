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
 * Reads the built page into memory, by the path it is asked for under. A path that is not in the map does not exist,
 * so no request can reach another file.
 * @throws when the page has not been built
 */
export const readPageFiles = (folder: string): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[path.extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = path.join(entry.parentPath, entry.name)
    const url = `/${path.relative(folder, file).split(path.sep).join('/')}`
    files.set(url, { type, body: new Uint8Array(readFileSync(file)) })
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`the page is not built: no index.html in ${folder}`)
  return files.set('/', index)
}
