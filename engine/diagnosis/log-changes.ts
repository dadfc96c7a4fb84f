import type { AccountState, AttemptView, Snapshot } from '../../common/contract/snapshot.ts'
import { failureParams, type Log, type LogParams } from '../ports/log.ts'

/**
 * Makes the function that logs, for each new snapshot, what has happened since the previous one; see `Log` for what is
 * left out.
 */
export const createLogChanges = (log: Log, first: Snapshot): ((snapshot: Snapshot) => void) => {
  let before = first

  const noteAccounts = (after: Snapshot): void => {
    const known = new Map(before.accounts.map((account) => [account.id, account]))
    for (const account of after.accounts) {
      const old = known.get(account.id)
      known.delete(account.id)
      if (old === account) continue
      const params = stateParams(account.state)
      if (old !== undefined && same(params, stateParams(old.state))) continue
      log(troubles.has(account.state.kind) ? 'warn' : 'info', 'account', { host: account.site.host, ...params })
    }
    for (const { site } of known.values()) log('info', 'account gone', { host: site.host })
  }

  const noteAttempts = (after: Snapshot): void => {
    const known = new Map(before.attempts.map((attempt) => [attempt.id, attempt]))
    for (const attempt of after.attempts) {
      const old = known.get(attempt.id)
      known.delete(attempt.id)
      if (old === attempt) continue
      const { host } = attempt.site
      if (old === undefined) log('info', 'sign-in began', { host, method: attempt.method })
      const params = attemptParams(attempt)
      if (params !== undefined && !same(params, old && attemptParams(old))) log('info', 'sign-in', { host, ...params })
    }
    for (const { site, state } of known.values()) {
      if (state.kind === 'waiting') log('info', 'sign-in', { host: site.host, state: 'dismissed' })
    }
  }

  return (after) => {
    if (after.accounts !== before.accounts) noteAccounts(after)
    if (after.attempts !== before.attempts) noteAttempts(after)
    const { vault, notices, quiet } = after
    if (vault.kind !== before.vault.kind) {
      const failed = vault.kind === 'unavailable'
      log(failed ? 'warn' : 'info', 'vault', { state: vault.kind, ...(failed ? failureParams(vault.failure) : {}) })
    }
    for (const { id, failure } of notices) {
      if (!before.notices.some((notice) => notice.id === id)) log('warn', 'notice', failureParams(failure))
    }
    if (quiet.reason !== before.quiet.reason) log('info', 'quiet', { reason: quiet.reason })
    before = after
  }
}

const troubles: ReadonlySet<AccountState['kind']> = new Set([
  'stale',
  'offline',
  'maintenance',
  'limited',
  'needsSignIn',
])

const stateParams = (state: AccountState): LogParams => ({
  state: state.kind,
  ...('failure' in state && state.failure !== null ? failureParams(state.failure) : {}),
})

/** undefined while there is nothing to log. */
const attemptParams = ({ state }: AttemptView): LogParams | undefined => {
  if (state.kind === 'checking') return undefined
  if (state.kind !== 'waiting') return { state: state.kind }
  return state.failure === null ? undefined : { state: state.kind, ...failureParams(state.failure) }
}

const same = (one: LogParams, other: LogParams | undefined): boolean => JSON.stringify(one) === JSON.stringify(other)
