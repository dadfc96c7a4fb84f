import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { defineInterface } from 'dbus-native'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { openSessionBus } from '../../engine/linux/open-bus.ts'
import { type Desktop, startDesktop } from '../e2e/desktop.ts'
import { testElectron } from '../electron-runtime.mjs'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { missingPart } from '../system-parts.mjs'
import { fillProfile } from './fill-profile.ts'
import { printTable } from './report.ts'

// The desktop shell compared with a bare Electron that has only a tray icon and, if wanted, an empty window: time from
// process start until the icon is registered with a panel on the session bus, memory of all processes, and CPU use when
// idle.

/**
 * Time for a start to settle, in milliseconds: V8 releases the memory of a start half a minute after it, in a bare
 * Electron and in ours.
 */
const restTime = 40_000
/** How long CPU use is measured after that, in milliseconds: long enough for everything that runs every minute. */
const idleTime = 60_000

const bareProgram = `
  const { app, BrowserWindow, Menu, Tray } = require('electron')
  Menu.setApplicationMenu(null)
  let tray
  app.whenReady().then(() => {
    tray = new Tray(process.env.BARE_ICON)
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]))
    if (process.env.BARE_WINDOW) new BrowserWindow({ width: 400, height: 600 }).loadURL('data:text/html,bare')
  })
  app.on('window-all-closed', () => undefined)
  process.on('SIGTERM', () => app.exit(0))
`

/** A situation in which a program is started. */
interface Scenario {
  readonly name: string
  /** The bare scenario to compare with. */
  readonly beside?: string
  /** Maximum memory, as a ratio to that scenario's. */
  readonly goal?: number
  readonly isBare: boolean
  readonly hasWindow: boolean
  readonly accounts: number
}

const scenarios: readonly Scenario[] = [
  { name: 'bare, tray', isBare: true, hasWindow: false, accounts: 0 },
  { name: 'bare, tray and window', isBare: true, hasWindow: true, accounts: 0 },
  { name: 'hidden', beside: 'bare, tray', goal: 1.08, isBare: false, hasWindow: false, accounts: 0 },
  { name: 'hidden, 50 accounts', beside: 'bare, tray', isBare: false, hasWindow: false, accounts: 50 },
  { name: 'window', beside: 'bare, tray and window', isBare: false, hasWindow: true, accounts: 0 },
  {
    name: 'window, 50 accounts',
    beside: 'bare, tray and window',
    goal: 1.2,
    isBare: false,
    hasWindow: true,
    accounts: 50,
  },
]

/** The scenarios that wait for the icon only: a window opens after it. */
const trayScenarios = scenarios.filter(({ hasWindow }) => !hasWindow)

interface StartFigures {
  /** Milliseconds from the start of the process to its tray icon. */
  readonly tray: number
  /** CPU time of all its processes until then, in milliseconds. */
  readonly processor: number
}

interface RestFigures {
  /** Proportional set size of all its processes, in MB. */
  readonly memory: number
  /** CPU use of all its processes when idle, in percent of one core. */
  readonly idle: number
}

/** The environment of a measurement. */
interface Bench {
  readonly program: string
  readonly dist: string
  readonly desktop: Desktop
  readonly panel: TrayWatch
}

/**
 * Prints a table of starts, and one of memory and processor at rest, or why they cannot be measured here.
 * @param starts how often each is started; they take turns, so that what else the machine does meets all of them
 * @param isTrayOnly leaves the second table out, which takes ten minutes
 */
export const electronStart = async (dist: string, starts: number, isTrayOnly: boolean): Promise<void> => {
  const shared = testElectron()
  const missing = process.platform === 'linux' ? (missingPart('electron') ?? missingPart('desktop')) : 'only on Linux'
  if (shared === undefined || missing !== undefined) {
    console.log(`electron    not measured: ${missing ?? 'there is no Electron (npm test downloads one)'}`)
    return
  }
  const home = mkdtempSync(path.join(tmpdir(), 'bench-electron-'))
  const desktop = await startDesktop(home)
  try {
    // Memory pages of a file are shared between processes that run it: a private copy makes the size independent of
    // others.
    const own = path.join(home, 'electron')
    cpSync(path.dirname(shared), own, { recursive: true })
    const program = path.join(own, path.basename(shared))
    const bench = { program, dist, desktop, panel: await watchTrays(desktop) }
    await measureStarts(bench, starts)
    if (!isTrayOnly) await measureRest(bench)
    bench.panel.end()
  } finally {
    await desktop.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const ratioOf = (own: number, bare: number | undefined): string => (bare === undefined ? '' : (own / bare).toFixed(2))

const measureStarts = async (bench: Bench, starts: number): Promise<void> => {
  const runs = new Map<string, StartFigures[]>(trayScenarios.map(({ name }) => [name, []]))
  // The first round reads everything from the disk.
  for (let round = 0; round <= starts; round += 1)
    for (const scenario of trayScenarios) {
      const figures = await withProgram(bench, scenario, async (_pid, started) => started)
      if (round > 0) runs.get(scenario.name)?.push(figures)
    }
  const figureOf = (name: string, figure: keyof StartFigures): number =>
    median((runs.get(name) ?? []).map((figures) => figures[figure]))
  console.log(
    `\nelectron, until its icon is in the tray, median of ${starts}; ratios to a bare Electron. Goal: at most 1.3.`,
  )
  printTable([
    ['', 'spawn to tray', 'ratio', 'processor', 'ratio'],
    ...trayScenarios.map(({ name, beside }) => {
      const [tray, processor] = [figureOf(name, 'tray'), figureOf(name, 'processor')]
      const bare = (figure: keyof StartFigures) => (beside === undefined ? undefined : figureOf(beside, figure))
      const ratios = [ratioOf(tray, bare('tray')), ratioOf(processor, bare('processor'))]
      return [name, `${tray.toFixed(0)} ms`, ratios[0] ?? '', `${processor.toFixed(0)} ms`, ratios[1] ?? '']
    }),
  ])
}

const measureRest = async (bench: Bench): Promise<void> => {
  const found = new Map<string, RestFigures>()
  for (const scenario of scenarios) found.set(scenario.name, await withProgram(bench, scenario, watchRest))
  console.log(
    `\nelectron at rest, ${restTime / 1000} s after the start; ratios to a bare Electron. Goal: idle at most 0.3 %.`,
  )
  printTable([
    ['', 'memory', 'ratio', 'goal', 'idle'],
    ...scenarios.map(({ name, beside, goal }) => {
      const { memory = Number.NaN, idle = Number.NaN } = found.get(name) ?? {}
      const ratio = ratioOf(memory, beside === undefined ? undefined : found.get(beside)?.memory)
      return [name, `${memory.toFixed(0)} MB`, ratio, goal === undefined ? '' : `≤ ${goal}`, `${idle.toFixed(2)} %`]
    }),
  ])
}

const watchRest = async (root: number): Promise<RestFigures> => {
  await delay(restTime)
  const before = sumBelow(root, processorTicks)
  const begun = performance.now()
  await delay(idleTime)
  const ticks = sumBelow(root, processorTicks) - before
  const idle = (ticks * 1000 * 100) / ticksPerSecond / (performance.now() - begun)
  return { memory: sumBelow(root, proportionalSize) / 1024, idle }
}

/** A panel that does nothing but note when an icon is registered. */
interface TrayWatch {
  /** Resolves when the next icon is registered, with when that was. */
  next(): Promise<number>
  end(): void
}

const watchTrays = async (desktop: Desktop): Promise<TrayWatch> => {
  const bus = openSessionBus(desktop.env)
  if (bus === undefined) throw new Error('no session bus')
  let registered: (at: number) => void = () => undefined
  const name = 'org.kde.StatusNotifierWatcher'
  const watcher = defineInterface({
    name,
    properties: { IsStatusNotifierHostRegistered: { type: 'b', access: 'read', get: () => true } },
    methods: {
      RegisterStatusNotifierItem: { in: { service: 's' }, handler: () => registered(performance.now()) },
    },
  })
  await bus.export('/StatusNotifierWatcher', watcher)
  await bus.requestName(name, 0)
  return {
    next: () =>
      new Promise((resolve) => {
        registered = resolve
      }),
    end: () => bus.connection.end(),
  }
}

/** Starts the program of a scenario, waits for its icon, measures, and ends it. */
const withProgram = async <Measured>(
  { program, dist, desktop, panel }: Bench,
  { isBare, hasWindow, accounts }: Scenario,
  measure: (pid: number, started: StartFigures) => Promise<Measured>,
): Promise<Measured> => {
  const home = mkdtempSync(path.join(tmpdir(), 'bench-start-'))
  const profile = path.join(home, 'profile')
  const bare = path.join(home, 'bare.cjs')
  writeFileSync(bare, bareProgram)
  if (accounts > 0) fillProfile(profile, createMemoryKeychain(), accounts)
  const ours = [path.join(dist, 'electron', 'start.js'), '--no-keychain', '--profile', profile]
  const args = isBare ? [bare] : [...ours, ...(hasWindow ? [] : ['--hidden'])]
  const { NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const env = {
    ...{ ...rest, ...desktop.env, HOME: home, XDG_CONFIG_HOME: home },
    BARE_ICON: path.join(dist, 'icons', 'tray', 'idle.png'),
    ...(hasWindow ? { BARE_WINDOW: '1' } : {}),
  }
  const switches = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']
  const shown = panel.next()
  const begin = performance.now()
  const child = spawn(program, [...switches, ...args], { env, stdio: 'ignore' })
  const pid = child.pid ?? 0
  try {
    const tray = (await shown) - begin
    return await measure(pid, { tray, processor: (sumBelow(pid, processorTicks) * 1000) / ticksPerSecond })
  } finally {
    await end(child, isBare ? undefined : profile)
    rmSync(home, { recursive: true, force: true })
  }
}

const end = async (child: ChildProcess, profile: string | undefined): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (profile === undefined) child.kill()
  else await callInstance(controlPath(profile), { call: 'quit' })
  await ended
}

/**
 * The sum of a figure over a process and its descendants; shared memory is divided among the processes that share it.
 */
const sumBelow = (root: number, figure: (pid: number) => number): number => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(name))
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return pid === root || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow).reduce((sum, pid) => sum + figure(pid), 0)
}

/** USER_HZ, the same on every Linux that runs Electron (proc_pid_stat(5), utime). */
const ticksPerSecond = 100

/** CPU time of a process and of its children that have exited, in ticks. */
const processorTicks = (pid: number): number =>
  (/\) .*/.exec(readIfThere(`/proc/${pid}/stat`))?.[0] ?? '')
    .split(' ')
    .slice(12, 16)
    .reduce((sum, ticks) => sum + Number(ticks), 0)

const parentOf = (pid: string): number => Number(/\) \S (\d+)/.exec(readIfThere(`/proc/${pid}/stat`))?.[1] ?? 0)

/** In KB. */
const proportionalSize = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

/** Processes may exit while they are being read. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
