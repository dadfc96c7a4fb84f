// `npm run test:faults`: the fault suite in full, of which `npm test` runs a part. Writes docs/faults.md when all passed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { readOptions } from '../build/read-options.mjs'

const options = readOptions(
  `Usage: npm run test:faults [-- --write]

Runs the fault suite in full: every hostile answer at every place, and 60 hours of hostile JSON. Takes
about ten minutes. With --write what was injected, and how often, goes into docs/faults.md.`,
  { write: { type: 'boolean' } },
)

const root = path.join(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
const report = path.join(results, 'faults.json')
mkdirSync(results, { recursive: true })
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    'test/faults',
    'engine/discourse/hostile-json.test.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
  // Windows finds `npx.cmd` only through a shell.
  {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, FAULTS: 'all' },
  },
)
if (options.write === true && status === 0) writeDocument()
process.exit(status ?? 1)

function writeDocument() {
  /** @type {{ testResults: { assertionResults: { ancestorTitles: string[], title: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { ancestorTitles, title } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const kind = ancestorTitles[0] ?? title.replace(/ \(seed \d+\)$/, '')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const [processor] = os.cpus()
  const lines = [
    '# Faults',
    '',
    'Written by `npm run test:faults -- --write`; not by hand. Each line is a kind of fault, how many were injected, and what the',
    'tests require. All of them passed in this run.',
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.type()} ${os.release()}, ${os.cpus().length} × ${processor?.model.trim()}`,
    '',
    '| what was done | times |',
    '| --- | --- |',
    ...[...counts].map(([kind, count]) => `| ${kind} | ${count} |`),
    '',
    'In all of them: accounts lost 0, keys lost 0, sign-in attempts lost 0, revocations reported that had not happened 0, rows reported',
    'read that were not 0, notifications told twice 0, other accounts disturbed 0.',
    '',
    'Not in this suite yet: kills, disks, keychains, clocks, other users of the machine, a soak of 200 accounts.',
    '',
  ]
  writeFileSync(path.join(root, 'docs/faults.md'), lines.join('\n'))
}
