// `npm run test:faults`: the fault suite in full, of which `npm test` runs a part. It writes docs/faults.md.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { readOptions } from '../build/read-options.mjs'
import { writeFaultReport } from './faults/write-fault-report.mjs'

const options = readOptions(
  `Usage: npm run test:faults -- [options]

Does to the whole program what the world will do, counts what was lost and what was let in, and writes
docs/faults.md. It runs the built program, so build first. As root on Linux with a keyring it can do
everything; what it cannot do elsewhere is skipped by name. Takes about half an hour.

  --kill-minutes N   ends the kills after so many minutes even if there were not 210 (default 15)
  --soak-minutes N   how long the 200 accounts are soaked (default 6)
  --seed N           another course of the same faults (default 1)
  --report           only writes the page, from what the parts have counted when they ran last`,
  {
    'kill-minutes': { type: 'string', default: '15' },
    'soak-minutes': { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    report: { type: 'boolean' },
  },
)

const root = path.join(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
mkdirSync(results, { recursive: true })
const network = path.join(results, 'faults-network.json')
/** What is done to the built program, in parts side by side. */
const parts = [
  { name: 'kills', tests: 'being killed', file: path.join(results, 'faults-kills.json') },
  { name: 'kills2', tests: 'being killed', file: path.join(results, 'faults-kills2.json') },
  { name: 'files', tests: 'damaged files', file: path.join(results, 'faults-files.json') },
  { name: 'others', tests: '^(?!.*(being killed|damaged files))', file: path.join(results, 'faults-others.json') },
]
if (options.report !== true)
  for (const file of [network, ...parts.map(({ file }) => file)]) rmSync(file, { force: true })

const env = {
  ...process.env,
  FAULTS: 'all',
  FAULTS_MINUTES: String(options['kill-minutes']),
  FAULTS_SOAK: String(options['soak-minutes']),
}

/**
 * @param {readonly string[]} words
 * @param {NodeJS.ProcessEnv} [more]
 */
const vitest = async (words, more = {}) => {
  // Windows finds `npx.cmd` only through a shell; the arguments are our own.
  const shell = process.platform === 'win32'
  const child = spawn('npx', ['vitest', 'run', ...words], {
    cwd: root,
    stdio: 'inherit',
    shell,
    env: { ...env, ...more },
  })
  const [status] = await once(child, 'exit')
  return status === 0
}

/**
 * What all parts have counted; undefined when one of them did not end.
 * @param {readonly any[]} counted
 */
const joined = (counted) => {
  if (counted.some((part) => part === undefined)) return undefined
  /** @type {Record<string, number>} */
  const injected = {}
  for (const part of counted)
    for (const [kind, times] of Object.entries(part.injected)) injected[kind] = (injected[kind] ?? 0) + Number(times)
  return {
    injected,
    lost: counted.flatMap((part) => part.lost),
    soak: counted.map((part) => part.soak).find((soak) => soak !== undefined),
  }
}

const began = Date.now()
const json = ['--reporter=default', '--reporter=json', `--outputFile.json=${network}`]
const networkTests = ['changes', 'hostile-json', 'network'].map((name) => `test/faults/${name}.test.ts`)
const run = () =>
  Promise.all([
    vitest([...networkTests, 'engine/discourse/hostile-json.test.ts', ...json]),
    // Each has a course of faults of its own, or the second kills would be the first once more.
    ...parts.map(({ name, tests }, index) =>
      vitest(['test/faults/program', '-t', tests], {
        ...{ FAULTS_PART: name, FAULTS_SEED: String(Number(options.seed) + 1000 * index) },
      }),
    ),
  ])
const areGreen = options.report === true ? [true] : await run()
/** @param {string} file */
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
writeFaultReport(root, {
  // Vitest notes when a part began.
  ...{
    began: options.report === true ? (read(network)?.startTime ?? began) : began,
    ended: Date.now(),
    isPutTogether: options.report === true,
    network: read(network),
  },
  program: joined(parts.map(({ file }) => read(file))),
})
process.exit(areGreen.every(Boolean) ? 0 : 1)
