import * as v from 'valibot'
import { recallTimes, writtenTimes } from '../../common/i18n/time-text.ts'

/** Where the times on a first screen are kept; tests pass their own. */
export interface TimeStore {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  /** Names the browser and its version: another one may write times in another way. */
  readonly browser: string
}

/** More than a first screen has. */
const mostKept = 200
const storageKey = 'discourse-notifier.times'
const text = v.pipe(v.string(), v.maxLength(100))
const storedSchema = v.object({
  browser: v.string(),
  times: v.pipe(v.array(v.tuple([text, text])), v.maxLength(mostKept)),
})

/**
 * Takes up how the times were written that an earlier first screen of this browser had.
 * @returns whether there were any
 */
export const recallKnownTimes = ({ storage, browser }: TimeStore): boolean => {
  try {
    const { output, success } = v.safeParse(storedSchema, JSON.parse(storage.getItem(storageKey) ?? 'null'))
    if (!success || output.browser !== browser) return false
    recallTimes(new Map(output.times))
    return output.times.length > 0
  } catch {
    return false
  }
}

/** Keeps how times were written so far for the next first screen. Without any, and with a full storage, it keeps what it had. */
export const keepKnownTimes = ({ storage, browser }: TimeStore): void => {
  const times = [...writtenTimes()].slice(0, mostKept)
  // A hidden tab, or a notifier that does not answer, has had no screen yet.
  if (times.length === 0) return
  try {
    storage.setItem(storageKey, JSON.stringify({ browser, times }))
  } catch {
    // The next page begins somewhat later.
  }
}
