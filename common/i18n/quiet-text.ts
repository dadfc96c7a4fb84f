import type { PauseChoice } from '../contract/pause-choice.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import type { Translate } from './i18n.ts'
import { clockText } from './time-text.ts'

const pauseKeys = {
  '30min': 'quiet.for30min',
  '1h': 'quiet.for1h',
  tomorrow: 'quiet.forTomorrow',
  open: 'quiet.forOpen',
} as const satisfies Record<PauseChoice, string>

/** What a choice of pause is called: “For 30 minutes”. */
export const pauseText = (t: Translate, choice: PauseChoice): string => t(pauseKeys[choice])

/** That it is quiet, why and until when: “Quiet hours until 7:00 AM”; null while it is not. */
export const quietLine = (t: Translate, { quiet, preferences }: Snapshot, now: number): string | null => {
  const { pausedUntil } = preferences.quiet
  const timed = (until: number): { time: string } => ({ time: clockText(t, until, now) })
  switch (quiet.reason) {
    case null:
      return null
    case 'paused': {
      // Quiet may follow the pause without a gap, and that may have no end; then the pause still has one.
      const until = quiet.until ?? pausedUntil
      return typeof until === 'number' ? t('quiet.paused', timed(until)) : t('quiet.pausedOpen')
    }
    case 'hours':
      return quiet.until === null ? t('quiet.hoursOpen') : t('quiet.hours', timed(quiet.until))
    case 'forum':
      return t('quiet.forum')
    case 'system':
      return t('quiet.system')
  }
}
