import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { defineInterface } from 'dbus-native'
import * as v from 'valibot'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { openSessionBus } from '../../engine/linux/open-bus.ts'
import { type Desktop, startDesktop } from '../e2e/desktop.ts'
import { startKeyring } from '../e2e/keyring.ts'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { fillLiveProfile, fillProfile } from './fill-profile.ts'
import { processTree } from './process-tree.ts'
import type { BenchAccount } from './scale-messages.ts'

/** A tray icon with a menu and, if wanted, an empty window: what any Electron program costs. */
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
export interface Scenario {
  readonly name: string
  readonly isBare: boolean
  readonly hasWindow: boolean
  /**
   * How many accounts its profile has, on forums that cannot be reached; or those of simulated forums, whose live
   * channels are held.
   */
  readonly accounts: number | readonly BenchAccount[]
}

export const bareTray: Scenario = { name: 'bare, tray', isBare: true, hasWindow: false, accounts: 0 }

/** What the programs of a measurement run in. */
export interface Bench {
  readonly program: string
  readonly dist: string
  readonly desktop: Desktop
  readonly panel: TrayWatch
  end(): Promise<void>
}

/** What was started, once its icon is in the tray. */
export interface Running {
  /** Its main process. */
  readonly pid: number
  /** Milliseconds from the start of the process to its tray icon. */
  readonly tray: number
  /** CPU time of all its processes until then, in milliseconds. */
  readonly processor: number
  /** How many of its accounts have their live channel at the moment. */
  readonly live: () => Promise<number>
}

/**
 * Opens a desktop of its own for measurements. On a display where no GTK program has run yet, GTK loads all of Mesa, with
 * LLVM, to look for the best visual, and notes that at the root window: 10 MB of the main process and up to 30 more that
 * are shared, in whichever program is the first. So a bare Electron is started before anything is measured.
 * @param home a folder for its files
 */
export const openBench = async (home: string, program: string, dist: string): Promise<Bench> => {
  const desktop = await startDesktop(home)
  const panel = await watchTrays(desktop)
  const end = async (): Promise<void> => {
    panel.end()
    await desktop.stop()
  }
  const bench = { program, dist, desktop, panel, end }
  await withProgram(bench, bareTray, async () => undefined)
  return bench
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
export const withProgram = async <Measured>(
  { program, dist, desktop, panel }: Bench,
  { isBare, hasWindow, accounts }: Scenario,
  measure: (running: Running) => Promise<Measured>,
): Promise<Measured> => {
  const home = mkdtempSync(path.join(tmpdir(), 'bench-start-'))
  const profile = path.join(home, 'profile')
  const bare = path.join(home, 'bare.cjs')
  writeFileSync(bare, bareProgram)
  const isLive = typeof accounts !== 'number'
  const keyring = isLive ? await startKeyring(home, desktop.env) : undefined
  if (isLive) await fillLiveProfile(profile, accounts, async (item, text) => await keyring?.write(item, text))
  else if (accounts > 0) fillProfile(profile, createMemoryKeychain(), accounts)
  const ours = [path.join(dist, 'electron', 'start.js'), '--profile', profile]
  const options = [...(isLive ? [] : ['--no-keychain']), ...(hasWindow ? [] : ['--hidden'])]
  const { NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const env = {
    ...{ ...rest, ...desktop.env, HOME: home, XDG_CONFIG_HOME: home },
    BARE_ICON: path.join(dist, 'icons', 'tray', 'idle.png'),
    ...(hasWindow ? { BARE_WINDOW: '1' } : {}),
  }
  const switches = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']
  const shown = panel.next()
  const begin = performance.now()
  const child = spawn(program, [...switches, ...(isBare ? [bare] : [...ours, ...options])], { env, stdio: 'ignore' })
  const pid = child.pid ?? 0
  try {
    const tray = (await shown) - begin
    const { processor } = processTree(pid)
    return await measure({ pid, tray, processor, live: () => countLive(profile) })
  } finally {
    await end(child, isBare ? undefined : profile)
    await keyring?.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const snapshotSchema = v.object({ accounts: v.array(v.object({ isLive: v.boolean() })) })

const countLive = async (profile: string): Promise<number> => {
  const called = await callInstance(controlPath(profile), { call: 'snapshot' })
  const read = v.safeParse(snapshotSchema, called.ok ? called.value : undefined)
  return read.success ? read.output.accounts.filter(({ isLive }) => isLive).length : 0
}

const end = async (child: ChildProcess, profile: string | undefined): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (profile === undefined) child.kill()
  else await callInstance(controlPath(profile), { call: 'quit' })
  await ended
}
