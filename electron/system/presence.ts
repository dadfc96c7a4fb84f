import type { PowerMonitor } from 'electron'
import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Presence } from '../../engine/sync/presence.ts'

/** What of Electron's `powerMonitor` is needed; it may be used only once the app is ready. */
export interface PowerPort extends Pick<PowerMonitor, 'getSystemIdleState' | 'isOnBatteryPower'> {
  on(
    event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'on-battery' | 'on-ac',
    listener: () => void,
  ): unknown
}

/** What watching user and machine needs. */
export interface PresenceOptions {
  readonly power: PowerPort
  readonly engine: Pick<Engine, 'setPresence'>
  readonly clock: Clock
  /** Whether the session is locked, where Electron does not tell; undefined where nobody does. Never rejects. */
  readonly askLocked?: (() => Promise<boolean | undefined>) | undefined
}

/** Seconds without a key or a movement after which the user counts as away. */
export const idleThreshold = 5 * 60
/** Between two looks, in milliseconds. */
export const lookEvery = 60_000
/** The same where a lock is only noticed by looking: alerts are not to name anybody on a locked screen for long. */
export const lockLookEvery = 15_000

/**
 * Tells the engine what the system tells about user and machine, at once and from then on.
 *
 * Which events come where, after Electron's docs (electronjs.org/docs/api/power-monitor, version 45): `suspend` and
 * `resume` everywhere; `lock-screen`, `unlock-screen` and `on-ac` on macOS and Windows; `on-battery` on macOS alone. So
 * the state of the user and of the power is looked at every minute as well, which is all there is on Linux. There,
 * `locked` may never be told (“available on supported systems only”), so the session's own word is asked for too.
 */
export const watchPresence = ({ power, engine, clock, askLocked }: PresenceOptions): void => {
  let isLocked = false
  let isSessionLocked = false
  let cancelLook = (): void => undefined

  const user = (): Presence['user'] => {
    const state = power.getSystemIdleState(idleThreshold)
    if (state === 'locked' || isSessionLocked || (isLocked && state === 'idle')) return 'locked'
    isLocked = false
    return state === 'idle' ? 'idle' : 'active'
  }

  const supply = (): Presence['power'] => (power.isOnBatteryPower() ? 'battery' : 'mains')

  /** That this runs also tells that the machine is awake: Windows may tell a suspend that is none (electron/electron#44971). */
  const look = (): void => {
    engine.setPresence({ machine: 'awake', user: user(), power: supply() })
    void askSession()
    lookLater()
  }

  const askSession = async (): Promise<void> => {
    const before = isSessionLocked
    isSessionLocked = (await askLocked?.()) === true
    if (isSessionLocked !== before) engine.setPresence({ user: user() })
  }

  const lookLater = (): void => {
    cancelLook()
    cancelLook = clock.after(askLocked === undefined ? lookEvery : lockLookEvery, look)
  }

  power.on('suspend', () => {
    engine.setPresence({ machine: 'asleep' })
    // A look just before it sleeps would take that back.
    lookLater()
  })
  power.on('resume', look)
  power.on('lock-screen', () => {
    isLocked = true
    engine.setPresence({ user: 'locked' })
  })
  power.on('unlock-screen', () => {
    isLocked = false
    engine.setPresence({ user: 'active' })
  })
  power.on('on-battery', () => engine.setPresence({ power: 'battery' }))
  power.on('on-ac', () => engine.setPresence({ power: 'mains' }))
  look()
}
