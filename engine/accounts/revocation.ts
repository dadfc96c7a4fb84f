import { fail, ok, type Result } from '../../common/failure.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { Vault } from '../storage/vault.ts'
import type { Poller } from '../sync/poller.ts'

/** Takes access back: on the forum first, and only then here. */
export interface Revocation {
  /**
   * Asks the forum to revoke the account's key, then forgets the account. A key that the forum refuses already, or that
   * is gone from this computer, needs no asking. After any other failure everything is as before.
   * Failures: `account_unknown`, those of the vault, those of the forum's answer.
   */
  revoke(account: string): Promise<Result<null>>
  /** Asks again for the keys that newer ones have replaced; those that cannot be asked for now stay for later. */
  revokeRetired(): Promise<void>
}

/** What revocation is made with. */
export interface RevocationOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly poller: Poller
}

export const createRevocation = ({ model, vault, http, poller }: RevocationOptions): Revocation => {
  const revokeOnForum = async (base: string, key: string, sender: Http): Promise<Result<null>> => {
    const revoked = await createForumClient(sender, base, key).revoke()
    return !revoked.ok && revoked.failure.code === 'access_refused' ? ok(null) : revoked
  }

  return {
    revoke: async (id) => {
      const account = model.account(id)
      if (account === undefined) return fail('account_unknown', { account: id })
      const secrets = vault.secrets()
      if (secrets === undefined) {
        const state = vault.state()
        return { ok: false, failure: state.kind === 'unavailable' ? state.failure : { code: 'keychain_locked' } }
      }
      if (account.state.kind === 'revoking') return ok(null)
      const key = secrets.keys[id]
      if (key !== undefined) {
        model.changeAccount(id, (now) => ({ ...now, state: { kind: 'revoking' } }))
        const revoked = await revokeOnForum(account.site.base, key, poller.keyedHttp(id))
        if (!revoked.ok) {
          model.changeAccount(id, (now) => ({ ...now, state: account.state }))
          void poller.refresh(id)
          return revoked
        }
      }
      const forgotten = await vault.change((now) => withoutKey(now, id))
      // The forum has revoked the key, so what a stubborn keychain still holds of it is worthless.
      poller.drop(id)
      model.removeAccount(id)
      model.save()
      return forgotten.ok ? forgotten : ok(null)
    },
    revokeRetired: async () => {
      for (const { base, key } of vault.secrets()?.retired ?? []) {
        const revoked = await revokeOnForum(base, key, http)
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
