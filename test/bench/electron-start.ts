import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { testElectron } from '../electron-runtime.mjs'
import { missingPart } from '../system-parts.mjs'
import { electronRest, type RestGroup } from './electron-rest.ts'
import { type Bench, bareTray, openBench, type Running, type Scenario, withProgram } from './electron-run.ts'
import { median } from './median.ts'
import { printTable } from './report.ts'

// The desktop shell compared with a bare Electron that has only a tray icon and, if wanted, an empty window: time from
// process start until the icon is registered with a panel on the session bus, memory of all processes, and CPU use when
// idle.

/** Those that wait for the icon only: a window opens after it. */
const scenarios: readonly Scenario[] = [
  bareTray,
  { name: 'hidden', isBare: false, hasWindow: false, accounts: 0 },
  { name: 'hidden, 50 accounts', isBare: false, hasWindow: false, accounts: 50 },
]

export interface ElectronMeasurements {
  /** How often each scenario is started until its icon; 0 leaves that table out. */
  readonly starts: number
  /** What is measured at rest. */
  readonly rest: readonly RestGroup[]
  /** How often it is measured at rest. */
  readonly rounds: number
}

/** Prints a table of starts and those at rest, or why they cannot be measured here. */
export const electronStart = async (dist: string, { starts, rest, rounds }: ElectronMeasurements): Promise<void> => {
  const shared = testElectron()
  const missing = process.platform === 'linux' ? (missingPart('electron') ?? missingPart('desktop')) : 'only on Linux'
  if (shared === undefined || missing !== undefined) {
    console.log(`electron    not measured: ${missing ?? 'there is no Electron (npm test downloads one)'}`)
    return
  }
  const home = mkdtempSync(path.join(tmpdir(), 'bench-electron-'))
  try {
    // Memory pages of a file are shared between processes that run it: a private copy makes the size independent of
    // others.
    const own = path.join(home, 'electron')
    cpSync(path.dirname(shared), own, { recursive: true })
    const open = () => openBench(mkdtempSync(path.join(home, 'desktop-')), path.join(own, path.basename(shared)), dist)
    if (starts > 0) await measureStarts(open, starts)
    for (const group of rest) await electronRest(open, group, rounds)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const measureStarts = async (open: () => Promise<Bench>, starts: number): Promise<void> => {
  const runs = new Map<string, Running[]>(scenarios.map(({ name }) => [name, []]))
  const bench = await open()
  // They take turns, so that what else the machine does meets all of them. The first round reads everything from the disk.
  for (let round = 0; round <= starts; round += 1)
    for (const scenario of scenarios) {
      const running = await withProgram(bench, scenario, async (found) => found)
      if (round > 0) runs.get(scenario.name)?.push(running)
    }
  await bench.end()
  const figureOf = (name: string, figure: 'tray' | 'processor'): number =>
    median((runs.get(name) ?? []).map((figures) => figures[figure]))
  console.log(
    `\nelectron, until its icon is in the tray, median of ${starts}; ratios to a bare Electron. Goal: at most 1.3.`,
  )
  printTable([
    ['', 'spawn to tray', 'ratio', 'processor', 'ratio'],
    ...scenarios.map(({ name, isBare }) => {
      const columns = (['tray', 'processor'] as const).flatMap((figure) => {
        const [own, bare] = [figureOf(name, figure), figureOf(bareTray.name, figure)]
        return [`${own.toFixed(0)} ms`, isBare ? '' : (own / bare).toFixed(2)]
      })
      return [name, ...columns]
    }),
  ])
}
