import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { missingPart } from '../system-parts.mjs'
import { type Bench, bareTray, type Running, type Scenario, withProgram } from './electron-run.ts'
import { median } from './median.ts'
import { processTree } from './process-tree.ts'
import { conditions, printTable } from './report.ts'
import type { BenchAccount } from './scale-messages.ts'

/** What is measured at rest in one table, beside its own bare Electron. */
export const restGroups = ['hidden', 'window', 'live'] as const

export type RestGroup = (typeof restGroups)[number]

/**
 * Time for a start to settle, in milliseconds. V8 gives back what a start has thrown away once the program allocates
 * little compared with how fast garbage was collected, which on a busy machine it may not find, or else 100 s after the
 * last collection (`kWatchdogDelayMs` of its memory reducer). Memory is read after this and `idleTime`.
 */
const restTime = 80_000
/**
 * The same once the live channels are open: for two or three minutes pictures are fetched, and V8 compiles what polls
 * run.
 */
const liveRestTime = 180_000
/** How long CPU use is measured after that, in milliseconds: long enough for everything that runs every minute. */
const idleTime = 60_000
/** The same with live channels: from one request for an account's totals to the next (`besideChannel`, presence.ts). */
const liveTime = 180_000
/**
 * How often the pointer moves with live channels, in milliseconds: after five minutes without input the user would count
 * as away, and the channels would be closed.
 */
const pointerPause = 60_000
/** How long all channels may take to be open, in milliseconds: accounts start a quarter of a second apart. */
const openingTime = 60_000

interface RestFigures {
  /** Proportional set size of all its processes, in MB. */
  readonly memory: number
  /** CPU use of all its processes, in percent of one core. */
  readonly idle: number
  /** How often they are woken in a second. */
  readonly wakeups: number
  /** How many live channels it has at the end. */
  readonly live: number
}

interface RestScenario extends Scenario {
  /** Maximum memory, as a ratio to the bare one's. */
  readonly goal?: number
}

const bareWindow: Scenario = { name: 'bare, tray and window', isBare: true, hasWindow: true, accounts: 0 }

/** The scenarios of a table, the bare one first. */
const scenariosOf = (group: RestGroup, forums: readonly BenchAccount[]): readonly [Scenario, ...RestScenario[]] => {
  const ours = { isBare: false, hasWindow: group === 'window' }
  switch (group) {
    case 'hidden':
      return [
        bareTray,
        { ...ours, name: 'hidden', accounts: 0, goal: 1.08 },
        { ...ours, name: 'hidden, 50 accounts', accounts: 50 },
      ]
    case 'window':
      return [
        bareWindow,
        { ...ours, name: 'window', accounts: 0 },
        { ...ours, name: 'window, 50 accounts', accounts: 50, goal: 1.2 },
      ]
    case 'live':
      return [bareTray, { ...ours, name: `hidden, ${forums.length} live channels`, accounts: forums }]
  }
}

/**
 * Measures memory and CPU use at rest and prints them as a table; with live channels on simulated forums, which have a
 * process of their own that is not counted.
 * @param open opens a desktop for a measurement
 * @param rounds how often; the medians are printed
 */
export const electronRest = async (open: () => Promise<Bench>, group: RestGroup, rounds: number): Promise<void> => {
  const missing = group === 'live' ? (missingPart('keychain') ?? missingPart('panel')) : undefined
  if (missing !== undefined) return console.log(`electron    live channels are not measured: ${missing}`)
  const forums = group === 'live' ? await startForums() : undefined
  const [bare, ...ours] = scenariosOf(group, forums?.accounts ?? [])
  const runs = new Map<string, RestFigures[]>([bare, ...ours].map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const scenario of [bare, ...ours]) {
      // With a desktop for each, so that nobody has been without input for long.
      const bench = await open()
      const pointer = group === 'live' ? movePointer(bench.desktop.env) : undefined
      runs.get(scenario.name)?.push(await withProgram(bench, scenario, (running) => watchRest(running, scenario)))
      clearInterval(pointer)
      await bench.end()
    }
  forums?.end()
  const figureOf = (name: string, figure: keyof RestFigures): number =>
    median((runs.get(name) ?? []).map((figures) => figures[figure]))
  const rowOf = ({ name, isBare, goal }: RestScenario): readonly string[] => {
    const [memory, idle] = [figureOf(name, 'memory'), figureOf(name, 'idle')]
    const over = idle - figureOf(bare.name, 'idle')
    return [
      ...[name, `${memory.toFixed(0)} MB`, isBare ? '' : (memory / figureOf(bare.name, 'memory')).toFixed(2)],
      ...[goal === undefined ? '' : `≤ ${goal}`, `${idle.toFixed(2)} %`, isBare ? '' : `${over.toFixed(2)} %`],
      ...[figureOf(name, 'wakeups').toFixed(1), isBare ? '' : String(figureOf(name, 'live'))],
    ]
  }
  const liveSettling = group === 'live' ? `, ${liveRestTime / 1000} s after the live channels opened` : ''
  console.log(
    `\nelectron at rest, ${restTime / 1000} s after the start${liveSettling}, median of ${rounds}; ratios to a bare ` +
      'Electron. ' +
      `Goal: idle at most 0.3 %. ${conditions().replace(/.*load /, 'Load ')}`,
  )
  printTable([['', 'memory', 'ratio', 'goal', 'idle', 'over bare', 'wakeups/s', 'live'], ...[bare, ...ours].map(rowOf)])
}

const watchRest = async ({ pid, live }: Running, { isBare, accounts }: Scenario): Promise<RestFigures> => {
  const channels = typeof accounts === 'number' ? 0 : accounts.length
  const deadline = performance.now() + openingTime
  while (channels > 0 && (await live()) < channels && performance.now() < deadline) await delay(1000)
  await delay(channels > 0 ? liveRestTime : restTime)
  const before = processTree(pid)
  const begun = performance.now()
  await delay(channels > 0 ? liveTime : idleTime)
  const after = processTree(pid)
  const elapsed = performance.now() - begun
  return {
    memory: after.memory,
    idle: ((after.processor - before.processor) * 100) / elapsed,
    wakeups: ((after.wakeups - before.wakeups) * 1000) / elapsed,
    live: isBare ? 0 : await live(),
  }
}

/** Moves the pointer now and then, so that the user counts as present. */
const movePointer = (env: NodeJS.ProcessEnv): NodeJS.Timeout => {
  let isLeft = false
  return setInterval(() => {
    isLeft = !isLeft
    spawnSync('xdotool', ['mousemove', isLeft ? '100' : '200', '100'], { env, timeout: 5000 })
  }, pointerPause)
}

/** Fifty accounts on simulated forums, each of which hears something 60 times a day. */
const startForums = async (): Promise<{ readonly accounts: readonly BenchAccount[]; end(): void }> => {
  const forums = fork(fileURLToPath(new URL('bench-scale-forums.js', import.meta.url)), ['50'])
  const [accounts] = await once(forums, 'message')
  return { accounts, end: () => forums.disconnect() }
}
