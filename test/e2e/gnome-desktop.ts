import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import * as v from 'valibot'
import { whenEnded } from '../rig/when-ended.ts'
import { trayOnBus } from './tray-on-bus.ts'

const run = promisify(execFile)

/** A session of GNOME Shell without a screen, with the extension that shows a tray, and a noting browser. */
export interface GnomeDesktop {
  /** For the programs that are to live in it. */
  readonly env: NodeJS.ProcessEnv
  /** Whether there is anything that shows tray icons. */
  hasTray(): Promise<boolean>
  /** How many icons of programs the panel has, whatever is drawn there. */
  iconsOnPanel(): Promise<number>
  /** The titles of the windows on the screen, and whether each has been drawn. */
  windows(): Promise<readonly string[]>
  /** The text of the notification on the screen; empty when there is none. */
  banner(): Promise<string>
  /** Clicks the notification on the screen with a mouse. */
  clickBanner(): Promise<void>
  /** Goes into the mode of the lock screen, in which extensions are off; or back. */
  setLocked(isLocked: boolean): Promise<void>
  /** Writes a picture of the screen. */
  photograph(file: string): Promise<void>
  /** The addresses that the browser was sent to. */
  opened(): readonly string[]
  stop(): Promise<void>
}

/** The shell runs our statements and answers with their value as JSON (`org.gnome.Shell.Eval`, in its unsafe mode). */
const evalSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ data: v.tuple([v.literal(true), v.union([v.literal(''), v.pipe(v.string(), v.parseJson())])]) }),
)

const screenSize = { width: 1280, height: 900 }

/**
 * @param home a folder for its files
 * @param more variables for the shell and for programs, as the address of a system bus
 */
export const startGnomeDesktop = async (home: string, more: NodeJS.ProcessEnv): Promise<GnomeDesktop> => {
  const runtime = path.join(home, 'runtime')
  const bin = path.join(home, 'bin')
  mkdirSync(runtime, { mode: 0o700 })
  mkdirSync(bin)
  const log = path.join(home, 'opened')
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${log}'\n`, { mode: 0o755 })
  const { DISPLAY: _x, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const bus = path.join(runtime, 'bus')
  const env: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_SESSION_TYPE: 'wayland',
    XDG_SESSION_ID: 'auto',
    XDG_CURRENT_DESKTOP: 'GNOME',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WAYLAND_DISPLAY: 'wayland-0',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}`,
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
    ...more,
  }
  const started: ChildProcess[] = []
  const start = (program: string, ...args: readonly string[]): void => {
    const { WAYLAND_DISPLAY: _display, ...own } = env
    started.push(spawn(program, args, { env: own, stdio: 'ignore' }))
  }
  start('dbus-daemon', '--session', '--nofork', '--nopidfile', `--address=unix:path=${bus}`)
  await expect.poll(() => existsSync(bus)).toBe(true)
  await run('gsettings', ['set', 'org.gnome.shell', 'enabled-extensions', "['ubuntu-appindicators@ubuntu.com']"], {
    env,
  })
  const { width, height } = screenSize
  start(
    'gnome-shell',
    '--headless',
    '--virtual-monitor',
    `${width}x${height}`,
    '--wayland',
    '--unsafe-mode',
    '--no-x11',
  )

  const evaluate = async (code: string): Promise<unknown> => {
    const words = ['--user', '--json=short', 'call', 'org.gnome.Shell', '/org/gnome/Shell', 'org.gnome.Shell', 'Eval']
    const { stdout } = await run('busctl', [...words, 's', code], { env })
    return v.parse(evalSchema, stdout).data[1]
  }
  const tray = trayOnBus(env)
  const hasTray = () =>
    tray.icons().then(
      () => true,
      () => false,
    )
  // It begins with the overview, and with a complaint about the display manager that is not there.
  const isStarting = () => evaluate('Main.layoutManager._startingUp').catch(() => true)
  await expect.poll(isStarting, { timeout: 120_000 }).toBe(false)
  await expect.poll(hasTray, { timeout: 60_000 }).toBe(true)
  await evaluate('Main.overview.hide(); Main.messageTray.getSources().forEach((source) => source.destroy())')

  return {
    env,
    hasTray,
    ...controlsOf(evaluate),
    photograph: async (file) => {
      const service = 'org.gnome.Shell.Screenshot'
      const words = [
        'call',
        service,
        '/org/gnome/Shell/Screenshot',
        service,
        'Screenshot',
        'bbs',
        'false',
        'false',
        file,
      ]
      await run('busctl', ['--user', ...words], { env })
    },
    opened: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    stop: async () => {
      for (const child of started.reverse()) {
        child.kill('SIGKILL')
        await whenEnded(child)
      }
    },
  }
}

/** What is on the screen, and a hand at the mouse. @param evaluate runs statements in the shell */
const controlsOf = (
  evaluate: (code: string) => Promise<unknown>,
): Pick<GnomeDesktop, 'iconsOnPanel' | 'windows' | 'banner' | 'clickBanner' | 'setLocked'> => {
  const pointer = 'global.testPointer ??= Clutter.get_default_backend().get_default_seat().create_virtual_device(0)'
  const point = async (action: string): Promise<void> => {
    await evaluate(`const { Clutter, GLib } = imports.gi; ${pointer}; global.testPointer.${action}`)
    // The window below hears of it with the next frame.
    await delay(400)
  }
  return {
    iconsOnPanel: async () =>
      v.parse(
        v.number(),
        await evaluate("Object.keys(Main.panel.statusArea).filter((name) => name.startsWith('appindicator-')).length"),
      ),
    windows: async () =>
      v.parse(
        v.array(v.string()),
        await evaluate(
          'global.get_window_actors().filter((actor) => actor.visible).map(({ meta_window }) => meta_window.title)',
        ),
      ),
    // As it is drawn, which is without markup.
    banner: async () =>
      v.parse(
        v.string(),
        await evaluate(
          'const texts = (actor) => [actor.clutter_text?.text ?? "", ...actor.get_children().flatMap(texts)];' +
            'Main.messageTray._banner ? texts(Main.messageTray._banner).join("\\n") : ""',
        ),
      ),
    clickBanner: async () => {
      const [x, y] = v.parse(
        v.tuple([v.number(), v.number()]),
        await evaluate(
          'const [x, y] = Main.messageTray._banner.get_transformed_position();' +
            'const [width, height] = Main.messageTray._banner.get_transformed_size(); [x + width / 2, y + height / 2]',
        ),
      )
      await point(`notify_absolute_motion(GLib.get_monotonic_time(), ${x}, ${y})`)
      for (const state of [1, 0]) await point(`notify_button(GLib.get_monotonic_time(), 1, ${state})`)
    },
    setLocked: async (isLocked) =>
      void (await evaluate(`Main.sessionMode.${isLocked ? 'push' : 'pop'}Mode('unlock-dialog')`)),
  }
}
