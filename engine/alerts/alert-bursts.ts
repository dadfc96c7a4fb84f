import type { Clock } from '../ports/clock.ts'

/**
 * Decides when the news of a site leads to alerts: the first after a calm at once, or with its words if they come in time;
 * what follows within a moment together.
 */
export interface AlertBursts {
  /** There is news. @param needsWords whether the words of a post may follow it */
  onNews(site: string, needsWords: boolean): void
  /** The words that were waited for have come. */
  onWords(site: string): void
}

export interface AlertBurstsOptions {
  readonly clock: Clock
  /** Tells the news there is. @param shown how many alerts the burst has led to so far @returns how many these are */
  readonly tell: (site: string, shown: number) => number
}

/** How long an alert waits for the words of its post: they come 16 to 413 ms after it (protocol.md 14.6). In milliseconds. */
const wordsTime = 150
/** What follows an alert within this time leads to alerts together, in milliseconds. */
const moment = 600

export const createAlertBursts = ({ clock, tell }: AlertBurstsOptions): AlertBursts => {
  const bursts = new Map<
    string,
    { readonly shown: number; readonly cancel: () => void; readonly awaitsWords: boolean }
  >()

  const tellNow = (site: string): void => {
    const shown = bursts.get(site)?.shown ?? 0
    const added = tell(site, shown)
    if (added === 0) bursts.delete(site)
    else
      bursts.set(site, { shown: shown + added, awaitsWords: false, cancel: clock.after(moment, () => tellNow(site)) })
  }

  return {
    onNews: (site, needsWords) => {
      if (bursts.has(site)) return
      if (!needsWords) return tellNow(site)
      bursts.set(site, { shown: 0, awaitsWords: true, cancel: clock.after(wordsTime, () => tellNow(site)) })
    },
    onWords: (site) => {
      const burst = bursts.get(site)
      if (burst?.awaitsWords !== true) return
      burst.cancel()
      tellNow(site)
    },
  }
}
