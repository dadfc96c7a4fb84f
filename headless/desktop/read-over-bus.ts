import type { ReadProperty } from '../../engine/linux/desktop-bus.ts'
import { openSessionBus } from './session-bus.ts'

/** The bus must start no program for us (D-Bus specification, “Message Format”, NO_AUTO_START). */
const noAutoStart = 2

/** Reads properties with the library that this shell needs for its notifications anyway, so also without systemd. */
export const readOverBus =
  (environment: NodeJS.ProcessEnv): ReadProperty =>
  async ({ destination, path, interface: from, name }) => {
    try {
      const bus = openSessionBus(environment)
      if (bus === undefined) return undefined
      const value: unknown = await bus
        .invoke<unknown>({
          ...{ destination, path, flags: noAutoStart, interface: 'org.freedesktop.DBus.Properties' },
          ...{ member: 'Get', signature: 'ss', body: [from, name] },
        })
        .catch(() => undefined)
      bus.connection.end()
      return value
    } catch {
      return undefined
    }
  }
