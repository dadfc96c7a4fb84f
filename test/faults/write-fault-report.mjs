// docs/faults.md, from what the parts of the fault suite have counted.
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
  ['ended by itself', 'none'],
]

/**
 * @typedef {object} FaultResults
 * @property {any} network the report of Vitest; undefined when that part did not end
 * @property {readonly { name: string, counted: any }[]} program what built-program.test.ts has counted in each of its parts
 */

/**
 * Writes docs/faults.md.
 * @param {string} root of the repository
 * @param {FaultResults} results
 */
export const writeFaultReport = (root, results) => {
  writeFileSync(path.join(root, 'docs', 'faults.md'), `${reportText(results)}\n`)
}

/** @param {FaultResults} results */
const reportText = ({ network, program: parts }) => {
  const program = joined(parts.map(({ counted }) => counted))
  const lost = program?.lost ?? []
  const kills = sumOf(program, 'killed during')
  /** @param {string} what */
  const count = (what) => lost.filter((/** @type {{ what: string }} */ one) => one.what === what).length
  return [
    '# What the fault suite did, and what came of it',
    '',
    'Written by `npm run test:faults`, never by hand. What it does is in [test/faults/](../test/faults/).',
    '',
    `On ${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; ${os.type()} ${os.release()}; Node.js ${process.versions.node}.`,
    '',
    '| part | run | minutes | commit | load at the end |\n| --- | --- | --- | --- | --- |',
    runLine('network, on the engine', network?.run),
    ...parts.map(({ name, counted }) => runLine(`${name}, on the built program`, counted?.run)),
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
 * @param {string} name
 * @param {any} run
 */
const runLine = (name, run) =>
  run === undefined
    ? `| ${name} | not run | | | |`
    : `| ${name} | ${new Date(run.began).toISOString().slice(0, 16).replace('T', ' ')} UTC | ${Math.round((run.ended - run.began) / 60_000)} | ${run.commit} | ${run.load[0].toFixed(1)} |`

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

/** @param {number} count */
const inThousands = (count) => count.toLocaleString('en')

/** @param {any} soak */
const soakLines = (soak) =>
  soak === undefined
    ? []
    : [
        '## The soak',
        '',
        `${soak.accounts} accounts for ${soak.minutes} minutes: ${inThousands(soak.requests)} requests, ${inThousands(soak.faults)} of them answered by a fault; ${inThousands(soak.alertsDue)} notifications, ${inThousands(soak.alertsTold)} of them told. At the end ${soak.rightCounts} of ${soak.accounts} counts were right.`,
        '',
        'Each column is a sixth of the time. Live is what is left after a forced collection: at the end at most 5 % more than at the end',
        'of the second sixth. Resident memory widens in the first half, with V8’s old space: in the last sixth at most 10 % more than in',
        'the third.',
        '',
        `| | ${soak.sixths.map((/** @type {unknown} */ _, /** @type {number} */ index) => index + 1).join(' | ')} |`,
        `| --- |${' --- |'.repeat(soak.sixths.length)}`,
        sixthsLine('live memory, MB', soak, 'live'),
        sixthsLine('resident memory, MB', soak, 'megabytes'),
        sixthsLine('handles', soak, 'handles'),
        sixthsLine('sockets', soak, 'sockets'),
        '',
      ]

/**
 * @param {string} name
 * @param {any} soak
 * @param {'live' | 'megabytes' | 'handles' | 'sockets'} figure
 */
const sixthsLine = (name, { sixths }, figure) =>
  `| ${name} | ${sixths.map((/** @type {Record<string, number>} */ sixth) => sixth[figure]).join(' | ')} |`

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
  // Where the titles of a group are the names of answers, its own title ends before them.
  return [...groups].map(
    ([name, { passed, failed }]) => `| ${name}${/ (?:by|like|with)$/.test(name) ? ' …' : ''} | ${passed} | ${failed} |`,
  )
}
