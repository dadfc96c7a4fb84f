import { readdir, readFile } from 'node:fs/promises'
import * as path from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Presence } from '../../engine/sync/presence.ts'

/** What watching the power needs. */
export interface PowerWatchOptions {
  readonly engine: Pick<Engine, 'setPresence'>
  readonly clock: Clock
  /** Where Linux lists what supplies power; elsewhere there is no such folder, and mains is assumed. */
  readonly folder?: string
}

/** Between two checks, in milliseconds. */
export const pollInterval = 60_000

/** Tells the engine every minute whether this computer runs on battery. Resolves after the first check. */
export const watchPower = async (options: PowerWatchOptions): Promise<void> => {
  const { engine, clock, folder = '/sys/class/power_supply' } = options
  engine.setPresence({ power: await readPower(folder) })
  clock.after(pollInterval, () => void watchPower(options))
}

/**
 * Mains while anything but a battery supplies power; battery while one of the computer's own discharges. Those of mice
 * and keyboards have the scope `Device`. See the kernel's Documentation/ABI/testing/sysfs-class-power.
 */
const readPower = async (folder: string): Promise<Presence['power']> => {
  const names = await readdir(folder).catch(() => [])
  const supplies = await Promise.all(
    names.map(async (name) => {
      const read = async (file: string): Promise<string> =>
        (await readFile(path.join(folder, name, file), 'utf8').catch(() => '')).trim()
      const [type, scope, status, online] = await Promise.all(['type', 'scope', 'status', 'online'].map(read))
      return { isBattery: type === 'Battery', isDevice: scope === 'Device', status, online }
    }),
  )
  const own = supplies.filter(({ isDevice }) => !isDevice)
  if (own.some(({ isBattery, online }) => !isBattery && online !== '' && online !== '0')) return 'mains'
  return own.some(({ isBattery, status }) => isBattery && status === 'Discharging') ? 'battery' : 'mains'
}
