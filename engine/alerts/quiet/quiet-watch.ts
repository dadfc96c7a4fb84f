import type { QuietState } from '../../../common/contract/snapshot.ts'
import type { Model } from '../../model.ts'
import type { Clock } from '../../ports/clock.ts'
import type { TimeZone } from './local-time.ts'
import { isMorning, nextQuietChange, pauseUntil, type QuietSigns, quietAt } from './quiet.ts'

/** Knows at any time whether to be quiet, and keeps the snapshot up to date about it. */
export interface QuietWatch {
  /** Whether to be quiet about one account now; its forum's own do-not-disturb counts as well. */
  of(account: string): QuietState
  /** Decides again: the preferences have changed. */
  update(): void
  setSystem(isQuiet: boolean): void
  /** Calls after each decision; there is one whenever a quiet time may have begun or ended. */
  onUpdate(listener: () => void): void
}

export interface QuietWatchOptions {
  readonly model: Pick<Model, 'account' | 'preferences' | 'setPreferences' | 'setQuiet'>
  readonly clock: Clock
  readonly timeZone?: TimeZone
}

/**
 * It decides at least this often, because timers stand still while the machine sleeps, and clocks and time zones are
 * changed.
 */
const longestWait = 60_000
/** Smaller changes of the clock, in milliseconds, are corrections, or come from the resolution of one of the clocks. */
const leastJump = 5000

/** Decides at once, and from then on by itself until `clock` ends. */
export const createQuietWatch = ({ model, clock, timeZone }: QuietWatchOptions): QuietWatch => {
  let systemIsQuiet = false
  let cancel: () => void = () => undefined
  let listener: () => void = () => undefined

  const offset = (): number => clock.now() - clock.elapsed()
  /** The end of the pause as last seen, and the offset of the wall clock from the one that nobody sets. */
  let seen = { pausedUntil: model.preferences().quiet.pausedUntil, offset: offset() }

  /**
   * A pause is a length of time, so its end moves with the clock when that is set; one until a morning ends in the morning,
   * and in the next one where the clock was far ahead.
   */
  const followClock = (): void => {
    const { quiet } = model.preferences()
    const present = { pausedUntil: quiet.pausedUntil, offset: offset() }
    const moved = present.offset - seen.offset
    const isSame = typeof quiet.pausedUntil === 'number' && quiet.pausedUntil === seen.pausedUntil
    if (isSame && Math.abs(moved) < leastJump) return
    seen = present
    if (!isSame) return
    const end = Number(quiet.pausedUntil)
    const pausedUntil = isMorning(end, timeZone)
      ? Math.min(end, Number(pauseUntil('tomorrow', clock.now(), timeZone)))
      : end + moved
    seen = { ...present, pausedUntil }
    model.setPreferences({ ...model.preferences(), quiet: { ...quiet, pausedUntil } })
  }

  const signs = (): QuietSigns => ({ timeZone, systemIsQuiet })

  const endPause = (now: number): void => {
    const preferences = model.preferences()
    const { pausedUntil } = preferences.quiet
    // Forgotten once it is over, so that a clock set back does not bring it back.
    if (typeof pausedUntil !== 'number' || pausedUntil > now) return
    model.setPreferences({ ...preferences, quiet: { ...preferences.quiet, pausedUntil: null } })
  }

  const update = (): void => {
    cancel()
    followClock()
    const now = clock.now()
    endPause(now)
    const { quiet } = model.preferences()
    model.setQuiet(quietAt(now, quiet, signs()))
    const next = nextQuietChange(now, quiet, signs()) ?? Number.POSITIVE_INFINITY
    cancel = clock.after(Math.min(next - now, longestWait), update)
    listener()
  }

  update()
  return {
    of: (account) => {
      followClock()
      return quietAt(clock.now(), model.preferences().quiet, {
        ...signs(),
        forumDoNotDisturbUntil: model.account(account)?.cache.doNotDisturbUntil ?? null,
      })
    },
    update,
    setSystem: (isQuiet) => {
      systemIsQuiet = isQuiet
      update()
    },
    onUpdate: (given) => {
      listener = given
    },
  }
}
