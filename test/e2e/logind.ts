import { defineInterface, type MessageBus } from 'dbus-native'
import { openSessionBus } from '../../engine/linux/open-bus.ts'
import { startSessionBus } from '../rig/start-session-bus.ts'

/** systemd's logind on a system bus of the test's own (org.freedesktop.login1(5)). */
export interface Logind {
  /** For the programs that are to find it. */
  readonly env: NodeJS.ProcessEnv
  /** What it was asked to hold up, as `sleep delay`. */
  heldUp(): readonly string[]
  /** How often somebody has asked whether the session is locked. */
  lockQuestions(): number
  /** Tells that the machine is about to sleep, or that it has woken up. */
  prepareForSleep(isAsleep: boolean): void
  prepareForShutdown(): void
  /** Has the session be locked for whoever asks from now on. */
  setLocked(isLocked: boolean): void
  stop(): Promise<void>
}

const name = 'org.freedesktop.login1'

export const startLogind = async (): Promise<Logind> => {
  const daemon = await startSessionBus()
  const bus: MessageBus | undefined = openSessionBus(daemon.environment)
  if (bus === undefined) throw new Error('no bus')
  const heldUp: string[] = []
  let isLocked = false
  let lockQuestions = 0
  const manager = defineInterface({
    name: `${name}.Manager`,
    methods: {
      Inhibit: {
        in: { what: 's', who: 's', why: 's', mode: 's' },
        out: { lock: 's' },
        handler: (asked: unknown) => {
          const { what, mode } = asked as { readonly what: string; readonly mode: string }
          heldUp.push(`${what} ${mode}`)
          // The answer would be a descriptor, which the library cannot send; Electron goes on without.
          throw new Error('no descriptors here')
        },
      },
    },
    signals: { PrepareForSleep: { args: { start: 'b' } }, PrepareForShutdown: { args: { start: 'b' } } },
  })
  const LockedHint = {
    type: 'b',
    access: 'read',
    get: () => {
      lockQuestions += 1
      return isLocked
    },
  } as const
  await bus.export('/org/freedesktop/login1', manager)
  await bus.export(
    '/org/freedesktop/login1/session/auto',
    defineInterface({ name: `${name}.Session`, properties: { LockedHint } }),
  )
  await bus.requestName(name, 0)
  return {
    env: { DBUS_SYSTEM_BUS_ADDRESS: daemon.environment['DBUS_SESSION_BUS_ADDRESS'] },
    heldUp: () => heldUp,
    lockQuestions: () => lockQuestions,
    prepareForSleep: (isAsleep) => void manager.emit['PrepareForSleep']?.(isAsleep),
    prepareForShutdown: () => void manager.emit['PrepareForShutdown']?.(true),
    setLocked: (locked) => {
      isLocked = locked
    },
    stop: async () => {
      bus.connection.end()
      await daemon.stop()
    },
  }
}
