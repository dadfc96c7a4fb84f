import type { Clock } from '../ports/clock.ts'

/**
 * Decides when the news of a site leads to alerts: the first after a calm at once, or with its excerpt if that comes in
 * time; what follows shortly after it together.
 */
export interface AlertBursts {
  /** There is news. @param mayHaveExcerpt whether the excerpt of a post may follow it */
  onNews(site: string, mayHaveExcerpt: boolean): void
  /** The excerpts that were awaited have come. */
  onExcerpt(site: string): void
}

export interface AlertBurstsOptions {
  readonly clock: Clock
  /** Sends alerts for the news there is. @param shown how many the burst has led to so far @returns how many it sends */
  readonly sendAlerts: (site: string, shown: number) => number
}

/**
 * How long an alert waits for the excerpt of its post, which comes 16 to 413 ms after it (protocol.md 14.6); in
 * milliseconds.
 */
const excerptTimeout = 150
/** News that follows an alert within this time is collected, in milliseconds. */
const burstInterval = 600

export const createAlertBursts = ({ clock, sendAlerts }: AlertBurstsOptions): AlertBursts => {
  const bursts = new Map<
    string,
    { readonly shown: number; readonly cancel: () => void; readonly awaitsExcerpt: boolean }
  >()

  const sendNow = (site: string): void => {
    const shown = bursts.get(site)?.shown ?? 0
    const added = sendAlerts(site, shown)
    if (added === 0) bursts.delete(site)
    else
      bursts.set(site, {
        shown: shown + added,
        awaitsExcerpt: false,
        cancel: clock.after(burstInterval, () => sendNow(site)),
      })
  }

  return {
    onNews: (site, mayHaveExcerpt) => {
      if (bursts.has(site)) return
      if (!mayHaveExcerpt) return sendNow(site)
      bursts.set(site, { shown: 0, awaitsExcerpt: true, cancel: clock.after(excerptTimeout, () => sendNow(site)) })
    },
    onExcerpt: (site) => {
      const burst = bursts.get(site)
      if (burst?.awaitsExcerpt !== true) return
      burst.cancel()
      sendNow(site)
    },
  }
}
