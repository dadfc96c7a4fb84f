import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { whenEnded } from '../rig/when-ended.ts'
import { withDisplay } from '../rig/with-display.ts'

/** Whom the packed program and everything around it belong to: an ordinary user, in Chromium's real sandbox. */
export const packedUser = { uid: 65534, gid: 65534 }

/**
 * The keyring of a session: open; locked, as after a login without a password; one that does not answer; none yet, which
 * gnome-keyring offers to make; no keyring program at all.
 */
export type KeyringState = 'unlocked' | 'locked' | 'frozen' | 'not made yet' | 'missing'

/** A desktop session of an ordinary user, with a keyring and no other program. */
export interface PackedSession {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Runs a program in it to its end, and gives what it printed. */
  run(command: string, ...args: readonly string[]): Promise<string>
  /** Runs the command line on the default profile. */
  cli(...args: readonly string[]): Promise<string>
  /** Starts the packed program on the default profile, and gives it at once. */
  spawn(...args: readonly string[]): ChildProcess
  /** Starts it, and resolves when it answers; `quit` ends it. */
  start(...args: readonly string[]): Promise<{ readonly quit: () => Promise<void> }>
  /** The same by a command that starts it. */
  startBy(command: string, ...args: readonly string[]): ReturnType<PackedSession['start']>
  /** Locks the keyring, as a screen saver may. */
  lockKeyring(): Promise<void>
  /** What programs have called on the session bus so far, as `interface.member` and the name called, one a line. */
  calls(): readonly string[]
  stop(): Promise<void>
}

/** @param folder with the built command line in `headless/`, where sessions keep their homes */
export const startPackedSession = async (
  folder: string,
  program: () => string,
  keyring: KeyringState = 'unlocked',
): Promise<PackedSession> => {
  const home = mkdtempSync(path.join(folder, 'home-'))
  chownSync(home, packedUser.uid, packedUser.gid)
  const { DISPLAY: _x, DBUS_SESSION_BUS_ADDRESS: _bus, NODE_EXTRA_CA_CERTS: _ca, ...rest } = process.env
  const env: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    // Chromium keeps secrets in a keyring only on a desktop that it knows.
    XDG_CURRENT_DESKTOP: 'XFCE',
  }
  const script = [
    ...keyringScript(keyring),
    'echo "$DISPLAY $XAUTHORITY $DBUS_SESSION_BUS_ADDRESS"',
    'cat >/dev/null',
    'kill -CONT $keyring; kill $keyring',
  ].join('\n')
  const bus = keyring === 'missing' ? [`--config-file=${writeBusWithoutKeyring(home)}`] : []
  const session = spawn('bash', ['-c', withDisplay, 'bash', 'dbus-run-session', ...bus, '--', 'bash', '-c', script], {
    ...packedUser,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const line: unknown = (await once(createInterface({ input: session.stdout }), 'line'))[0]
  const [DISPLAY = '', XAUTHORITY = '', DBUS_SESSION_BUS_ADDRESS = ''] = String(line).split(' ')
  const own = { ...env, DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS }

  const monitor = spawn('dbus-monitor', ['--profile', "type='method_call'"], {
    ...packedUser,
    env: own,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const calls: string[] = []
  const monitored = createInterface({ input: monitor.stdout }).on('line', (call) => {
    const [kind, , , , destination, , ...names] = call.split('\t')
    if (kind === 'mc') calls.push(`${names.join('.')} ${destination}`)
  })
  await once(monitored, 'line')

  // Not to be waited for in one piece: the forum that the program may have to ask is in this process.
  const run: PackedSession['run'] = async (command, ...args) => {
    const running = promisify(execFile)(command, args, { ...packedUser, env: own })
    // What a program prints counts, also where it ends with another status.
    const { stdout } = await running.catch((error: { stdout: string }) => error)
    return stdout.trim()
  }
  const cli: PackedSession['cli'] = (...args) => run(process.execPath, path.join(folder, 'headless', 'cli.js'), ...args)
  const spawnInside = (command: string, args: readonly string[]): ChildProcess =>
    spawn(command, args, { ...packedUser, env: own, stdio: 'ignore' })
  const startBy: PackedSession['startBy'] = async (command, ...args) => {
    const child = spawnInside(command, args)
    const ended = once(child, 'exit')
    // Either way it answers: a sign-in that an earlier start began may be pending.
    await expect.poll(() => cli('status')).toMatch(/No forums yet|waiting for your approval/)
    return {
      quit: async () => {
        await cli('quit')
        await ended
      },
    }
  }
  return {
    ...{ env: own, home, run, cli, startBy },
    spawn: (...args) => spawnInside(program(), ['--disable-gpu', ...args]),
    start: (...args) => startBy(program(), '--disable-gpu', ...args),
    lockKeyring: async () => void (await run('busctl', ...lockCall)),
    calls: () => calls,
    stop: async () => {
      monitor.kill()
      session.stdin.end()
      await Promise.all([session, monitor].map(whenEnded))
    },
  }
}

/** The words of busctl's that lock the keyring. */
const lockCall: readonly string[] = [
  ...['--user', 'call', 'org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service'],
  ...['Lock', 'ao', '1', '/org/freedesktop/secrets/collection/login'],
]

/** Shell commands that bring the keyring into a state; its process is `$keyring`. */
const keyringScript = (state: KeyringState): readonly string[] => {
  if (state === 'not made yet' || state === 'missing') return ['keyring=']
  return [
    'echo pw | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 & keyring=$!',
    'until busctl --user status org.freedesktop.secrets >/dev/null 2>&1; do sleep 0.05; done',
    ...(state === 'locked' ? [`busctl ${lockCall.join(' ')} >/dev/null`] : []),
    ...(state === 'frozen' ? ['kill -STOP $keyring'] : []),
  ]
}

/** Writes the configuration of a bus that starts the panel's settings and nothing else, and gives its path. */
const writeBusWithoutKeyring = (home: string): string => {
  const services = path.join(home, 'services')
  mkdirSync(services)
  copyFileSync('/usr/share/dbus-1/services/org.xfce.Xfconf.service', path.join(services, 'org.xfce.Xfconf.service'))
  const whole = readFileSync('/usr/share/dbus-1/session.conf', 'utf8')
  const config = path.join(home, 'bus.conf')
  writeFileSync(config, whole.replace(/<standard_session_servicedirs *\/>/, `<servicedir>${services}</servicedir>`))
  return config
}
