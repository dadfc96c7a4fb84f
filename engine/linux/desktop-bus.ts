import * as v from 'valibot'

/** What the programs of a Linux desktop tell about themselves on a bus (D-Bus specification 0.43). */
export interface DesktopBus {
  /** Whether a program answers to this name; undefined where the bus cannot be asked. Starts none, never rejects. */
  readonly hasOwner: (name: string) => Promise<boolean | undefined>
  readonly readProperty: ReadProperty
  /**
   * What the desktop's notification server can do (its method `GetCapabilities`); the bus starts it, as showing would.
   * @returns undefined if it cannot be asked; `silent` if it is there and says nothing for as long as a library would
   *   wait for it. Never rejects.
   */
  readonly notificationCapabilities: () => Promise<readonly string[] | 'silent' | undefined>
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

/** How long libnotify and others wait for an answer, in milliseconds: the default of libdbus and GDBus. */
const libraryDeadline = 25_000

const ownerSchema = v.boolean()
const capabilitiesSchema = v.union([v.array(v.string()), v.literal('silent')])
/** The library's own error, which it makes when its deadline has passed. */
const timeoutSchema = v.looseObject({ code: v.literal('ETIMEDOUT') })

/**
 * Asks the session's bus, or the system's. Each question has a connection of its own, so a bus that ends takes nothing with
 * it. A program for each question, such as `busctl`, takes the processor for much longer: the whole of Electron is forked.
 * The library is loaded with the first question.
 */
export const createDesktopBus = (
  environment: NodeJS.ProcessEnv,
  which: 'session' | 'system' = 'session',
  serverDeadline = libraryDeadline,
): DesktopBus => {
  const ask = async (call: Call, deadline?: number, ifSilent?: 'silent'): Promise<unknown> => {
    try {
      const { openSessionBus, openSystemBus } = await import('./open-bus.ts')
      const bus = which === 'session' ? openSessionBus(environment, deadline) : openSystemBus(environment)
      if (bus === undefined) return undefined
      const failed = (error: unknown): unknown => (v.is(timeoutSchema, error) ? ifSilent : undefined)
      const answer: unknown = await bus.invoke<unknown>(call).catch(failed)
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
      const capabilities = v.safeParse(capabilitiesSchema, await ask(call, serverDeadline, 'silent'))
      return capabilities.success ? capabilities.output : undefined
    },
  }
}
