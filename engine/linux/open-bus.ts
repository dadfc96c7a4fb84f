import { existsSync } from 'node:fs'
import * as path from 'node:path'
import { type MessageBus, sessionBus } from 'dbus-native'

/** How long an answer may take, in milliseconds. */
const deadline = 10_000

/**
 * Connects to the session bus that the environment names; undefined where this computer's session has none. Calls reject
 * with the library's error. The library speaks the protocol in JavaScript, so that no text is ever on a command line.
 */
export const openSessionBus = (environment: NodeJS.ProcessEnv): MessageBus | undefined => {
  const address = sessionAddress(environment)
  return address === undefined ? undefined : openBus(address)
}

/** Connects to the bus of the whole system, by default where the D-Bus specification has it. Calls reject as on the session bus. */
export const openSystemBus = ({ DBUS_SYSTEM_BUS_ADDRESS: address }: NodeJS.ProcessEnv): MessageBus =>
  openBus(address || 'unix:path=/var/run/dbus/system_bus_socket')

const openBus = (busAddress: string): MessageBus => {
  const bus = sessionBus({
    ...{ busAddress, timeout: deadline, authMethods: ['EXTERNAL'] },
    ...{ plainValues: true, maxMessageSize: 2 ** 20 },
  })
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
