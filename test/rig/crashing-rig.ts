import { ok } from '../../common/contract/failure.ts'
import type { DesktopNotification } from '../../engine/ports/notification-port.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'
import type { Forum } from '../forum/forum.ts'
import type { EngineRig, RigOptions } from './engine-rig.ts'
import { propertySeed } from './property-seed.ts'
import { seededRandom } from './seeded-random.ts'

/** An engine that can be killed before any write and around any notification. */
export interface CrashingRig {
  readonly rig: EngineRig
  /** What was shown while it lived. */
  readonly shown: readonly DesktopNotification[]
  pass(milliseconds: number): Promise<void>
  /** Kills it after this many more writes and notifications. What it does after that has no effect. */
  crashAfter(steps: number): void
  /** Starts it again from what was on disk, if it was killed. @returns whether it had */
  restartAfterCrash(): Promise<boolean>
}

/** @param rigOf as `setUpRigs` gives it */
export const startCrashingRig = async (
  rigOf: (options: RigOptions) => Promise<EngineRig>,
  forum: Forum,
): Promise<CrashingRig> => {
  const shown: DesktopNotification[] = []
  /** How many steps remain until the crash; null if none is planned. */
  let left: number | null = null
  let isDead = false
  const step = (): void => {
    if (left === null) return
    left -= 1
    if (left < 0) isDead = true
  }
  const files = createCrashingFiles(() => isDead, step)
  const rig = await rigOf({
    files,
    // Waiting times have a random part; a failure can be repeated only if that is the same again.
    random: seededRandom(propertySeed),
    alerted: () => {
      if (!isDead) step()
      const latest = rig.alerts.at(-1)
      if (!isDead && latest !== undefined) shown.push(latest)
    },
  })
  return {
    ...{ rig, shown },
    pass: (milliseconds) => rig.pass(milliseconds, [forum]),
    crashAfter: (steps) => {
      left = steps
    },
    restartAfterCrash: async () => {
      const died = isDead
      if (died) await rig.engine.stop()
      isDead = false
      left = null
      if (died) await rig.restart()
      return died
    },
  }
}

/** State files that stay as they are from the moment of a crash on. */
const createCrashingFiles = (isDead: () => boolean, onWrite: () => void): StateFiles => {
  const files = new Map<string, string>()
  return {
    read: (name) => {
      const text = files.get(name)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: (name, value) => {
      if (!isDead()) onWrite()
      if (!isDead()) files.set(name, JSON.stringify(value))
    },
    remove: (name) => void (isDead() ? undefined : files.delete(name)),
    settled: async () => undefined,
    flush: async () => ok(null),
  }
}
