import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../../build/read-options.mjs'
import { conditions, printTable } from './report.ts'
import type { ScaleFigures } from './scale-messages.ts'

// `npm run bench:scale`: what many accounts cost, each with its live channel on simulated forums on loopback, in real time.
// The engine has a process of its own, in which nothing else runs. Prints; never asserts.

const values = readOptions(
  `Usage: npm run bench:scale [-- OPTIONS]

What many accounts cost: CPU, memory and sockets of the engine alone in a process, and of the same
streams with Node's http alone and with undici alone, in real time on loopback.

  --accounts LIST   numbers of accounts, one run each (default 10,50,200,500)
  --seconds N       length of each run (default 60)
  --node=OPTIONS    for the engine's Node, such as --node=--cpu-prof`,
  {
    accounts: { type: 'string', default: '10,50,200,500' },
    seconds: { type: 'string', default: '60' },
    node: { type: 'string', default: '' },
  },
)

const program = (name: string): string => fileURLToPath(new URL(`${name}.js`, import.meta.url))

/** The memory of an idle Node, in bytes. */
const bareNode = (): number => {
  const script = 'setTimeout(() => console.log(process.memoryUsage().rss), 2000)'
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))
}

/** @param subject the program that follows the accounts, and its arguments */
const measure = async (accounts: number, [subject, ...args]: readonly [string, ...string[]]): Promise<ScaleFigures> => {
  const forums = fork(program('bench-scale-forums'), [String(accounts)])
  try {
    const [places] = await once(forums, 'message')
    const execArgv = ['--expose-gc', ...values.node.split(' ').filter((option) => option !== '')]
    const engine = fork(program(subject), [values.seconds, ...args], { execArgv })
    engine.send(places)
    const [figures] = await once(engine, 'message')
    return figures
  } finally {
    forums.disconnect()
  }
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

const bare = bareNode()
console.log(conditions())
console.log(`A bare Node has ${megabytes(bare)} MB of RSS. Figures are of ${values.seconds} s of steady operation.\n`)
const rows: (readonly string[])[] = [
  ['', 'accounts', 'live', 'CPU s/min', '% of a core', 'RSS MB', 'over bare', 'heap MB', 'sockets', 'loop p99', 'load'],
]
const subjects = [
  ['this notifier', ['bench-scale-engine']],
  ['Node’s http alone', ['bench-scale-streams', 'http']],
  ['undici alone', ['bench-scale-streams', 'undici']],
] as const
for (const accounts of values.accounts.split(',').map(Number)) {
  for (const [name, subject] of subjects) {
    const { live, cpu, elapsed, rss, heap, sockets, delay } = await measure(accounts, subject)
    rows.push([
      ...[name, String(accounts), String(live)],
      ...[((cpu / elapsed) * 60).toFixed(2), ((cpu / elapsed) * 100).toFixed(2)],
      ...[megabytes(rss), megabytes(rss - bare), megabytes(heap), String(sockets), `${delay.toFixed(1)} ms`],
      conditions().replace(/.*load /, ''),
    ])
  }
}
printTable(rows)
