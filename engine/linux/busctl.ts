import { execFile } from 'node:child_process'
import * as v from 'valibot'
import type { DesktopBus } from './desktop-bus.ts'

/** Milliseconds after which `busctl` has had its time; what it asks it gives a little less, in seconds. */
const deadline = 5000
const common = ['--json=short', '--auto-start=no', '--timeout=4']

/** The most that an answer may take, in bytes. */
const maxBuffer = 65_536

const answerSchema = v.pipe(v.string(), v.parseJson(), v.object({ data: v.unknown() }))
const ownerSchema = v.tuple([v.boolean()])

/**
 * The session's bus, or the system's, as systemd's `busctl` tells of it, a few milliseconds for each question: what a program needs that only
 * asks, without a D-Bus library in it. The names that are asked for stand on its command line, and nothing else does; so
 * it is no way to say anything. Where there is no systemd, nothing can be asked.
 */
export const createBusctl = (environment: NodeJS.ProcessEnv, bus: 'user' | 'system' = 'user'): DesktopBus => {
  const ask = (...args: readonly string[]): Promise<unknown> =>
    new Promise((resolve) => {
      const options = { env: environment, timeout: deadline, maxBuffer, encoding: 'utf8' } as const
      execFile('busctl', [`--${bus}`, ...common, '--', ...args], options, (error, stdout) => {
        const answer = v.safeParse(answerSchema, stdout)
        resolve(error === null && answer.success ? answer.output.data : undefined)
      })
    })
  return {
    hasOwner: async (name) => {
      const daemon = 'org.freedesktop.DBus'
      const answer = await ask('call', daemon, '/org/freedesktop/DBus', daemon, 'NameHasOwner', 's', name)
      const owner = v.safeParse(ownerSchema, answer)
      return owner.success ? owner.output[0] : undefined
    },
    readProperty: (property) =>
      ask('get-property', property.destination, property.path, property.interface, property.name),
  }
}
