import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import { shownHost } from '../discourse/address.ts'
import { createForumClient, type Session } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { type InspectedSite, inspectSite } from '../discourse/inspect-site.ts'
import type { Model } from '../model.ts'
import type { Vault } from '../storage/vault.ts'
import { ownerOf } from './reconcile-stores.ts'

/** Moves accounts to the new address of their forum. */
export interface MoveAccount {
  /**
   * Moves an account, with its key, client id and preferences, to where its forum redirects visitors now. The key is
   * tried only at the host that the user has confirmed, and only over https unless it was sent without before.
   * @param host as `site_moved` named it; if the forum now redirects elsewhere, that is the failure instead
   * Failures: `account_unknown`, those of the vault, `move_not_needed`, `move_unanswered` when the old address does not say
   * where the forum is now, `move_refused` when the key is not this user's there,
   * `site_redirects` for another host, those of inspecting the site and of the forum's answer.
   */
  move(account: string, host: string): Promise<Result<null>>
}

export interface MoveAccountOptions {
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  readonly keyedHttp: (account: string) => Http
  /** The account is at its new address; `session` is null when there was no key to try. */
  readonly onMoved: (account: string, session: Session | null) => void
}

export const createMoveAccount = (options: MoveAccountOptions): MoveAccount => {
  const { model, vault, http, keyedHttp, onMoved } = options

  /** The site at the new address, which the user has to have confirmed. */
  const findNew = async ({ site }: Account, host: string): Promise<Result<InspectedSite>> => {
    // The old address itself says where it leads.
    const old = await inspectSite(http, site.base, true)
    if (old.ok) return old.value.site.base === site.base ? fail('move_not_needed', { host: site.host }) : old
    const address = old.failure.code === 'site_redirects' ? old.failure.params?.['address'] : undefined
    if (typeof address !== 'string') return fail('move_unanswered', { host: site.host })
    const isConfirmed = shownHost(new URL(address).origin) === host || shownHost(address) === host
    return isConfirmed ? await inspectSite(http, address, new URL(site.base).protocol === 'http:') : old
  }

  /** The key's owner at the new address; null when there is no key to try. */
  const ownerAt = async (account: Account, base: string): Promise<Result<Session | null>> => {
    const secrets = vault.secrets()
    if (secrets === undefined) return fail('keychain_locked')
    const key = secrets.keys[account.id]
    // If the key is refused or gone, the user signs in again at the new address.
    if (key === undefined || account.refused) return ok(null)
    const session = await createForumClient(keyedHttp(account.id), base, key).session()
    const { userId, username } = account
    const isSame =
      session.ok && (userId === null ? session.value.username === username : session.value.userId === userId)
    if (isSame || (!session.ok && session.failure.code !== 'access_refused')) return session
    return fail('move_refused', { host: shownHost(base), username })
  }

  return {
    move: async (id, host) => {
      const account = model.account(id)
      if (account === undefined) return fail('account_unknown', { account: id })
      const found = await findNew(account, host)
      if (!found.ok) return found
      const { site, apiVersion } = found.value
      const owner = await ownerAt(account, site.base)
      if (!owner.ok) return owner
      const moved = (now: Account): Account => ({
        ...now,
        site,
        apiVersion,
        username: owner.value?.username ?? now.username,
      })
      // The vault first: an account that is restored from it must not go back to the old address.
      const stored = await vault.change((secrets) => ({
        ...secrets,
        owners: secrets.keys[id] === undefined ? secrets.owners : { ...secrets.owners, [id]: ownerOf(moved(account)) },
      }))
      if (!stored.ok) return stored
      model.changeAccount(id, moved)
      model.save()
      onMoved(id, owner.value)
      return ok(null)
    },
  }
}
