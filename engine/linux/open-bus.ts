import { existsSync } from 'node:fs'
import * as path from 'node:path'
import { type MessageBus, sessionBus } from 'dbus-native'

/** How long an answer may take by default, in milliseconds. */
const defaultDeadline = 10_000

/**
 * Connects to the session bus that the environment names; undefined where this computer's session has none. Calls reject
 * with the library's error. The library speaks the protocol in JavaScript, so that no text is ever on a command line.
 */
export const openSessionBus = (environment: NodeJS.ProcessEnv, deadline = defaultDeadline): MessageBus | undefined => {
  const address = sessionAddress(environment)
  return address === undefined ? undefined : openBus(address, deadline)
}

/** Connects to the bus of the whole system, by default where the D-Bus specification has it. Calls reject as on the session bus. */
export const openSystemBus = ({ DBUS_SYSTEM_BUS_ADDRESS: address }: NodeJS.ProcessEnv): MessageBus =>
  openBus(address || 'unix:path=/var/run/dbus/system_bus_socket', defaultDeadline)

const openBus = (busAddress: string, deadline: number): MessageBus => {
  const bus = sessionBus({
    ...{ busAddress, timeout: deadline, authMethods: ['EXTERNAL'] },
    ...{ plainValues: true, maxMessageSize: 2 ** 20 },
    // The library would greet the bus itself, and throw where nobody catches when the bus refuses that or is silent.
    direct: true,
  })
  const greet = async (): Promise<void> => {
    const greeting = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', member: 'Hello' }
    bus.name = await bus.invoke<string>({ ...greeting, interface: 'org.freedesktop.DBus' })
  }
  // Calls under way then fail by themselves.
  greet().catch(() => bus.connection.end())
  // Calls under way fail by themselves; an error without a listener would end the program.
  bus.connection.on('error', () => undefined)
  return bus
}

/** Where the session bus listens; systemd's default place if the environment does not say. */
const sessionAddress = (environment: NodeJS.ProcessEnv): string | undefined => {
  const { DBUS_SESSION_BUS_ADDRESS: address = '', XDG_RUNTIME_DIR: runtime = '' } = environment
  if (address !== '') return address
  const socket = path.join(runtime, 'bus')
  return runtime !== '' && existsSync(socket) ? `unix:path=${socket}` : undefined
}
