import type { Clock } from '../engine/clock.ts'
import type { Engine } from '../engine/engine.ts'

/** The browser needs a while to load the page, and only then does the forum count it as seen. In milliseconds. */
export const readingTime = 10_000

/** What opening an account's page needs. */
export interface OpenAccountOptions {
  readonly openLink: (url: string) => void
  readonly engine: Pick<Engine, 'execute'>
  readonly clock: Clock
}

/** Makes the function that opens an account's page and then asks for its counts, so that no stale number stays. */
export const createOpenAccount =
  ({ openLink, engine, clock }: OpenAccountOptions) =>
  (account: string, url: string): void => {
    openLink(url)
    clock.after(readingTime, () => void engine.execute('account.refresh', { account }))
  }
