import type { Engine } from '../engine/engine.ts'

/** What opening an account's page needs. */
export interface OpenAccountOptions {
  readonly openLink: (url: string) => void
  readonly engine: Pick<Engine, 'execute'>
}

/** Makes the function that opens an account's page and says so, that no stale number stays. */
export const createOpenAccount =
  ({ openLink, engine }: OpenAccountOptions) =>
  (account: string, url: string): void => {
    openLink(url)
    void engine.execute('account.opened', { account })
  }
