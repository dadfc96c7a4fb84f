import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type UnitReport, unitReportPath } from './unit-report.mjs'

// The reporter in a run of its own, over tests that fail in every way there is.

const tests = {
  'failing.test.js': `
    test('passes', () => {})
    test.skip('is skipped', () => {})
    test('never ends', () => new Promise(() => {}), 20)
    describe('a group', () => {
      test('differs', () => expect({ count: 1 }).toEqual({ count: 2 }))
    })
    describe('prepared', () => {
      beforeAll(() => { throw new Error('nothing to prepare') })
      test('is not run', () => {})
    })`,
  'broken.test.js': "throw new Error('cannot be loaded')",
  'uncaught.test.js': `
    test('passes although something else fails', async () => {
      setImmediate(() => { throw new Error('nobody caught this') })
      await new Promise((resolve) => setTimeout(resolve, 50))
    })`,
}

const folder = mkdtempSync(path.join(tmpdir(), 'notifier-report-'))
const vitest = path.join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
let report: UnitReport

beforeAll(async () => {
  for (const [name, text] of Object.entries(tests)) writeFileSync(path.join(folder, name), text)
  const reporter = path.join(import.meta.dirname, 'unit-report.mjs')
  const words = [vitest, 'run', '--globals', '--root', folder, `--reporter=${reporter}`]
  await new Promise((resolve) => execFile(process.execPath, words, { cwd: folder }, resolve))
  report = JSON.parse(readFileSync(path.join(folder, unitReportPath), 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('counts tests', () => {
  expect(report).toMatchObject({ passed: 2, failed: 2, skipped: 2 })
})

const failureOf = (words: string) => report.failures.find((failure) => failure.includes(words))

it('says of a test that hit its time limit that it did', () => {
  expect(failureOf('never ends')).toMatch(/^failed: failing\.test\.js: never ends\nTest timed out in 20ms\./)
  expect(report.failures.join()).not.toContain('STACK_TRACE_ERROR')
})

it('says what differs, and where', () => {
  const failure = failureOf('differs')
  expect(failure).toMatch(/^failed: failing\.test\.js: a group > differs\nexpected \{ count: 1 \} to deeply equal/)
  expect(failure).toContain('+   "count": 1')
  expect(failure).toMatch(/at .*failing\.test\.js:6:/)
})

it('has what fails outside of tests: before them, in a file that cannot be loaded, and where nobody caught it', () => {
  expect(failureOf('nothing to prepare')).toMatch(/^failed: failing\.test\.js: prepared\nnothing to prepare/)
  expect(failureOf('cannot be loaded')).toMatch(/^failed: broken\.test\.js\ncannot be loaded/)
  expect(failureOf('nobody caught this')).toMatch(/^failed: an error that nobody caught\nnobody caught this/)
  expect(report.failures).toHaveLength(5)
})
