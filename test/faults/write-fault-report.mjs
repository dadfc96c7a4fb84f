// docs/faults.md, from what the two parts of the fault suite have counted.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'

/** What can be lost or let in, with what is promised of it. */
const promises = [
  ['accounts', 'none'],
  ['keys', 'none'],
  ['attempts', 'none'],
  ['revocations', 'none'],
  ['settings', 'none'],
  ['alerts', 'at most one a kill'],
  ['alerts told twice', 'none'],
  ['secrets told', 'none'],
  ['let in', 'none'],
]

/**
 * @typedef {object} FaultResults
 * @property {number} began milliseconds since 1970
 * @property {number} ended
 * @property {boolean} isPutTogether whether the parts were run one by one
 * @property {any} network the report of Vitest; undefined when that part did not end
 * @property {any} program what built-program.test.ts has counted
 */

/**
 * Writes docs/faults.md.
 * @param {string} root of the repository
 * @param {FaultResults} results
 */
export const writeFaultReport = (root, results) => {
  writeFileSync(path.join(root, 'docs', 'faults.md'), `${reportText(root, results)}\n`)
}

/**
 * @param {string} root
 * @param {FaultResults} results
 */
const reportText = (root, { began, ended, isPutTogether, network, program }) => {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim()
  const lost = program?.lost ?? []
  const kills = sumOf(program, 'killed during')
  /** @param {string} what */
  const count = (what) => lost.filter((/** @type {{ what: string }} */ one) => one.what === what).length
  return [
    '# What the fault suite did, and what came of it',
    '',
    'Written by `npm run test:faults`, never by hand. What it does is in [test/faults/](../test/faults/).',
    '',
    `| | |\n| --- | --- |`,
    `| run | ${new Date(began).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${Math.round((ended - began) / 60_000)} minutes |`,
    `| machine | ${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; ${os.type()} ${os.release()}; Node.js ${process.versions.node}; load ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} at the end |`,
    `| program | commit ${commit}${isPutTogether ? '; its parts were run one by one, some of them at commits shortly before' : ''} |`,
    '',
    '## Lost, or let in',
    '',
    '| what | promised | counted |\n| --- | --- | --- |',
    ...promises.map(
      ([what = '', promised]) =>
        `| ${what} | ${promised} | ${program === undefined ? 'not run' : count(what)}${what === 'alerts' ? ` in ${kills} kills` : ''} |`,
    ),
    ...(lost.length === 0
      ? []
      : ['', ...lost.map((/** @type {{ what: string, detail: string }} */ one) => `- ${one.what}: ${one.detail}`)]),
    '',
    '## Done to the built program',
    '',
    '| what | times |\n| --- | --- |',
    ...Object.entries(program?.injected ?? {}).map(([kind, times]) => `| ${kind} | ${times} |`),
    '',
    ...soakLines(program?.soak),
    '## Done by the network',
    '',
    'To the engine over real HTTP. Each line is a test: one kind of hostile answer while counting, marking, revoking, signing in or',
    'looking at a site, or an hour of hostile JSON; and 5,000 hostile answers to each reader of JSON.',
    '',
    '| part | passed | failed |\n| --- | --- | --- |',
    ...networkLines(network),
  ].join('\n')
}

/**
 * How often something of a kind was done.
 * @param {any} program
 * @param {string} kind
 */
const sumOf = (program, kind) =>
  Object.entries(program?.injected ?? {}).reduce(
    (sum, [name, times]) => sum + (name.startsWith(kind) ? Number(times) : 0),
    0,
  )

/** @param {any} soak */
const soakLines = (soak) =>
  soak === undefined
    ? []
    : [
        '## The soak',
        '',
        `${soak.accounts} accounts for ${soak.minutes} minutes: ${soak.requests} requests, ${soak.faults} of them answered by a fault; ${soak.alertsDue} notifications. At the end ${soak.rightCounts} of ${soak.accounts} counts were right.`,
        '',
        '| | early on | at the end |\n| --- | --- | --- |',
        `| memory in use, MB | ${soak.before.megabytes} | ${soak.after.megabytes} |`,
        `| handles | ${soak.before.handles} | ${soak.after.handles} |`,
        `| sockets | ${soak.before.sockets} | ${soak.after.sockets} |`,
        '',
      ]

/** @param {any} network */
const networkLines = (network) => {
  if (network === undefined) return ['| not run | | |']
  /** @type {Map<string, { passed: number, failed: number }>} */
  const groups = new Map()
  for (const file of network.testResults)
    for (const { ancestorTitles, title, status } of file.assertionResults) {
      const name = ancestorTitles[0] ?? title.replace(/ \(seed \d+\)$/, '')
      const group = groups.get(name) ?? { passed: 0, failed: 0 }
      if (status === 'passed') group.passed += 1
      if (status === 'failed') group.failed += 1
      groups.set(name, group)
    }
  return [...groups].map(([name, { passed, failed }]) => `| ${name} | ${passed} | ${failed} |`)
}
