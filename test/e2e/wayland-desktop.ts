import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { whenEnded } from '../rig/when-ended.ts'
import { type TrayOnBus, trayOnBus } from './tray-on-bus.ts'
import { connectPointer } from './wayland-pointer.ts'

const run = promisify(execFile)

/** A Wayland session of the test's own without a screen: sway, a session bus, mako, a pointer, and a noting browser. */
export interface WaylandDesktop {
  /** For the programs that are to live in it. */
  readonly env: NodeJS.ProcessEnv
  /** The titles of the windows that are on the screen. */
  windows(): Promise<readonly string[]>
  /** The process whose window has the focus; undefined while none has it. */
  focused(): Promise<number | undefined>
  /** Starts waybar with nothing in it but a tray, along the upper edge of the screen. */
  startWaybar(colour: string): Promise<Pick<TrayOnBus, 'icons'>>
  /** Photographs the upper left corner of the screen: red, green and blue of each pixel, row by row. */
  photograph(width: number, height: number): Promise<Buffer>
  /** Notifications on the screen, by their bodies. */
  notifications(): Promise<readonly string[]>
  /** Moves the pointer to a place on the screen and clicks there. */
  click(x: number, y: number): Promise<void>
  /** The addresses that the browser was sent to. */
  opened(): readonly string[]
  stop(): Promise<void>
}

/** The screen's size in pixels. mako puts a notification into its upper right corner. */
export const screenSize = { width: 1280, height: 800 }

/** sway refuses to run as root. */
const nobody = 65534
const asNobody = process.getuid?.() === 0 ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []

/** @param home a folder for its files that everybody may enter */
export const startWaylandDesktop = async (home: string): Promise<WaylandDesktop> => {
  const runtime = path.join(home, 'runtime')
  const bin = path.join(home, 'bin')
  for (const folder of [runtime, bin]) mkdirSync(folder, { recursive: true })
  chmodSync(home, 0o755)
  chmodSync(runtime, 0o700)
  if (asNobody.length > 0) chownSync(runtime, nobody, nobody)
  const log = path.join(home, 'opened')
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${log}'\n`, { mode: 0o755 })
  const config = path.join(home, 'sway.conf')
  const { width, height } = screenSize
  writeFileSync(config, `output HEADLESS-1 mode ${width}x${height} position 0 0\nxwayland disable\n`)
  const { DISPLAY: _x, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const session: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    WLR_BACKENDS: 'headless',
    WLR_LIBINPUT_NO_DEVICES: '1',
    WLR_RENDERER: 'pixman',
    LIBGL_ALWAYS_SOFTWARE: '1',
    XDG_SESSION_TYPE: 'wayland',
    XDG_CURRENT_DESKTOP: 'sway',
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
  }
  const started: ChildProcess[] = []
  const start = (words: readonly string[], env: NodeJS.ProcessEnv): void => {
    const [program = '', ...args] = words
    started.push(spawn(program, args, { env, stdio: 'ignore' }))
  }
  const bus = path.join(runtime, 'bus')
  start([...asNobody, 'sway', '-c', config], session)
  start(['dbus-daemon', '--session', '--nofork', '--nopidfile', `--address=unix:path=${bus}`], session)
  const [display, control] = await Promise.all([
    appears(runtime, /^wayland-\d+$/),
    appears(runtime, /^sway-ipc\./),
    appears(runtime, /^bus$/),
  ])
  const env = {
    ...session,
    WAYLAND_DISPLAY: display,
    SWAYSOCK: path.join(runtime, control),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}`,
  }
  start(['mako', '--default-timeout', '0'], env)
  const pointer = await connectPointer(path.join(runtime, display))
  const tree = async (): Promise<TreeNode> => JSON.parse((await run('swaymsg', ['-t', 'get_tree'], { env })).stdout)

  return {
    env,
    windows: async () => windowTitles(await tree()),
    focused: async () => focusedProcess(await tree()),
    startWaybar: async (colour) => {
      const settings = path.join(home, 'waybar.json')
      const style = path.join(home, 'waybar.css')
      writeFileSync(settings, waybarSettings)
      writeFileSync(style, `* { padding: 0; margin: 0; border: none }\nwindow { background: ${colour} }\n`)
      start(['waybar', '-c', settings, '-s', style], env)
      const { icons, hosted } = trayOnBus(env)
      await hosted()
      return { icons }
    },
    photograph: async (wide, high) => {
      const words = ['-g', `0,0 ${wide}x${high}`, '-t', 'ppm', '-']
      const { stdout } = await run('grim', words, { env, encoding: 'buffer' })
      // Behind a head of three lines.
      return stdout.subarray(stdout.length - 3 * wide * high)
    },
    notifications: async () => {
      const listed = v.parse(makoList, JSON.parse((await run('makoctl', ['list'], { env })).stdout))
      return listed.data.flat().map(({ body }) => body.data)
    },
    click: (x, y) => pointer.click(x, y, width, height),
    opened: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    stop: async () => {
      pointer.end()
      for (const child of started.reverse()) {
        child.kill()
        await whenEnded(child)
      }
    },
  }
}

const waybarSettings = JSON.stringify({
  ...{ layer: 'top', position: 'top', height: 28, 'modules-left': ['tray'] },
  tray: { 'icon-size': 22, spacing: 0 },
})

const makoList = v.object({ data: v.array(v.array(v.object({ body: v.object({ data: v.string() }) }))) })

interface TreeNode {
  readonly name: string | null
  readonly app_id?: string | null
  readonly visible?: boolean
  readonly focused: boolean
  readonly pid?: number
  readonly nodes: readonly TreeNode[]
  readonly floating_nodes: readonly TreeNode[]
}

const windowTitles = (node: TreeNode): readonly string[] => [
  ...(node.app_id && node.visible ? [node.name ?? ''] : []),
  ...[...node.nodes, ...node.floating_nodes].flatMap(windowTitles),
]

const focusedProcess = (node: TreeNode): number | undefined =>
  node.focused
    ? node.pid
    : [...node.nodes, ...node.floating_nodes].map(focusedProcess).find((found) => found !== undefined)

/** Waits until there is a file of such a name, a minute at most. */
const appears = async (folder: string, name: RegExp): Promise<string> => {
  const end = Date.now() + 60_000
  for (;;) {
    const found = readdirSync(folder).find((file) => name.test(file))
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`no ${name} in ${folder}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
