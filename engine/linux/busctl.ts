import { execFile } from 'node:child_process'
import * as v from 'valibot'
import type { DesktopBus } from './desktop-bus.ts'

/** Milliseconds after which `busctl` has had its time; what it asks it gives a little less, in seconds. */
const deadline = 5000
const common = ['--json=short', '--timeout=4']
/** The bus is to start no program for a question about it. */
const noAutoStart = ['--auto-start=no']

/** The most that an answer may take, in bytes. */
const maxBuffer = 65_536

const answerSchema = v.pipe(v.string(), v.parseJson(), v.object({ data: v.unknown() }))
const ownerSchema = v.tuple([v.boolean()])
const capabilitiesSchema = v.tuple([v.array(v.string())])

/** What `busctl` can tell. */
export interface Busctl extends DesktopBus {
  /**
   * What the desktop's notification server can do (its method `GetCapabilities`); the bus starts it, as showing would.
   * @returns undefined where it cannot be asked. Never rejects.
   */
  readonly notificationCapabilities: () => Promise<readonly string[] | undefined>
}

/**
 * Asks the session's bus, or the system's, through systemd's `busctl`: a few milliseconds for each question, and no D-Bus
 * library in the program. Its command line shows the names that are asked for and nothing else. Where there is no systemd,
 * nothing can be asked.
 */
export const createBusctl = (environment: NodeJS.ProcessEnv, bus: 'user' | 'system' = 'user'): Busctl => {
  const ask = (start: readonly string[], ...args: readonly string[]): Promise<unknown> =>
    new Promise((resolve) => {
      const options = { env: environment, timeout: deadline, maxBuffer, encoding: 'utf8' } as const
      execFile('busctl', [`--${bus}`, ...common, ...start, '--', ...args], options, (error, stdout) => {
        const answer = v.safeParse(answerSchema, stdout)
        resolve(error === null && answer.success ? answer.output.data : undefined)
      })
    })
  return {
    hasOwner: async (name) => {
      const daemon = 'org.freedesktop.DBus'
      const answer = await ask(noAutoStart, 'call', daemon, '/org/freedesktop/DBus', daemon, 'NameHasOwner', 's', name)
      const owner = v.safeParse(ownerSchema, answer)
      return owner.success ? owner.output[0] : undefined
    },
    readProperty: (property) =>
      ask(noAutoStart, 'get-property', property.destination, property.path, property.interface, property.name),
    notificationCapabilities: async () => {
      const name = 'org.freedesktop.Notifications'
      const answer = await ask([], 'call', name, '/org/freedesktop/Notifications', name, 'GetCapabilities')
      const capabilities = v.safeParse(capabilitiesSchema, answer)
      return capabilities.success ? capabilities.output[0] : undefined
    },
  }
}
