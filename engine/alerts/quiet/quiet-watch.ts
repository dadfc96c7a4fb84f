import type { QuietState } from '../../../common/contract/snapshot.ts'
import type { Model } from '../../model.ts'
import type { Clock } from '../../ports/clock.ts'
import type { TimeZone } from './local-time.ts'
import { nextQuietChange, type QuietSigns, quietAt } from './quiet.ts'

/** Knows at any time whether to be quiet, and keeps the snapshot's word on it true. */
export interface QuietWatch {
  /** Whether to be quiet about one account, at this moment: its forum's own do-not-disturb counts for it as well. */
  of(account: string): QuietState
  /** Looks again: the preferences have changed. */
  look(): void
  setSystem(isQuiet: boolean): void
  /** Calls each time it has looked, which it does whenever it may have become quiet or not. */
  onLook(listener: () => void): void
}

export interface QuietWatchOptions {
  readonly model: Pick<Model, 'account' | 'preferences' | 'setPreferences' | 'setQuiet'>
  readonly clock: Clock
  readonly timeZone?: TimeZone
}

/** Timers stand still while the machine sleeps, and clocks and time zones are changed: so it looks this often at least. */
const longestWait = 60_000
/** In milliseconds: less than this is how clocks are kept right, or how coarse one of them is. */
const leastJump = 5000

/** The watch looks at once and from then on by itself, until `clock` ends. */
export const createQuietWatch = ({ model, clock, timeZone }: QuietWatchOptions): QuietWatch => {
  let systemIsQuiet = false
  let cancel: () => void = () => undefined
  let listener: () => void = () => undefined

  const offset = (): number => clock.now() - clock.elapsed()
  /** The end of the pause as it was last seen, and how the wall clock stood to the one that nobody sets. */
  let seen = { pausedUntil: model.preferences().quiet.pausedUntil, offset: offset() }

  /** A pause is a length of time: where the clock was set meanwhile, its end is moved along. */
  const followClock = (): void => {
    const { quiet } = model.preferences()
    const present = { pausedUntil: quiet.pausedUntil, offset: offset() }
    const moved = present.offset - seen.offset
    const isSame = typeof quiet.pausedUntil === 'number' && quiet.pausedUntil === seen.pausedUntil
    if (isSame && Math.abs(moved) < leastJump) return
    seen = present
    if (!isSame) return
    const pausedUntil = Number(quiet.pausedUntil) + moved
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

  const look = (): void => {
    cancel()
    followClock()
    const now = clock.now()
    endPause(now)
    const { quiet } = model.preferences()
    model.setQuiet(quietAt(now, quiet, signs()))
    const next = nextQuietChange(now, quiet, signs()) ?? Number.POSITIVE_INFINITY
    cancel = clock.after(Math.min(next - now, longestWait), look)
    listener()
  }

  look()
  return {
    of: (account) => {
      followClock()
      return quietAt(clock.now(), model.preferences().quiet, {
        ...signs(),
        forumDoNotDisturbUntil: model.account(account)?.cache.doNotDisturbUntil ?? null,
      })
    },
    look,
    setSystem: (isQuiet) => {
      systemIsQuiet = isQuiet
      look()
    },
    onLook: (given) => {
      listener = given
    },
  }
}
