import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { conditionTimeout, type Machine } from './machine.ts'

/** Tells how much memory the program's live objects take. */
export interface HeapGauge {
  /** The environment to start the program with. */
  readonly env: NodeJS.ProcessEnv
  /** What is left after forced collections, in megabytes with one decimal. @throws when the program does not answer */
  measure(): Promise<number>
}

/**
 * Loaded into the program before its own code, so that the program itself needs no way to be asked. What lives a
 * moment only, like the answer being read, is left out by taking the smallest of five figures.
 */
const preload = (file: string): string => `
const v8 = require('node:v8')
v8.setFlagsFromString('--expose-gc')
const collect = require('node:vm').runInNewContext('gc')
process.on('SIGUSR2', async () => {
  let live = Infinity
  for (let time = 0; time < 5; time += 1) {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    live = Math.min(live, heapUsed + external)
    await new Promise((done) => setTimeout(done, 500))
  }
  require('node:fs').appendFileSync(${JSON.stringify(file)}, live + '\\n')
})
`

export const createHeapGauge = (machine: Machine): HeapGauge => {
  const script = path.join(machine.home, 'heap-gauge.cjs')
  const file = path.join(machine.home, 'heap.txt')
  writeFileSync(script, preload(file))
  const figures = (): readonly string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [])
  return {
    env: { NODE_OPTIONS: `--require ${script}` },
    measure: async () => {
      const before = figures().length
      process.kill(machine.pid(), 'SIGUSR2')
      const since = performance.now()
      while (figures().length === before) {
        if (performance.now() - since > conditionTimeout) throw new Error('the heap was not measured')
        await delay(100)
      }
      return Math.round((Number(figures().at(-1)) / 2 ** 20) * 10) / 10
    },
  }
}
