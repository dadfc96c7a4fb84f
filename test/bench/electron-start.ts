import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { defineInterface } from 'dbus-native'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { openSessionBus } from '../../headless/desktop/session-bus.ts'
import { type Desktop, startDesktop } from '../e2e/desktop.ts'
import { testElectron } from '../electron-runtime.mjs'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { missingPart } from '../system-parts.mjs'
import { fillProfile } from './fill-profile.ts'
import { printTable } from './report.ts'

// The desktop shell beside a bare Electron that has nothing but a tray icon and, if asked, an empty window: from the start
// of the process until the icon is registered with a panel on the session bus, and the memory of all its processes.

/** Until what a start began has come to rest, in milliseconds. */
const restTime = 8000
/** How long the use of the processor is watched after that, in milliseconds. */
const idleTime = 10_000

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

interface Scenario {
  readonly name: string
  /** The bare one that it is compared with. */
  readonly beside?: string
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

interface Figures {
  /** Milliseconds from the start of the process to its tray icon. */
  readonly tray: number
  /** Proportional set size of all its processes, in MB. */
  readonly memory: number
  /** Of one processor, by all its processes at rest, in percent. */
  readonly idle: number
}

/**
 * Prints a table of starts and memory, or why they cannot be measured here.
 * @param rounds how often each is measured; they take turns, so that what else the machine does meets all of them
 */
export const electronStart = async (dist: string, rounds: number): Promise<void> => {
  const program = testElectron()
  const missing = process.platform === 'linux' ? (missingPart('electron') ?? missingPart('desktop')) : 'only on Linux'
  if (program === undefined || missing !== undefined) {
    console.log(`electron    not measured: ${missing ?? 'there is no Electron (npm test downloads one)'}`)
    return
  }
  const home = mkdtempSync(path.join(tmpdir(), 'bench-electron-'))
  const desktop = await startDesktop(home)
  try {
    const panel = await watchTrays(desktop)
    // The first start reads everything from the disk.
    for (const scenario of scenarios.slice(0, 1)) await measure(program, dist, desktop, panel, scenario)
    const runs = new Map<string, Figures[]>(scenarios.map(({ name }) => [name, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (const scenario of scenarios) {
        runs.get(scenario.name)?.push(await measure(program, dist, desktop, panel, scenario))
      }
    }
    printFigures(new Map([...runs].map(([name, all]) => [name, medians(all)])), rounds)
    panel.end()
  } finally {
    await desktop.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const medians = (runs: readonly Figures[]): Figures => ({
  tray: median(runs.map(({ tray }) => tray)),
  memory: median(runs.map(({ memory }) => memory)),
  idle: median(runs.map(({ idle }) => idle)),
})

const printFigures = (figures: ReadonlyMap<string, Figures>, rounds: number): void => {
  const ratio = (one: number, other: number | undefined): string =>
    other === undefined ? '' : (one / other).toFixed(2)
  const rows = scenarios.map(({ name, beside, goal }) => {
    const { tray, memory, idle } = figures.get(name) ?? { tray: Number.NaN, memory: Number.NaN, idle: Number.NaN }
    const bare = beside === undefined ? undefined : figures.get(beside)
    return [
      name,
      `${tray.toFixed(0)} ms`,
      ratio(tray, bare?.tray),
      `${memory.toFixed(0)} MB`,
      ratio(memory, bare?.memory),
      goal === undefined ? '' : `≤ ${goal}`,
      `${idle.toFixed(2)} %`,
    ]
  })
  console.log(
    `\nelectron, median of ${rounds}; ratios to a bare Electron. Goals: tray at most 1.3, idle at most 0.3 %.`,
  )
  printTable([['', 'spawn to tray', 'ratio', 'memory', 'ratio', 'goal', 'idle'], ...rows])
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

const measure = async (
  program: string,
  dist: string,
  desktop: Desktop,
  panel: TrayWatch,
  { isBare, hasWindow, accounts }: Scenario,
): Promise<Figures> => {
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
  try {
    const tray = (await shown) - begin
    await delay(restTime)
    const root = child.pid ?? 0
    const memory = sumBelow(root, proportionalSize) / 1024
    const before = sumBelow(root, processorTicks)
    const begun = performance.now()
    await delay(idleTime)
    const ticks = sumBelow(root, processorTicks) - before
    return { tray, memory, idle: (ticks * 1000 * 100) / ticksPerSecond / (performance.now() - begun) }
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

/** The sum of a figure over a process and all that it has started; memory shared by several is divided among them. */
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

/** The time that a process and those of its children that have ended were given, in ticks. */
const processorTicks = (pid: number): number =>
  (/\) .*/.exec(readIfThere(`/proc/${pid}/stat`))?.[0] ?? '')
    .split(' ')
    .slice(12, 16)
    .reduce((sum, ticks) => sum + Number(ticks), 0)

const parentOf = (pid: string): number => Number(/\) \S (\d+)/.exec(readIfThere(`/proc/${pid}/stat`))?.[1] ?? 0)

/** In KB. */
const proportionalSize = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

/** Processes end while they are being looked at. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
