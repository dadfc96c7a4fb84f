import type { Installation } from './installation.ts'

// What is decided about updates, apart from doing it.

/** What the user wants to happen by itself. */
export type UpdateChoice = 'off' | 'ask' | 'download'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds from the start to the first look: a start has better things to do. */
export const firstLook = minute

/** Milliseconds to the next look: a day; after failures an hour, two, four, and a day again, never less. */
export const nextLook = (failures: number): number =>
  failures === 0 ? day : Math.min(day, 60 * minute * 2 ** Math.min(failures - 1, 10))

/** What becomes of a newer version: told with a page to get it from, offered, or fetched at once. */
export const answerToNewer = (
  installation: Exclude<Installation, 'none'>,
  choice: Exclude<UpdateChoice, 'off'>,
): 'tell' | 'offer' | 'download' => {
  if (installation === 'elsewhere') return 'tell'
  return choice === 'download' ? 'download' : 'offer'
}
