// `npm run test:faults`: the fault suite in full, of which `npm test` runs a part. It writes docs/faults.md.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import * as path from 'node:path'
import { readOptions } from '../build/read-options.mjs'
import { writeFaultReport } from './faults/write-fault-report.mjs'

const root = path.join(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
mkdirSync(results, { recursive: true })
/** @param {string} name */
const fileOf = (name) => path.join(results, `faults-${name}.json`)

/** What is done, in parts side by side: the tests of built-program.test.ts that belong to each. */
const parts = [
  { name: 'kills', tests: 'being killed' },
  { name: 'files', tests: 'damaged files' },
  { name: 'soak', tests: 'after a soak' },
  { name: 'others', tests: '^(?!.*(being killed|damaged files|after a soak))' },
]
const names = ['network', ...parts.map(({ name }) => name)]

const options = readOptions(
  `Usage: npm run test:faults -- [options]

Does to the whole program what the world will do, counts what was lost and what was let in, and writes
docs/faults.md. It runs the built program, so build first. As root on Linux with a keyring it can do
everything; what it cannot do elsewhere is skipped by name. Takes about half an hour on two cores.

  --kills N          how often it is killed at least (default 200)
  --soak-minutes N   how long the 200 accounts are soaked (default 20)
  --seed N           another course of the same faults (default 1)
  --only A,B         only these parts of ${names.join(', ')}; the page
                     takes the others from what they counted when they ran last
  --report           only writes the page, from what the parts counted when they ran last`,
  {
    kills: { type: 'string', default: '200' },
    'soak-minutes': { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: names.join(',') },
    report: { type: 'boolean' },
  },
)

const wanted = options.report === true ? [] : String(options.only).split(',')
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}.\n`)
  process.exit(2)
}

/**
 * Runs tests and tells whether all passed.
 * @param {readonly string[]} words
 * @param {NodeJS.ProcessEnv} [more]
 */
const vitest = async (words, more = {}) => {
  // Windows finds `npx.cmd` only through a shell; the arguments are our own.
  const shell = process.platform === 'win32'
  const env = {
    ...{ ...process.env, FAULTS: 'all' },
    ...{ FAULTS_KILLS: String(options.kills), FAULTS_SOAK: String(options['soak-minutes']) },
    ...more,
  }
  const child = spawn('npx', ['vitest', 'run', ...words], { cwd: root, stdio: 'inherit', shell, env })
  const [status] = await once(child, 'exit')
  return status === 0
}

const networkTests = [
  ...['changes', 'hostile-json', 'network'].map((name) => `test/faults/${name}.test.ts`),
  'engine/discourse/hostile-json.test.ts',
]
/**
 * Vitest's report says nothing of the commit or the load, so both are added to it.
 * @param {string} name
 */
const runNetwork = async (name) => {
  const file = fileOf(name)
  const began = Date.now()
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
  const isGreen = await vitest([...networkTests, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  if (!existsSync(file)) return false
  const run = { commit, began, ended: Date.now(), load: loadavg() }
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), run }))
  return isGreen
}
/** @param {string} name */
const runPart = (name) => {
  rmSync(fileOf(name), { force: true })
  const index = parts.findIndex((part) => part.name === name)
  if (index === -1) return runNetwork(name)
  // Each has a course of faults of its own.
  const seed = String(Number(options.seed) + 1000 * index)
  return vitest(['test/faults/program', '-t', parts[index]?.tests ?? ''], { FAULTS_PART: name, FAULTS_SEED: seed })
}

const areGreen = await Promise.all(wanted.map(runPart))
/** @param {string} name */
const read = (name) => (existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : undefined)
writeFaultReport(root, {
  network: read('network'),
  program: parts.map(({ name }) => ({ name, counted: read(name) })),
})
// What was lost, once more at the end: Vitest's output of four parts side by side is long.
for (const name of wanted)
  for (const { what, detail } of read(name)?.lost ?? []) process.stdout.write(`${name}: ${what}: ${detail}\n`)
process.exit(areGreen.every(Boolean) ? 0 : 1)
