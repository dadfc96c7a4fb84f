import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { fail } from '../../common/failure.ts'
import { systemClock } from '../../engine/clock.ts'
import { createEngine } from '../../engine/engine.ts'
import { createLanguage } from '../../engine/language.ts'
import { systemRandom } from '../../engine/random.ts'
import { stateFolder } from '../../engine/storage/profile.ts'
import { openProfileSettings } from '../../engine/storage/settings-file.ts'
import { openStateFiles } from '../../engine/storage/state-files.ts'
import { createVault } from '../../engine/storage/vault.ts'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { electronStart } from './electron-start.ts'
import { fillProfile } from './fill-profile.ts'

// `npm run bench:startup`: what a start costs, as far as that shows without Electron, and with it where there is one.
// It prints and judges nothing: the figures depend on the machine.

const dist = fileURLToPath(new URL('..', import.meta.url))
const accounts = 50
const rounds = 9

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`

/** Each bundle's files, the one that starts first, as they lie on the disk and compressed. */
const printSizes = (): void => {
  for (const folder of ['electron', 'headless']) {
    for (const file of readdirSync(path.join(dist, folder)).filter((name) => /\.c?js$/.test(name))) {
      const code = readFileSync(path.join(dist, folder, file))
      const compressed = gzipSync(code, { level: 9 }).length
      console.log(
        `size        ${`${folder}/${file}`.padEnd(34)} ${kilobytes(code.length)}, gzip ${kilobytes(compressed)}`,
      )
    }
  }
}

/** The whole desktop program but for the updater, each file compressed by itself. */
const printTotal = (): void => {
  const folder = path.join(dist, 'electron')
  const files = readdirSync(folder).filter((name) => /\.c?js$/.test(name) && name !== 'electron-updater.js')
  const sizes = files.map((file) => gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`size        ${'electron, all but the updater'.padEnd(34)}           gzip ${kilobytes(total)}`)
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0).padStart(5)} KB`

/** How long Node takes to load and run a module of ours, in a process of its own each time. */
const printEvaluation = (name: string, file: string): void => {
  const url = pathToFileURL(path.join(dist, file)).href
  const program = `
    process.argv.push('--version')
    const write = process.stdout.write
    process.stdout.write = () => true
    const start = performance.now()
    await import(${JSON.stringify(url)})
    const took = performance.now() - start
    process.stdout.write = write
    console.log(took)
  `
  const times = Array.from({ length: rounds }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout),
  )
  console.log(`evaluation  ${name.padEnd(34)} ${milliseconds(median(times))} (median of ${rounds})`)
}

/** From nothing to the first snapshot with every account and its saved numbers, and to the end of the engine's start. */
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
      settings: settings.value,
      files: openStateFiles(stateFolder(profile)),
      vault: createVault({
        openKeychain: async () => keychain,
        item: 'bench',
        sessionAgreed: false,
        clock: systemClock,
      }),
      http: { send: async () => fail('offline'), close: async () => undefined },
      setNetwork: async () => [],
      clock: systemClock,
      random: systemRandom,
      language: createLanguage(() => []),
      appVersion: 'bench',
      interval: 60_000,
      usualMethod: () => 'paste',
      show: async () => ({ kind: 'refused' }),
      openUrl: () => undefined,
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
    `engine      first snapshot, ${accounts} accounts         ${milliseconds(median(first))} (median of ${rounds})`,
  )
  console.log(`engine      started, ${accounts} accounts                ${milliseconds(median(started))}`)
}

printSizes()
printTotal()
printEvaluation('headless/cli.js', 'headless/cli.js')
printEvaluation('headless/transport.js (loaded later)', 'headless/transport.js')
await printEngine()
await electronStart(dist)
