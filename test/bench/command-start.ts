import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { fillProfile } from './fill-profile.ts'
import { printTable } from './report.ts'

// Start time of the command line, compared with a bare Node and a bare Electron that start and exit: one after the
// other in each round, so that other load on the machine affects all of them alike.

const accounts = 50
const rounds = 21

interface Program {
  readonly name: string
  readonly command: readonly [program: string, ...args: readonly string[]]
  /** The name of the bare program to compare with, and the goal relative to it. */
  readonly beside?: string
  readonly goal?: string
}

/**
 * Prints a table of starts.
 * @param dist the folder of the built bundles
 * @param electron the program; undefined where there is none
 */
export const commandStart = async (dist: string, electron: string | undefined): Promise<void> => {
  const home = mkdtempSync(path.join(tmpdir(), 'bench-commands-'))
  const profile = path.join(home, 'profile')
  fillProfile(profile, createMemoryKeychain(), accounts)
  const bare = path.join(home, 'bare.mjs')
  writeFileSync(bare, 'process.exit(0)\n')
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const env = { ...rest, HOME: home, XDG_CONFIG_HOME: home }
  const cli = path.join(dist, 'headless', 'cli.js')
  const node = process.execPath
  const serve = spawn(node, [cli, 'serve', '--no-open', '--no-keychain', '--profile', profile], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(serve, 'exit')
  await once(serve.stdout, 'data')
  try {
    const nobody = ['status', '--profile', path.join(home, 'nobody')]
    const running = ['status', '--profile', profile]
    const programs: Program[] = [
      { name: 'bare Node', command: [node, bare] },
      { name: 'status, no notifier', command: [node, cli, ...nobody], beside: 'bare Node', goal: '≤ 120 ms more' },
      {
        name: `status, ${accounts} accounts`,
        command: [node, cli, ...running],
        beside: 'bare Node',
        goal: '≤ 120 ms more',
      },
    ]
    if (electron !== undefined) {
      const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
      const ours = [electron, ...switches, path.join(dist, 'electron', 'start.js'), ...nobody] as const
      programs.push(
        { name: 'bare Electron', command: [electron, ...switches, bare] },
        { name: 'status of the desktop app', command: [...ours], beside: 'bare Electron', goal: '≤ 1.3' },
      )
    }
    printFigures(programs, measure(programs, env))
  } finally {
    serve.kill()
    await ended
    rmSync(home, { recursive: true, force: true })
  }
}

/** Milliseconds of each start, by the program's name. */
const measure = (programs: readonly Program[], env: NodeJS.ProcessEnv): ReadonlyMap<string, readonly number[]> => {
  const figures = new Map<string, number[]>(programs.map(({ name }) => [name, []]))
  // The first round reads everything from the disk.
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, command } of programs) {
      const [program, ...args] = command
      const begin = performance.now()
      spawnSync(program, args, { env, stdio: 'ignore' })
      if (round > 0) figures.get(name)?.push(performance.now() - begin)
    }
  return figures
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const printFigures = (programs: readonly Program[], figures: ReadonlyMap<string, readonly number[]>): void => {
  const medianOf = (name: string): number => median(figures.get(name) ?? [])
  const rows = programs.map(({ name, beside, goal = '' }) => {
    const own = medianOf(name)
    const least = `${Math.min(...(figures.get(name) ?? [])).toFixed(0)} ms`
    if (beside === undefined) return [name, `${own.toFixed(0)} ms`, least, '', '', goal]
    const bare = medianOf(beside)
    return [name, `${own.toFixed(0)} ms`, least, `${(own - bare).toFixed(0)} ms`, (own / bare).toFixed(2), goal]
  })
  console.log(`\ncommand line, ${rounds} rounds, from start to end`)
  printTable([['', 'median', 'least', 'more', 'ratio', 'goal'], ...rows])
}
