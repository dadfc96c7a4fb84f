import { execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { whenEnded } from '../rig/when-ended.ts'
import { withDisplay } from '../rig/with-display.ts'

/** One notification as dunst has received it. */
export interface Received {
  readonly appName: string
  readonly summary: string
  readonly body: string
}

/** A desktop session of the test's own: a display, a session bus, a notification service, and a browser that only notes. */
export interface Desktop {
  /** For the programs that are to live in it. */
  readonly env: NodeJS.ProcessEnv
  /** What dunst has received so far. */
  received(): readonly Received[]
  /** How many notifications there have been; one that has replaced another, as with words that came late, is the same. */
  count(): Promise<number>
  /** Clicks the newest notification. */
  click(): Promise<void>
  /** Chooses what stands on one of its buttons. */
  choose(label: string): Promise<void>
  /** Has dunst hold back whatever it receives, or show it again. */
  setPaused(isPaused: boolean): Promise<void>
  /** The addresses that the browser was sent to. */
  opened(): readonly string[]
  stop(): Promise<void>
}

/** Notes what it is given instead of opening it: an address, or a file that leads to one. */
const fakeBrowser = (log: string): string =>
  `#!/bin/sh\nif [ -f "$1" ]; then cat "$1"; else echo "$1"; fi >> '${log}'\n`

/** @param home a folder for its files */
export const startDesktop = async (home: string): Promise<Desktop> => {
  const folder = path.join(home, 'desktop')
  const bin = path.join(folder, 'bin')
  const log = path.join(folder, 'opened')
  mkdirSync(bin, { recursive: true })
  const browser = path.join(bin, 'xdg-open')
  writeFileSync(browser, fakeBrowser(log))
  chmodSync(browser, 0o755)
  // dunst offers buttons as a menu, a line for each; this one is chosen from by a file.
  const choice = path.join(folder, 'choice')
  const menu = path.join(bin, 'menu')
  writeFileSync(menu, `#!/bin/sh\ngrep -F -f '${choice}'\n`)
  chmodSync(menu, 0o755)
  const config = path.join(folder, 'dunstrc')
  writeFileSync(config, `[global]\nmarkup = full\nidle_threshold = 0\ndmenu = ${menu}\n[urgency_normal]\ntimeout = 0\n`)

  // Asks the bus and not dunst: the bus would start another one for whoever asks too early.
  const owner = 'dbus-send --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner'
  const script = [
    'echo "display $DISPLAY $XAUTHORITY"',
    `dunst -print -conf '${config}' & dunst=$!`,
    `until ${owner} string:org.freedesktop.Notifications | grep -q true; do kill -0 $dunst || exit 1; sleep 0.1; done`,
    'echo "bus $DBUS_SESSION_BUS_ADDRESS"',
    'cat >/dev/null',
    'kill $dunst',
  ].join('\n')
  const child = spawn('bash', ['-c', withDisplay, 'bash', 'dbus-run-session', '--', 'bash', '-c', script], {
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines: string[] = []
  let display: readonly string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('display ')) display = line.split(' ').slice(1)
      else if (line.startsWith('bus ')) resolve(line.slice(4))
      else lines.push(line)
    })
    child.once('exit', (code) => reject(new Error(`no desktop: status ${code}`)))
  })
  const [DISPLAY = '', XAUTHORITY = ''] = display
  const env = {
    DISPLAY,
    XAUTHORITY,
    DBUS_SESSION_BUS_ADDRESS: address,
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
  }

  return {
    env,
    received: () => readPrinted(lines.join('\n')),
    count: async () => {
      const { stdout } = await promisify(execFile)('dunstctl', ['count'], { env })
      return [...stdout.matchAll(/\d+/g)].reduce((sum, [number]) => sum + Number(number), 0)
    },
    click: async () => void (await promisify(execFile)('dunstctl', ['action'], { env })),
    choose: async (label) => {
      writeFileSync(choice, label)
      await promisify(execFile)('dunstctl', ['context'], { env })
    },
    setPaused: async (isPaused) =>
      void (await promisify(execFile)('dunstctl', ['set-paused', String(isPaused)], { env })),
    opened: () =>
      existsSync(log)
        ? [...readFileSync(log, 'utf8').matchAll(/url=(.*)">|^(https?:.*)$/gm)].map(
            ([, inFile = '', plain]) => plain ?? inFile.replaceAll('&amp;', '&'),
          )
        : [],
    stop: async () => {
      // The session lasts as long as somebody listens to it.
      child.stdin.end()
      await whenEnded(child)
    },
  }
}

/** Reads what `dunst -print` writes: one block in braces for each notification, a value in quotes on each line. */
const readPrinted = (text: string): readonly Received[] =>
  [...text.matchAll(/appname: '(.*)'\n\tsummary: '(.*)'\n\tbody: '([\s\S]*?)'\n\ticon: /g)].map(
    ([, appName = '', summary = '', body = '']) => ({ appName, summary, body }),
  )
