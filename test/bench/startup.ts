import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { readOptions } from '../../build/read-options.mjs'
import { fail } from '../../common/contract/failure.ts'
import { createEngine } from '../../engine/engine.ts'
import { systemClock } from '../../engine/ports/clock.ts'
import { systemRandom } from '../../engine/ports/random.ts'
import { createLanguage } from '../../engine/preferences/language.ts'
import { stateFolder } from '../../engine/storage/profile.ts'
import { openProfileSettings } from '../../engine/storage/settings-file.ts'
import { openStateFiles } from '../../engine/storage/state-files.ts'
import { createVault } from '../../engine/storage/vault.ts'
import { testElectron } from '../electron-runtime.mjs'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { commandStart } from './command-start.ts'
import { restGroups } from './electron-rest.ts'
import { electronStart } from './electron-start.ts'
import { fillProfile } from './fill-profile.ts'
import { median } from './median.ts'
import { conditions } from './report.ts'

// `npm run bench:startup`: what a start costs, measured without Electron and, where it is installed, with it. Prints
// and never asserts: the figures depend on the machine.

const {
  commands,
  electron,
  tray,
  rest,
  rounds: restRounds,
  starts,
} = readOptions(
  `Usage: npm run bench:startup [-- OPTIONS]

What a start costs: sizes of the bundles, loading them, the engine's first snapshot, and a start of
Electron where that is installed, and of the command line.

  --commands   the command line alone
  --electron   the desktop app beside a bare Electron alone
  --tray       of that, only how long its icon takes
  --rest LIST  of that, only memory and CPU at rest, of these (5 minutes each, live 9):
               hidden, window, live (50 live channels)
  --rounds N   how often each is measured at rest (default 1)
  --starts N   of Electron in each situation (default 9; about a second each)`,
  {
    commands: { type: 'boolean', default: false },
    electron: { type: 'boolean', default: false },
    tray: { type: 'boolean', default: false },
    rest: { type: 'string', default: '' },
    rounds: { type: 'string', default: '1' },
    starts: { type: 'string', default: '9' },
  },
)

const dist = fileURLToPath(new URL('..', import.meta.url))
const accounts = 50
const rounds = 9

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`

/** The goal, and whether it is reached. */
const beside = (value: number, goal: number, unit: string): string =>
  `goal: at most ${goal} ${unit}, ${value <= goal ? 'reached' : 'not reached'}`

/** The files of each bundle, with their size on disk and compressed. */
const printSizes = (): void => {
  for (const folder of ['electron', 'headless']) {
    for (const file of readdirSync(path.join(dist, folder)).filter((name) => /\.c?js$/.test(name))) {
      const code = readFileSync(path.join(dist, folder, file))
      console.log(
        `size        ${`${folder}/${file}`.padEnd(34)} ${kilobytes(code.length)}, gzip ${kilobytes(gzipped(folder, file))}`,
      )
    }
  }
}

const gzipped = (folder: string, file: string): number =>
  gzipSync(readFileSync(path.join(dist, folder, file)), { level: 9 }).length

/**
 * The whole desktop program without the updater, each file compressed on its own: the code, including English; what one
 * run may load, which is one more language at most; and all files. Then what is loaded before the tray icon.
 */
const printTotal = (): void => {
  const files = readdirSync(path.join(dist, 'electron')).filter((name) => /\.c?js$/.test(name))
  const sum = (names: readonly string[]): number =>
    names.reduce((total, name) => total + gzipped('electron', name), 0) / 1000
  const all = sum(files.filter((name) => name !== 'electron-updater.js'))
  const languages = files.filter((name) => /^[a-z]{2}(-[A-Z]{2})?\.js$/.test(name))
  const largest = Math.max(...languages.map((name) => sum([name])))
  const code = all - sum(languages)
  const early = sum([...loadedEarly()])
  const print = (what: string, size: number, goal = ''): void =>
    console.log(`size        ${what.padEnd(40)} gzip ${size.toFixed(0).padStart(3)} KB${goal}`)
  print('electron without updater: code, English', code)
  print('its largest other language', largest)
  print('what one run may load', code + largest, `   ${beside(code + largest, 300, 'KB')}`)
  print(`all, with ${languages.length} other languages`, all)
  print('loaded before the tray', early)
}

/** The files loaded before the tray icon appears: `start.js`, `main.js`, and their static imports. */
const loadedEarly = (names: readonly string[] = ['start.js', 'main.js'], found = new Set<string>()): Set<string> => {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const code = readFileSync(path.join(dist, 'electron', name), 'utf8')
    loadedEarly(
      [...code.matchAll(/\bfrom"\.\/([^"]+)"/g)].map(([, file = '']) => file),
      found,
    )
  }
  return found
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0).padStart(5)} KB`

/** Time for Node to load and run one of our modules, in a new process each time. */
const printEvaluation = (name: string, file: string, before = ''): void => {
  const url = pathToFileURL(path.join(dist, file)).href
  const program = `
    process.argv.push('--version')
    const write = process.stdout.write
    process.stdout.write = () => true
    ${before}
    const start = performance.now()
    await import(${JSON.stringify(url)})
    const took = performance.now() - start
    process.stdout.write = write
    console.log(took)
  `
  const folder = mkdtempSync(path.join(tmpdir(), 'evaluation-'))
  const main = path.join(folder, 'main.mjs')
  writeFileSync(main, program)
  const times = Array.from({ length: rounds }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${name} could not be loaded: ${stderr}`)
    return Number(stdout)
  })
  rmSync(folder, { recursive: true })
  console.log(`evaluation  ${name.padEnd(34)} ${milliseconds(median(times))} (median of ${rounds})`)
}

/** Makes Node resolve Electron's module to a stub with the same exports. */
const withoutElectron = (): string => {
  const folder = path.join(dist, 'electron')
  const files = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== 'electron-updater.js')
  const code = files.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n')
  const names = [...code.matchAll(/import\s*(?:\w+\s*,\s*)?\{([^}]*)\}\s*from\s*"electron"/g)].flatMap(
    ([, list = '']) => list.split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? ''),
  )
  const stub = `const nothing = new Proxy(() => nothing, { get: () => nothing }); export default nothing
    ${[...new Set(names)].map((name) => `export const ${name} = nothing`).join('\n')}`
  const hook = `export const resolve = (name, context, next) => name === 'electron'
    ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(stub)}`)}, shortCircuit: true } : next(name, context)`
  const url = `data:text/javascript,${encodeURIComponent(hook)}`
  return `const { register } = await import('node:module'); register(${JSON.stringify(url)})`
}

/** Time until the first snapshot with every account and its saved counts, and until the engine has started. */
const printEngine = async (): Promise<void> => {
  const first: number[] = []
  const started: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const profile = mkdtempSync(path.join(tmpdir(), 'startup-'))
    const keychain = createMemoryKeychain()
    fillProfile(profile, keychain, accounts)
    const start = performance.now()
    const settings = openProfileSettings(profile, () => ({ store: {} }), Date.now())
    if (!settings.ok) throw new Error(settings.failure.code)
    const engine = createEngine({
      storage: {
        settings: settings.value,
        files: openStateFiles(stateFolder(profile)),
        vault: createVault({
          openKeychain: async () => keychain,
          item: 'bench',
          sessionAgreed: false,
          clock: systemClock,
        }),
      },
      network: {
        http: { send: async () => fail('offline'), close: async () => undefined },
        setNetwork: async () => [],
      },
      desktop: {
        showNotification: async () => ({ kind: 'refused' }),
        defaultMethod: () => 'paste',
        openUrl: () => undefined,
      },
      system: { clock: systemClock, random: systemRandom },
      language: createLanguage(() => []),
      appVersion: 'bench',
      interval: 60_000,
    })
    const shown = engine.snapshot().accounts.filter(({ counts }) => counts !== null).length
    if (shown !== accounts) throw new Error(`${shown} of ${accounts} accounts have their numbers`)
    first.push(performance.now() - start)
    await engine.start()
    started.push(performance.now() - start)
    await engine.stop()
    rmSync(profile, { recursive: true })
  }
  console.log(
    `engine      first snapshot, ${accounts} accounts         ${milliseconds(median(first))} (median of ${rounds})   ` +
      beside(median(first), 150, 'ms'),
  )
  console.log(`engine      started, ${accounts} accounts                ${milliseconds(median(started))}`)
}

/** What is measured at rest. */
const restWanted = restGroups.filter((group) => (rest === '' ? !tray : rest.split(',').includes(group)))
const isElectronOnly = electron || tray || rest !== ''

console.log(`${conditions()}\n`)
if (!(commands || isElectronOnly)) {
  printSizes()
  printTotal()
  printEvaluation('electron/start.js, without Electron', 'electron/start.js', withoutElectron())
  printEvaluation('headless/cli.js', 'headless/cli.js')
  printEvaluation('headless/transport.js (loaded later)', 'headless/transport.js')
  await printEngine()
}
if (!commands)
  await electronStart(dist, { starts: rest === '' ? Number(starts) : 0, rest: restWanted, rounds: Number(restRounds) })
if (!isElectronOnly) await commandStart(dist, testElectron())
