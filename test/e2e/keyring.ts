import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A session bus with an unlocked keyring of its own, as a desktop session has one. */
export interface Keyring {
  /** For the programs that are to reach it. */
  readonly env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/** @param home where the keyring's file lives */
export const startKeyring = async (home: string): Promise<Keyring> => {
  const script = [
    'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null',
    'echo "$DBUS_SESSION_BUS_ADDRESS"',
    'exec cat',
  ].join('; ')
  const child = spawn('dbus-run-session', ['--', 'bash', '-c', script], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: `${home}/data`, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve)
  })
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      // The session lasts as long as somebody listens to it.
      child.stdin.end()
      await ended
    },
  }
}
