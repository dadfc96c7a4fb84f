import type { Failure } from '../../common/contract/failure.ts'
import type { AccountState } from '../../common/contract/snapshot.ts'

/** The failures that speak of this computer's network rather than of the forum. */
const networkCodes: ReadonlySet<Failure['code']> = new Set(['dns_failed', 'offline', 'proxy_failed', 'network_login'])

/** The state of an account whose forum could not be asked: whose trouble it is, and since when. */
export const troubled = (state: AccountState, failure: Failure, now: number): AccountState => {
  const kind = networkCodes.has(failure.code)
    ? 'offline'
    : failure.code === 'site_maintenance'
      ? 'maintenance'
      : 'stale'
  const since = 'since' in state ? state.since : now
  return { kind, since, failure }
}
