import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { removeHome } from '../../test/rig/remove-home.ts'
import { writeNpmPackage } from './npm-package.mjs'

const root = path.join(import.meta.dirname, '..', '..')
const isBuilt = ['headless/cli.js', 'renderer/index.html', 'icons/app/256x256.png'].every((file) =>
  existsSync(path.join(root, 'dist', file)),
)
let folder = ''
let packed: ReturnType<typeof writeNpmPackage>

const at = (...parts: readonly string[]): string => path.join(folder, ...parts)
/** None of this machine's settings, and no network. */
const env = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: at('home'),
  XDG_RUNTIME_DIR: at('home'),
  LC_ALL: 'C.UTF-8',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
})

/** Runs a program to its end. */
const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, [...args], { env: env(), cwd: at('home'), encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Tries version, help, status and the notifier itself of an installed command line. */
const tryOut = async (program: string, first: readonly string[]) => {
  expect(run(program, [...first, '--version'])).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  expect(run(program, [...first, '--help']).stdout).toContain('Usage: discourse-notifier <command>')
  expect(run(program, [...first, 'status']).status).toBe(3)
  const child = spawn(program, [...first, 'serve', '--no-open'], { env: env(), stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const ready = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve(line)),
  )
  const page = await fetch(ready.replace('ready ', ''))
  expect(await page.text()).toContain('<title>Discourse Notifier</title>')
  const asset = /src="\.?(\/assets\/[^"]+)"/.exec(await (await fetch(ready.replace('ready ', ''))).text())?.[1]
  expect((await fetch(new URL(asset ?? '/missing', ready.replace('ready ', '')))).status).toBe(200)
  // Without a keychain it reports that and keeps running.
  expect(run(program, [...first, 'status']).status).toBe(4)
  expect(run(program, [...first, 'quit']).status).toBe(0)
  expect(await ended).toBe(0)
}

describe.skipIf(!isBuilt || process.platform === 'win32')('the npm package (needs `npm run build`)', () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'npm-package-'))
    mkdirSync(at('home'))
    packed = writeNpmPackage({ root, output: folder })
  })
  afterAll(() => removeHome(folder))

  it('contains the bundles and the files they read, and nothing for development', async () => {
    const { stdout } = await promisify(execFile)('tar', ['-tzf', packed.tarball])
    const files = stdout.trim().split('\n')
    expect(files.filter((file) => /\.(map|ts|tsx)$|licenses\.json|node_modules/.test(file))).toEqual([])
    for (const file of ['headless/cli.js', 'renderer/index.html', 'icons/app/256x256.png', 'man/discourse-notifier.1'])
      expect(files).toContain(`package/${file}`)
    expect(packed.files).toBe(files.length)
    expect(packed.size).toBeLessThan(1_500_000)
  })

  it('runs as a plain copy of what is in the tarball', async () => {
    mkdirSync(at('copy'))
    expect(run('tar', ['-xzf', packed.tarball, '-C', at('copy')]).status).toBe(0)
    await tryOut(process.execPath, [at('copy', 'package', 'headless', 'cli.js')])
  })

  it('installs globally without network, build or development dependencies', async () => {
    const installed = run('npm', ['install', '--global', '--omit=optional', '--prefix', at('prefix'), packed.tarball])
    expect(installed).toMatchObject({ status: 0 })
    expect(readdirSync(at('prefix', 'lib', 'node_modules'))).toEqual(['discourse-notifier'])
    expect(existsSync(at('prefix', 'lib', 'node_modules', 'discourse-notifier', 'node_modules'))).toBe(false)
    expect(existsSync(at('prefix', 'share', 'man', 'man1', 'discourse-notifier.1'))).toBe(true)
    await tryOut(at('prefix', 'bin', 'discourse-notifier'), [])
  })

  it('runs with npx', () => {
    const npx = run('npx', [
      '--yes',
      '--omit=optional',
      `--package=${packed.tarball}`,
      'discourse-notifier',
      '--version',
    ])
    expect(npx).toMatchObject({ status: 0, stdout: `${packageJson.version}\n` })
  })
})
