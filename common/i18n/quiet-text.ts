import type { PauseChoice } from '../contract/pause-choice.ts'
import type { QuietReason, Snapshot } from '../contract/snapshot.ts'
import type { Translate } from './i18n.ts'
import { clockText } from './time-text.ts'

interface Hold {
  readonly reason: QuietReason
  readonly until: number | null
}

const pauseKeys = {
  '30min': 'quiet.for30min',
  '1h': 'quiet.for1h',
  tomorrow: 'quiet.forTomorrow',
  open: 'quiet.forOpen',
} as const satisfies Record<PauseChoice, string>

/** The label of a choice of pause: “For 30 minutes”. */
export const pauseText = (t: Translate, choice: PauseChoice): string => t(pauseKeys[choice])

/** One reason why it is quiet, and its own end, in words. */
export interface QuietText {
  readonly reason: QuietReason
  readonly text: string
}

/**
 * Says that it is quiet, why and until when: “Alerts are paused until 2:05 PM · Quiet hours until 7:00 AM”; null while it
 * is not.
 * @param now milliseconds since 1970
 */
export const quietLine = (t: Translate, snapshot: Snapshot, now: number): string | null => {
  const texts = quietTexts(t, snapshot, now)
  return texts.length === 0 ? null : texts.map(({ text }) => text).join(t('units.dot'))
}

/**
 * The reasons why it is quiet, the first to tell first; empty while it is not.
 * @param now milliseconds since 1970
 */
export const quietTexts = (t: Translate, { quiet, preferences }: Snapshot, now: number): readonly QuietText[] => {
  const { reason, until, holds } = quiet
  if (reason === null) return []
  // What follows a pause without a gap does not change the end that the user chose for it.
  const { pausedUntil } = preferences.quiet
  const end = reason === 'paused' ? (typeof pausedUntil === 'number' ? pausedUntil : null) : until
  return (holds ?? [{ reason, until: end }]).map((hold) => ({ reason: hold.reason, text: holdText(t, hold, now) }))
}

const holdText = (t: Translate, { reason, until }: Hold, now: number): string => {
  const timed = (time: number): { time: string } => ({ time: clockText(t, time, now) })
  switch (reason) {
    case 'paused':
      return until === null ? t('quiet.pausedOpen') : t('quiet.paused', timed(until))
    case 'hours':
      return until === null ? t('quiet.hoursOpen') : t('quiet.hours', timed(until))
    case 'forum':
      return t('quiet.forum')
    case 'system':
      return t('quiet.system')
  }
}
