import * as v from 'valibot'
import { openSessionBus } from '../../engine/linux/open-bus.ts'

/** The desktop's notification service, connected (org.freedesktop.Notifications, version 1.3 of its specification). */
export interface NotificationService {
  /** Calls one of its methods; rejects with the library's error. */
  call(member: string, signature: string, body: readonly unknown[]): Promise<unknown>
  close(): void
}

/** What the service reports by itself. */
export interface ServiceEvents {
  /** A signal of its interface. */
  onSignal(member: string, body: unknown): void
  /** The service or the bus has gone, and this connection with it; called once, and not after `close`. */
  onGone(): void
}

/** Connects to the service; undefined where this computer's session has no bus. Rejects as `call` does. */
export type ConnectService = (events: ServiceEvents) => Promise<NotificationService | undefined>

const name = 'org.freedesktop.Notifications'
const signalSchema = v.looseObject({ type: v.literal(4), interface: v.string(), member: v.string(), body: v.unknown() })
const ownerSchema = v.tuple([v.literal(name), v.string(), v.string()])

/**
 * Connects over the session bus that the environment names, so that notifications' text is never on a command line, as
 * it would be with notify-send or gdbus.
 */
export const connectService =
  (environment: NodeJS.ProcessEnv): ConnectService =>
  async ({ onSignal, onGone }) => {
    const bus = openSessionBus(environment)
    if (bus === undefined) return undefined
    const { connection } = bus
    let isOver = false
    const end = (): boolean => {
      if (isOver) return false
      isOver = true
      connection.end()
      return true
    }
    const gone = (): void => {
      if (end()) onGone()
    }
    connection.on('close', gone)
    connection.on('message', (message) => {
      const signal = v.safeParse(signalSchema, message)
      if (!signal.success) return
      const { interface: from, member, body } = signal.output
      if (from === name) onSignal(member, body)
      else if (member === 'NameOwnerChanged') {
        const change = v.safeParse(ownerSchema, body)
        if (change.success && change.output[1] !== '') gone()
      }
    })
    try {
      await bus.addMatch(`type='signal',sender='${name}',interface='${name}'`)
      await bus.addMatch(`type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${name}'`)
    } catch (error) {
      end()
      throw error
    }
    return {
      call: async (member, signature, body) =>
        await bus.invoke<unknown>({
          ...{ destination: name, path: '/org/freedesktop/Notifications', interface: name, member },
          ...(signature === '' ? {} : { signature, body: [...body] }),
        }),
      close: () => void end(),
    }
  }
