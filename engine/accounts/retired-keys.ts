import type { Http } from '../discourse/http.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'
import { revokeKey } from './revoke-key.ts'

/** Keys that no account uses any more: replaced by another, or issued for a sign-in that was cancelled. */
export interface RetiredKeys {
  /** Has the forums revoke them all; failures are retried automatically. */
  revoke(): Promise<void>
}

export interface RetiredKeysOptions {
  readonly vault: Vault
  readonly clock: Clock
  readonly http: Http
}

/** Milliseconds until forums that did not confirm are asked again. */
const retryPause = 30 * 60_000

export const createRetiredKeys = ({ vault, clock, http }: RetiredKeysOptions): RetiredKeys => {
  let running: Promise<void> | undefined
  let isAgain = false
  let cancelRetry: (() => void) | undefined

  const revokeEach = async (): Promise<void> => {
    cancelRetry?.()
    cancelRetry = undefined
    for (const { base, key } of vault.secrets()?.retired ?? []) {
      if (!(await revokeKey(http, base, key)).ok) continue
      await vault.change((secrets) => ({ ...secrets, retired: secrets.retired.filter((entry) => entry.key !== key) }))
    }
    if ((vault.secrets()?.retired.length ?? 0) > 0) cancelRetry = clock.after(retryPause, () => void revoke())
  }

  /** One round at a time; keys that are retired during it are left to the next. */
  const revoke = (): Promise<void> => {
    if (running !== undefined) {
      isAgain = true
      return running
    }
    running = revokeEach().finally(() => {
      running = undefined
      const again = isAgain
      isAgain = false
      if (again) void revoke()
    })
    return running
  }

  return { revoke }
}
