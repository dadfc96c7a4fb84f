import { mkdirSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// A reporter for Vitest, from which `npm test` takes its last lines: how many unit tests there were, and what failed and why.
// Vitest's own JSON report has stacks only, and the stack of a test that hit its time limit does not say so.

/** Where the report is, from the folder that Vitest runs in. */
export const unitReportPath = path.join('test-results', 'unit.json')

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} UnitReport */

/** The most that is told of one error, in characters. */
const mostOfError = 2000

/**
 * What an error says, then what differs, then where it was thrown.
 * @param {import('vitest').SerializedError & { readonly diff?: string }} error
 */
const describeError = ({ message, diff, stack = '' }) => {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('/node_modules/'))
  return stripVTControlCharacters([message, ...(diff === undefined ? [] : [diff]), ...frames].join('\n')).slice(
    0,
    mostOfError,
  )
}

/**
 * @param {string} what
 * @param {readonly import('vitest').SerializedError[] | undefined} errors
 */
const describeFailure = (what, errors = []) => [`failed: ${what}`, ...errors.map(describeError)].join('\n')

/** @param {import('vitest/node').TestModule} module */
const failuresIn = (module) => {
  const groups = [module, ...module.children.allSuites()].filter((group) => group.errors().length > 0)
  return [
    ...groups.map((group) => describeFailure(nameOf(group), group.errors())),
    ...[...module.children.allTests('failed')].map((test) => describeFailure(nameOf(test), test.result().errors)),
  ]
}

/** @param {import('vitest/node').TestModule | import('vitest/node').TestSuite | import('vitest/node').TestCase} task */
const nameOf = (task) =>
  task.type === 'module' ? task.relativeModuleId : `${task.module.relativeModuleId}: ${task.fullName}`

/** @typedef {import('vitest/node').Reporter} Reporter */

/** @implements {Reporter} */
export default class UnitReporter {
  #root = ''

  /** @param {import('vitest/node').Vitest} vitest */
  onInit(vitest) {
    this.#root = vitest.config.root
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest').SerializedError[]} unhandled errors that nobody caught, outside of every test
   */
  onTestRunEnd(modules, unhandled) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    /** @param {string} state */
    const count = (state) => states.filter((each) => each === state).length
    /** @type {UnitReport} */
    const report = {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped') + count('pending'),
      failures: [
        ...modules.flatMap(failuresIn),
        ...unhandled.map((error) => describeFailure('an error that nobody caught', [error])),
      ],
    }
    const file = path.join(this.#root, unitReportPath)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(report))
  }
}
