import type { PowerMonitor } from 'electron'
import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Presence } from '../../engine/sync/presence.ts'

/** The part of Electron's `powerMonitor` that is used; it may be used only once the app is ready. */
export interface PowerPort extends Pick<PowerMonitor, 'getSystemIdleState' | 'isOnBatteryPower'> {
  on(
    event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'on-battery' | 'on-ac',
    listener: () => void,
  ): unknown
}

export interface PresenceOptions {
  readonly power: PowerPort
  readonly engine: Pick<Engine, 'setPresence'>
  readonly clock: Clock
  /**
   * Asks whether the session is locked, where Electron does not report it; resolves to undefined if unknown. Never
   * rejects.
   */
  readonly askLocked?: (() => Promise<boolean | undefined>) | undefined
}

/** Seconds without keyboard or mouse input after which the user counts as away. */
export const idleThreshold = 5 * 60
/** Milliseconds between two checks. */
export const lookEvery = 60_000
/** The same where a lock is only noticed by polling: alerts must not show names on a locked screen for long. */
export const lockLookEvery = 15_000

/**
 * Keeps the engine informed of what the system reports about user and machine, from now on.
 *
 * Which events arrive where, according to Electron's docs (electronjs.org/docs/api/power-monitor, version 45):
 * `suspend` and `resume` everywhere; `lock-screen`, `unlock-screen` and `on-ac` on macOS and Windows; `on-battery` only
 * on macOS. So the states of user and power are also polled every minute, which is all there is on Linux. There,
 * `locked` may never be reported (“available on supported systems only”), so the session itself is asked as well.
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

  /**
   * That this runs also shows that the machine is awake: Windows may report a suspend that never happens
   * (electron/electron#44971).
   */
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
    // A check just before it sleeps would undo that.
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
