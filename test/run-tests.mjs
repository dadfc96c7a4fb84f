// `npm test`: what the README promises, in one run. Every step runs even when an earlier one failed; the last lines
// say how each ended and how many tests there were.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import * as path from 'node:path'
import { readOptions } from '../build/read-options.mjs'
import { provideElectron } from './electron-runtime.mjs'
import { provideSystemPackages } from './system-packages.mjs'
import { unitReportPath } from './unit-report.mjs'

readOptions(
  `Usage: npm test

Runs every check: lint, types, unused code, build, unit tests, end-to-end tests. As root on Debian it
first installs what they need from the system; without an Electron it downloads one for tests, once
(196 MB).`,
  {},
)

const root = path.join(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** @type {readonly { name: string, script: string, args?: readonly string[] }[]} */
const steps = [
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'types' },
  { name: 'unused code', script: 'knip' },
  { name: 'build', script: 'build' },
  {
    name: 'unit and integration tests',
    script: 'test:unit',
    args: ['--reporter=default', '--reporter=./test/unit-report.mjs'],
  },
  { name: 'end-to-end tests', script: 'test:e2e' },
]

/** @type {string[]} */
const failed = []

/**
 * A runner's own report; undefined if it ended without one.
 * @param {string} file
 */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
/** @returns {import('./unit-report.mjs').UnitReport | undefined} */
const readUnitReport = () => readReport(path.join(root, unitReportPath))
const readE2eReport = () => readReport(path.join(results, 'e2e.json'))

/**
 * The skipped end-to-end tests with their reasons, which Playwright's list leaves out.
 * @param {any} suite
 * @returns {string[]}
 */
const skipped = (suite) => [
  ...(suite.suites ?? []).flatMap(skipped),
  ...(suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'skipped')
      .map((/** @type {any} */ test) => `skipped: ${spec.file}: ${spec.title}: ${test.annotations[0]?.description}`),
  ),
]

/**
 * Each failed end-to-end test with where it failed, so that the end of a long log says what to look at.
 * @param {any} suite
 * @returns {string[]}
 */
const failedE2eTests = (suite) => [
  ...(suite.suites ?? []).flatMap(failedE2eTests),
  ...(suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((/** @type {any} */ test) => {
        const errors = test.results.flatMap((/** @type {any} */ result) => result.errors)
        const reasons = errors.map((/** @type {any} */ error) => error.message).join('\n')
        return `failed: ${spec.file} [${test.projectName}]: ${spec.title}\n${reasons.slice(0, 2000)}`
      }),
  ),
]

/** The plain closing line of a runner, from its own report. */
const closingLines = () => {
  const unit = readUnitReport()
  const e2e = readE2eReport()
  return [
    unit && `unit: ${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped`,
    e2e &&
      `e2e: ${e2e.stats.expected} passed, ${e2e.stats.unexpected + e2e.stats.flaky} failed, ${e2e.stats.skipped} skipped`,
  ].filter((line) => line !== undefined)
}

provideSystemPackages()
await provideElectron()
for (const { name, script, args = [] } of steps) {
  console.log(`\n── ${name}`)
  // On Windows npm is a command file, which needs a shell; the arguments are our own.
  const { status } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
    stdio: 'inherit',
    cwd: root,
    shell: process.platform === 'win32',
  })
  if (status !== 0) failed.push(name)
}

const e2e = readE2eReport() ?? {}
/** What failed outside of every end-to-end test, such as a specification that cannot be loaded. */
const outsideTests = (e2e.errors ?? []).map((/** @type {any} */ error) => `failed: ${error.message?.slice(0, 2000)}`)
const failures = [...(readUnitReport()?.failures ?? []), ...failedE2eTests(e2e), ...outsideTests]
for (const line of failures) console.log(line)
for (const line of skipped(e2e)) console.log(line)
console.log(failed.length === 0 ? '\nAll steps passed.' : `\nFailed: ${failed.join(', ')}.`)
for (const line of closingLines()) console.log(line)
process.exitCode = failed.length === 0 ? 0 : 1
