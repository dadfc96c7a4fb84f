import type { SnoozeChoice } from '../../common/contract/snooze-choice.ts'
import type { Translate } from '../../common/i18n/i18n.ts'
import { timeOfDayText, weekTimeText } from '../../common/i18n/time-text.ts'

const hour = 60 * 60_000
const morning = 8

/**
 * When a notification that is snoozed now would come back, in milliseconds since 1970, by this computer's clock: in
 * three hours, or at eight in the morning. The engine decides (`engine/alerts/snoozes/snoozed-rows.ts`); this is for
 * showing it beforehand.
 */
export const snoozeTime = (choice: SnoozeChoice, now: number): number => {
  if (choice === 'later') return now + 3 * hour
  const present = new Date(now)
  const atMorning = (daysOn: number): number =>
    new Date(present.getFullYear(), present.getMonth(), present.getDate() + daysOn, morning).getTime()
  if (choice === 'tomorrow') return atMorning(present.getHours() < nightEnds ? 0 : 1)
  // Weeks start on Monday.
  return atMorning(7 - ((present.getDay() + 6) % 7))
}

/** “Tomorrow” chosen before this hour means the coming morning. */
const nightEnds = 5

/** A choice with its hour: “Tomorrow morning · 8:00 AM”. */
export const snoozeText = (t: Translate, choice: SnoozeChoice, now: number): string => {
  const time = snoozeTime(choice, now)
  const words = choice === 'nextWeek' ? weekTimeText(t, time) : timeOfDayText(t, time)
  return [t(`home.${choice}`), words].join(t('units.dot'))
}
