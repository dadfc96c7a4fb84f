import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { missingPart } from '../../test/system-parts.mjs'
import { checkPackage, isExpected } from './check-package.mjs'
import { executableName } from './package-config.mjs'
import { writePackageParts } from './package-parts.mjs'
import { stagePackage } from './stage-package.mjs'

// The real electron-builder over the built program, around a stand-in for Electron's runtime.

const root = path.join(import.meta.dirname, '..', '..')
const isBuilt = existsSync(path.join(root, 'dist', 'electron', 'licenses.json'))
// The stand-in is for Linux; following electron-builder's paths on other systems is not worth the effort.
const isHere = process.platform === 'linux' && isBuilt

let output = ''
let staged: Awaited<ReturnType<typeof stagePackage>>

const stage = (flavour: 'release' | 'test') =>
  stagePackage({ root, output: path.join(output, flavour), flavour, repository: undefined })

const archive = (): string => path.join(staged.folder, 'resources', 'app.asar')

describe('what belongs in a package', () => {
  it.each([
    '/dist/renderer/assets/icon-BcWcX8T7.svg',
    '/dist/renderer/assets/index-Dx_1-a.js',
    '/dist/headless/cli.js',
  ])('is %s', (file) => {
    expect(isExpected(file)).toBe(true)
  })

  it.each([
    '/dist/renderer/icon-BcWcX8T7.svg',
    '/dist/renderer/assets/other-BcWcX8T7.svg',
    '/dist/renderer/assets/icon.svg.map',
    '/dist/electron/main.js.map',
    '/dist/headless/cli.js.map',
    '/dist/headless/licenses.json',
  ])('is not %s', (file) => {
    expect(isExpected(file)).toBe(false)
  })
})

describe.skipIf(!isHere)('a package, around a stand-in for Electron (needs Linux and `npm run build`)', () => {
  beforeAll(async () => {
    output = mkdtempSync(path.join(tmpdir(), 'staged-'))
    staged = await stage('release')
  })

  afterAll(() => rmSync(output, { recursive: true }))

  it('holds what it needs and nothing else', () => {
    expect(staged.problems).toEqual([])
    const files = listPackage(archive(), { isPack: false })
    expect(files.filter((file) => /\.(ts|tsx|map)$|\.test\.|\/testing\/|\/dev\//.test(file))).toEqual([])
    expect(files.filter((file) => /^\/node_modules\/[^/]+$/.test(file))).toEqual(['/node_modules/keytar'])
  })

  it('does not contain Electron’s default app', () => {
    expect(readdirSync(path.join(staged.folder, 'resources')).toSorted()).toEqual(['app.asar', 'app.asar.unpacked'])
    expect(existsSync(path.join(staged.folder, 'version'))).toBe(false)
  })

  it('has the version, entry point and name from package.json', () => {
    const inside: unknown = JSON.parse(extractFile(archive(), 'package.json').toString('utf8'))
    const { name, productName, version, main, desktopName } = packageJson
    expect(inside).toMatchObject({ name, productName, version, main, desktopName })
    expect(inside).not.toHaveProperty('devDependencies')
    expect(inside).not.toHaveProperty('scripts')
  })

  it('keeps keytar’s binary outside the archive, for this processor only', () => {
    const binary = path.join('node_modules', 'keytar', 'prebuilds', `linux-${process.arch}`, 'keytar.node')
    expect(existsSync(path.join(staged.folder, 'resources', 'app.asar.unpacked', binary))).toBe(true)
    expect(listPackage(archive(), { isPack: false }).filter((file) => file.endsWith('.node'))).toHaveLength(1)
  })

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(path.join(staged.folder, executableName))
    expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE)
    expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.DISABLE)
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE)
  })

  it('of the test flavour is recognised by its fuses', async () => {
    const test = await stage('test')
    const about = { resources: path.join(test.folder, 'resources'), program: path.join(test.folder, executableName) }
    expect(test.problems).toEqual([])
    expect(await checkPackage({ ...about, flavour: 'release', version: packageJson.version })).toEqual([
      'The fuse EnableNodeCliInspectArguments is wrong.',
    ])
  })

  it('fails the check when its version differs', async () => {
    const about = {
      resources: path.join(staged.folder, 'resources'),
      program: path.join(staged.folder, executableName),
    }
    const [problem, ...more] = await checkPackage({ ...about, flavour: 'release', version: '9.9.9' })
    expect(problem).toContain('9.9.9')
    expect(more).toEqual([])
  })

  it('has a desktop file that handles `discourse:` URLs, with an unquoted path', () => {
    const entry = readFileSync(staged.desktopFile, 'utf8')
    expect(entry).toContain('\nName=Discourse Notifier\n')
    expect(entry).toContain('\nMimeType=x-scheme-handler/discourse;\n')
    expect(entry).toContain(`\nStartupWMClass=${executableName}\n`)
    expect(entry).toContain('\nCategories=Network;Chat;\n')
    expect(entry).toMatch(/\nExec=[^" ]+ %U\n/)
  })

  const missing = missingPart('metadata')

  it.skipIf(missing !== undefined)(`has a desktop file that desktop-file-validate accepts ${missing ?? ''}`, () => {
    const { status, stdout, stderr } = spawnSync('desktop-file-validate', [staged.desktopFile], { encoding: 'utf8' })
    expect(`${stdout}${stderr}`).toBe('')
    expect(status).toBe(0)
  })

  it.skipIf(missing !== undefined)(`has metadata that appstreamcli accepts ${missing ?? ''}`, () => {
    const { metainfo } = writePackageParts(root, { repository: 'someone/discourse-notifier', env: {} })
    const { status, stdout } = spawnSync('appstreamcli', ['validate', '--no-net', metainfo], { encoding: 'utf8' })
    expect(stdout).toContain('Validation was successful')
    expect(status).toBe(0)
    expect(readFileSync(metainfo, 'utf8')).toContain(`<release version="${packageJson.version}"`)
  })

  it('includes the licence of everything inside', () => {
    const { licenses } = writePackageParts(root, { repository: undefined, env: {} })
    const text = readFileSync(licenses, 'utf8')
    for (const name of ['react', 'valibot', 'keytar', 'electron-store']) expect(text).toContain(`## ${name} `)
    const bundled = v.parse(
      v.array(v.object({ name: v.string() })),
      JSON.parse(readFileSync(path.join(root, 'dist', 'electron', 'licenses.json'), 'utf8')),
    )
    for (const { name } of bundled) expect(text).toContain(`## ${name} `)
    expect(extractFile(archive(), 'dist/LICENSES.md').toString('utf8')).toContain('## valibot ')
  })
})
