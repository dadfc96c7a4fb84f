import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import * as path from 'node:path'

const folder = path.join(import.meta.dirname, '..', '..', 'node_modules', 'electron')

/**
 * The Electron executable that the electron package has downloaded, or the one in `ELECTRON_OVERRIDE_DIST_PATH`, found
 * as that package does; undefined when there is none. Requiring the package itself would start the download.
 * @returns {string | undefined}
 */
export const electronRuntime = () => {
  const pathFile = path.join(folder, 'path.txt')
  const elsewhere = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  if (elsewhere === undefined && !existsSync(pathFile)) return undefined
  const program = path.join(elsewhere ?? path.join(folder, 'dist'), name)
  return existsSync(program) ? program : undefined
}

/**
 * The Electron executable, downloaded by the package's own installer if necessary; undefined when that fails.
 * @returns {string | undefined}
 */
export const installElectronRuntime = () => {
  const present = electronRuntime()
  if (present !== undefined) return present
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: 300_000 })
  return electronRuntime()
}
