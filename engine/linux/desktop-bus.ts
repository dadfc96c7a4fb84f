import * as v from 'valibot'

/** What the programs of a Linux desktop tell about themselves on a bus (D-Bus specification 0.43). */
export interface DesktopBus {
  /** Whether a program answers to this name; undefined where the bus cannot be asked. Starts none, never rejects. */
  readonly hasOwner: (name: string) => Promise<boolean | undefined>
  readonly readProperty: ReadProperty
  /**
   * What the desktop's notification server can do (its method `GetCapabilities`); the bus starts it, as showing would.
   * @returns undefined if it cannot be asked. Never rejects.
   */
  readonly notificationCapabilities: () => Promise<readonly string[] | undefined>
}

/** Which property, of which object, of which program. */
export interface PropertyName {
  /** The program's name on the bus. */
  readonly destination: string
  /** The object's path in it. */
  readonly path: string
  readonly interface: string
  readonly name: string
}

/**
 * Reads a property: outside data, to be read by a schema. Undefined where the program, the property or the bus is not there
 * or does not answer in time. Starts no program, never rejects.
 */
export type ReadProperty = (property: PropertyName) => Promise<unknown>

/** A method call as the library takes it. */
interface Call {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly flags?: number
  readonly signature?: string
  readonly body?: unknown[]
}

/** The bus is to start no program for a question (D-Bus specification, “Message Format”, NO_AUTO_START). */
const noAutoStart = 2

const ownerSchema = v.boolean()
const capabilitiesSchema = v.array(v.string())

/**
 * Asks the session's bus, or the system's. Each question has a connection of its own, so a bus that ends takes nothing with
 * it. A program for each question, such as `busctl`, takes the processor for much longer: the whole of Electron is forked.
 * The library is loaded with the first question.
 */
export const createDesktopBus = (
  environment: NodeJS.ProcessEnv,
  which: 'session' | 'system' = 'session',
): DesktopBus => {
  const ask = async (call: Call): Promise<unknown> => {
    try {
      const { openSessionBus, openSystemBus } = await import('./open-bus.ts')
      const bus = which === 'session' ? openSessionBus(environment) : openSystemBus(environment)
      if (bus === undefined) return undefined
      const answer: unknown = await bus.invoke<unknown>(call).catch(() => undefined)
      bus.connection.end()
      return answer
    } catch {
      return undefined
    }
  }
  return {
    hasOwner: async (name) => {
      const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', flags: noAutoStart }
      const member = { interface: 'org.freedesktop.DBus', member: 'NameHasOwner' }
      const owner = v.safeParse(ownerSchema, await ask({ ...daemon, ...member, signature: 's', body: [name] }))
      return owner.success ? owner.output : undefined
    },
    readProperty: ({ destination, path, interface: from, name }) =>
      ask({
        ...{ destination, path, flags: noAutoStart, interface: 'org.freedesktop.DBus.Properties' },
        ...{ member: 'Get', signature: 'ss', body: [from, name] },
      }),
    notificationCapabilities: async () => {
      const server = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications' }
      const call = { ...server, interface: 'org.freedesktop.Notifications', member: 'GetCapabilities' }
      const capabilities = v.safeParse(capabilitiesSchema, await ask(call))
      return capabilities.success ? capabilities.output : undefined
    },
  }
}
