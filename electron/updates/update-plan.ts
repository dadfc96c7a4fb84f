import type { Installation } from './installation.ts'

// The decisions about updates, separate from carrying them out.

/** What the user wants to happen automatically. */
export type UpdateChoice = 'off' | 'ask' | 'download'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds from the start to the first check: start-up has more urgent work. */
export const firstLook = minute

/** Milliseconds to the next check: a day; after failures one hour, two, four and so on, up to a day. */
export const nextLook = (failures: number): number =>
  failures === 0 ? day : Math.min(day, 60 * minute * 2 ** Math.min(failures - 1, 10))

/** What to do about a newer version: tell the user where to get it, offer it, or download it at once. */
export const answerToNewer = (
  installation: Exclude<Installation, 'none'>,
  choice: Exclude<UpdateChoice, 'off'>,
): 'tell' | 'offer' | 'download' => {
  if (installation === 'elsewhere') return 'tell'
  return choice === 'download' ? 'download' : 'offer'
}
