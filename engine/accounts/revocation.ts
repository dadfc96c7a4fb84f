import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'
import type { Sync } from '../sync/sync.ts'
import type { StoreReconciliation } from './reconcile-stores.ts'
import { revokeKey } from './revoke-key.ts'

/**
 * Revokes access: on the forum first, and only then here (ARCHITECTURE.md, decision 8: what is pending survives a
 * crash).
 */
export interface Revocation {
  /** Resumes pending revocations, from the last run or since the keychain was locked. */
  start(): void
  /**
   * Has the forum revoke the account's key, then forgets the account. Until the forum confirms, the account stays as
   * `revoking`, its key is used for nothing else, and the forum is asked again automatically.
   * Failures: `account_unknown`; those of the vault; `revoke_without_key`, which only the user can finish, on the forum
   * or by signing in again; those of `revokeKey`; `keychain_keeps_secret`, when the access is gone and the key is still
   * stored.
   */
  revoke(account: string): Promise<Result<null>>
  /**
   * Forgets the account without the forum's confirmation; its key stays valid there until the user revokes it on the
   * forum.
   * Failures: `account_unknown`, `keychain_keeps_secret`.
   */
  forget(account: string): Promise<Result<null>>
}

export interface RevocationOptions {
  readonly model: Model
  readonly vault: Vault
  readonly clock: Clock
  readonly sync: Pick<Sync, 'keyedHttp' | 'silence' | 'drop'>
  readonly stores: Pick<StoreReconciliation, 'dropRemoved'>
  /** The account is gone. */
  readonly onForgotten: (account: string) => void
}

/** Milliseconds until the first retry; doubled with each one, up to the longest. */
const firstPause = 30_000
const longestPause = 30 * 60_000

export const createRevocation = (options: RevocationOptions): Revocation => {
  const { model, vault, clock, sync, stores, onForgotten } = options
  const asking = new Map<string, Promise<Result<null>>>()
  const waiting = new Map<string, { readonly failed: number; readonly cancel: () => void }>()

  const ask = async (id: string): Promise<Result<null>> => {
    const account = model.account(id)
    if (account === undefined) return fail('account_unknown', { account: id })
    const secrets = vault.secrets()
    if (secrets === undefined) {
      const state = vault.state()
      return waitFor(id, state.kind === 'unavailable' ? state.failure : { code: 'keychain_locked' })
    }
    const key = secrets.keys[id]
    if (key === undefined) return keepPending(id, { code: 'revoke_without_key', params: { host: account.site.host } })
    const revoked = await revokeKey(sync.keyedHttp(id), account.site.base, key)
    // Signed in again while the forum was answering: the account has another key now.
    if (vault.secrets()?.keys[id] !== key) return ok(null)
    return revoked.ok ? forget(id) : waitFor(id, revoked.failure)
  }

  /** Keeps the account, with the reason why it is still there. */
  const keepPending = (id: string, failure: Failure): Result<null> => {
    model.changeAccount(id, (now) => ({ ...now, state: { kind: 'revoking', failure } }))
    return { ok: false, failure }
  }

  const waitFor = (id: string, failure: Failure): Result<null> => {
    const before = waiting.get(id)
    before?.cancel()
    const failed = (before?.failed ?? 0) + 1
    // Our own rate limit, for one, ends within seconds, even where the forum has just refused.
    const isTimed = failure.code === 'rate_limited' || failure.code === 'paced'
    const asked = isTimed ? failure.params?.['seconds'] : undefined
    const pause = typeof asked === 'number' ? asked * 1000 : Math.min(longestPause, firstPause * 2 ** (failed - 1))
    const cancel = clock.after(pause, () => {
      // Signed in again or forgotten meanwhile: then there is nothing left to revoke.
      if (model.account(id)?.revoking === true) void revoke(id)
    })
    waiting.set(id, { failed, cancel })
    return keepPending(id, failure)
  }

  const forget = async (id: string): Promise<Result<null>> => {
    if (model.account(id) === undefined) return fail('account_unknown', { account: id })
    sync.drop(id)
    onForgotten(id)
    waiting.get(id)?.cancel()
    waiting.delete(id)
    // The settings first: they record that the key has to go, in case the keychain refuses or the program ends.
    model.removeAccount(id)
    model.save()
    return await stores.dropRemoved()
  }

  const revoke = (id: string): Promise<Result<null>> => {
    const present = asking.get(id)
    if (present !== undefined) return present
    const isNew = model.account(id)?.revoking === false
    sync.silence(id)
    model.changeAccount(id, (now) => ({
      ...now,
      revoking: true,
      state: { kind: 'revoking', failure: null },
      isLive: false,
    }))
    // Written before the forum is asked, so that a crash in between cannot leave a key that nobody revokes.
    if (isNew) model.save()
    const answer = ask(id).finally(() => asking.delete(id))
    asking.set(id, answer)
    return answer
  }

  return {
    start: () => {
      for (const { id, revoking } of model.accounts()) if (revoking) void revoke(id)
    },
    revoke,
    forget,
  }
}
