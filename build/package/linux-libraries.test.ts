import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { testElectron } from '../../test/electron-runtime.mjs'
import { missingPart } from '../../test/system-parts.mjs'
import { debDepends, libraries, rpmDepends } from './linux-libraries.mjs'

const root = path.join(import.meta.dirname, '..', '..')
const program = testElectron()
const missing =
  process.platform !== 'linux'
    ? 'only on Linux'
    : (missingPart('binaries') ??
      (program === undefined ? 'there is no Electron' : (missingPart('electron') ?? missingPart('keychain'))))

/** Where dpkg keeps the list of each package's files; asking `dpkg -S` takes seconds for each. */
const installedFiles = '/var/lib/dpkg/info'
const debianArchitecture = process.arch === 'x64' ? 'amd64' : process.arch

/** The programs and libraries of a folder and below. */
const binariesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(^[\w-]+$|\.so(\.\d+)?$|\.node$)/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))

/** What the linker does not see (build/package/linux-libraries.mjs); found by `try-deb.mjs`, which starts the program. */
const openedByName = ['libX11-xcb.so.1', 'libnotify.so.4']

const neededBy = (files: readonly string[]): readonly string[] => {
  const { stdout } = spawnSync('readelf', ['-d', ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  return [...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name = '']) => name)
}

describe.skipIf(missing !== undefined)(`what the program needs of the system ${missing ?? ''}`, () => {
  const runtime = path.dirname(program ?? '')
  const keytar = path.join(root, 'node_modules', 'keytar', 'prebuilds', `linux-${process.arch}`)

  it('is what its binaries link to, and what Electron opens by name', () => {
    const needed = new Set(neededBy([...binariesOf(runtime), ...binariesOf(keytar)]))
    const own = new Set(readdirSync(runtime))
    // Libraries that are part of the C library's own package.
    const ofC = /^(ld-linux.*|lib(dl|m|pthread|rt|resolv)\.so\.\d+)$/
    const fromSystem = [...needed].filter((name) => !own.has(name) && !ofC.test(name))
    expect([...fromSystem, ...openedByName].toSorted()).toEqual(Object.keys(libraries).toSorted())
    for (const name of openedByName) {
      expect(spawnSync('grep', ['-q', '-a', '-F', name, program ?? '']).status, `Electron knows ${name}`).toBe(0)
    }
  })

  it.skipIf(!existsSync(installedFiles))('is in the Debian packages that the table names', () => {
    for (const [soname, names] of Object.entries(libraries)) {
      const lists = names
        .split(' | ')
        .flatMap((name) => [`${name}.list`, `${name}:${debianArchitecture}.list`])
        .map((name) => path.join(installedFiles, name))
        .filter((file) => existsSync(file))
      expect(lists.length, `${names} is installed`).toBeGreaterThan(0)
      const files = lists.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      expect(files.map((file) => path.basename(file))).toContain(soname)
    }
  })

  it('is found by the linker where the packages are installed', () => {
    const files = [program ?? '', ...binariesOf(keytar)]
    for (const file of files) expect(execFileSync('ldd', [file], { encoding: 'utf8' })).not.toContain('not found')
  })
})

describe('the dependencies of packages', () => {
  it('name each package once, including the programs that are run', () => {
    expect(debDepends()).toEqual([...new Set(debDepends())])
    for (const name of ['libgbm1', 'libasound2 | libasound2t64', 'libsecret-1-0', 'libnotify4', 'xdg-utils'])
      expect(debDepends()).toContain(name)
  })

  it('of an rpm are sonames', () => {
    expect(rpmDepends()).toEqual(
      expect.arrayContaining(['libgbm.so.1()(64bit)', 'libasound.so.2()(64bit)', 'xdg-utils']),
    )
  })
})
