import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { whenEnded } from './when-ended.ts'

/** A session bus of a test's own. */
export interface SessionBus {
  /** Names it, for programs and libraries. */
  readonly environment: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/**
 * Starts a real bus on which nobody is yet. Needs `dbus-daemon`.
 * @param configuration a file for the bus (dbus-daemon(1)); by default that of the system's session buses
 */
export const startSessionBus = async (configuration?: string): Promise<SessionBus> => {
  const which = configuration === undefined ? '--session' : `--config-file=${configuration}`
  const child = spawn('dbus-daemon', [which, '--nofork', '--nosyslog', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`no bus: status ${code}`)))
  })
  return {
    environment: { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: address },
    stop: async () => {
      child.kill()
      await whenEnded(child)
    },
  }
}
