import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Translate } from '../../common/i18n/i18n.ts'
import type { Host } from '../host/host.ts'
import type { Clock } from './clock.ts'

/** What every component may need and none makes for itself. */
export interface Services {
  readonly host: Host
  readonly t: Translate
  /** Ticks every quarter of a minute: the ages of numbers. */
  readonly minutes: Clock
  /** Ticks every second: countdowns. Runs only while one is shown. */
  readonly seconds: Clock
}

export const ServicesContext = createContext<Services | null>(null)

export const useServices = (): Services => {
  const services = useContext(ServicesContext)
  if (services === null) throw new Error('A component stands outside of ServicesContext')
  return services
}

/** The present, in milliseconds since 1970, changing with the clock's ticks. */
export const useNow = (clock: Clock): number => useSyncExternalStore(clock.subscribe, clock.now)

/**
 * A text that depends on the present; a tick that leaves it as it is renders nothing.
 * @param write makes the text from the present in milliseconds since 1970
 */
export const useTimedText = (clock: Clock, write: (now: number) => string): string =>
  useSyncExternalStore(clock.subscribe, () => write(clock.now()))
