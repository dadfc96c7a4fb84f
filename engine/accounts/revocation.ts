import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { Vault } from '../storage/vault.ts'
import type { Sync } from '../sync/sync.ts'

/** Takes access back: on the forum first, and only then here (ARCHITECTURE.md, decision 8: what is pending survives a crash). */
export interface Revocation {
  /** Goes on with what was pending when the program ended. */
  start(): void
  /**
   * Asks the forum to revoke the account's key, then forgets the account. A key that the forum refuses already, or that
   * is gone from this computer, needs no asking. After any other failure the account stays as `revoking`, its key is used
   * for nothing else, and the forum is asked again until it confirms.
   * Failures: `account_unknown`, those of the vault, those of the forum's answer.
   */
  revoke(account: string): Promise<Result<null>>
  /** Forgets the account here without the forum's word; its key there lives on until the user revokes it on the site. */
  forget(account: string): Promise<Result<null>>
  /** Asks again for the keys that no account uses any more; those that cannot be asked for now stay for later. */
  revokeRetired(): Promise<void>
}

/** What revocation is made with. */
export interface RevocationOptions {
  readonly model: Model
  readonly vault: Vault
  readonly clock: Clock
  readonly sync: Pick<Sync, 'keyedHttp' | 'openHttp' | 'silence' | 'drop'>
  /** The account is gone. */
  readonly onForgotten: (account: string) => void
}

/** Milliseconds to the first repetition; doubled with each one, up to the longest. */
const firstPause = 30_000
const longestPause = 30 * 60_000

export const createRevocation = ({ model, vault, clock, sync, onForgotten }: RevocationOptions): Revocation => {
  const asking = new Map<string, Promise<Result<null>>>()
  const waiting = new Map<string, { readonly failed: number; readonly cancel: () => void }>()

  const revokeOnForum = async (base: string, key: string, sender: Http): Promise<Result<null>> => {
    const revoked = await createForumClient(sender, base, key).revoke()
    return !revoked.ok && revoked.failure.code === 'access_refused' ? ok(null) : revoked
  }

  const ask = async (id: string): Promise<Result<null>> => {
    const account = model.account(id)
    if (account === undefined) return fail('account_unknown', { account: id })
    const secrets = vault.secrets()
    if (secrets === undefined) {
      const state = vault.state()
      return waitFor(id, state.kind === 'unavailable' ? state.failure : { code: 'keychain_locked' })
    }
    const key = secrets.keys[id]
    if (key === undefined) return forget(id)
    const revoked = await revokeOnForum(account.site.base, key, sync.keyedHttp(id))
    // Signed in anew while the forum was answering: the account has another key now.
    if (vault.secrets()?.keys[id] !== key) return ok(null)
    return revoked.ok ? forget(id) : waitFor(id, revoked.failure)
  }

  const waitFor = (id: string, failure: Failure): Result<null> => {
    const before = waiting.get(id)
    before?.cancel()
    const failed = (before?.failed ?? 0) + 1
    const asked = failure.code === 'rate_limited' ? failure.params?.['seconds'] : undefined
    const pause = typeof asked === 'number' ? asked * 1000 : Math.min(longestPause, firstPause * 2 ** (failed - 1))
    model.changeAccount(id, (now) => ({ ...now, state: { kind: 'revoking', failure } }))
    const cancel = clock.after(pause, () => {
      // Signed in anew or forgotten meanwhile: then nothing is to be revoked any more.
      if (model.account(id)?.revoking === true) void revoke(id)
    })
    waiting.set(id, { failed, cancel })
    return { ok: false, failure }
  }

  const forget = async (id: string): Promise<Result<null>> => {
    if (model.account(id) === undefined) return fail('account_unknown', { account: id })
    const forgotten = await vault.change((now) => withoutKey(now, id))
    sync.drop(id)
    onForgotten(id)
    waiting.get(id)?.cancel()
    waiting.delete(id)
    model.removeAccount(id)
    model.save()
    // A keychain that keeps what it was told to drop keeps a key that no account uses any more.
    return forgotten.ok ? forgotten : ok(null)
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
    revokeRetired: async () => {
      for (const { base, key } of vault.secrets()?.retired ?? []) {
        const revoked = await revokeOnForum(base, key, sync.openHttp)
        if (!revoked.ok) continue
        await vault.change((secrets) => ({ ...secrets, retired: secrets.retired.filter((entry) => entry.key !== key) }))
      }
    },
  }
}

const withoutKey = (secrets: Secrets, id: string): Secrets => {
  const { [id]: _, ...keys } = secrets.keys
  return { ...secrets, keys }
}
