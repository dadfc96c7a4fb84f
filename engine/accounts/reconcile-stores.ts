import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import { shownHost } from '../discourse/address.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import { emptyCache } from '../storage/account-cache.ts'
import { type KeyOwner, type Secrets, withoutAccount, withoutAttempt } from '../storage/secrets.ts'
import type { Vault } from '../storage/vault.ts'

/**
 * Keeps settings and vault consistent. An account is in one, its key in the other, and no write covers both; what a
 * crash or a refusing keychain leaves half done is found here and finished, or undone.
 */
export interface StoreReconciliation {
  /**
   * Compares the two; called whenever the vault has been opened. An account that only the vault knows is restored; keys
   * of removed accounts are deleted, and so are secrets of attempts that are gone.
   */
  run(): Promise<void>
  /** Deletes the keys of removed accounts. Failure: `keychain_keeps_secret`; then a notice says so, and it is retried. */
  dropRemoved(): Promise<Result<null>>
  /** Deletes the secrets of an attempt that has ended. Failure: as above. */
  dropAttempt(attempt: string): Promise<Result<null>>
}

export interface StoreReconciliationOptions {
  readonly model: Model
  readonly vault: Vault
  readonly clock: Clock
  /** An account has been restored; what is not in the vault, such as the forum's title, has to be fetched. */
  readonly onRestored: (account: string) => void
  /** A key that had arrived for an attempt was retired. */
  readonly onRetired: () => void
}

/** Milliseconds between two tries to delete what the keychain would not delete. */
const retryPause = 60_000

export const createStoreReconciliation = (options: StoreReconciliationOptions): StoreReconciliation => {
  const { model, vault, clock, onRestored, onRetired } = options
  const endedAttempts = new Set<string>()
  let cancelRetry: (() => void) | undefined
  let notice: string | undefined

  /** Deletes what is due. The vault's secrets are read inside the change, when nothing else can change them. */
  const drop = async (): Promise<Result<null>> => {
    cancelRetry?.()
    cancelRetry = undefined
    const removed = model.removedAccounts()
    const ended = [...endedAttempts]
    if (removed.length + ended.length === 0) return ok(null)
    const retired = vault.secrets()?.retired.length ?? 0
    const changed = await vault.change((secrets) =>
      ended.reduce(withoutAttempt, removed.reduce(withoutAccount, secrets)),
    )
    if ((vault.secrets()?.retired.length ?? 0) > retired) onRetired()
    if (!changed.ok) {
      cancelRetry = clock.after(retryPause, () => void drop())
      notice = model.addNotice({ code: 'keychain_keeps_secret' })
      return fail('keychain_keeps_secret')
    }
    for (const id of ended) endedAttempts.delete(id)
    // In memory there was nothing to delete; the keychain, which is not available, may still hold it.
    if (vault.state().kind === 'keychain' && removed.length > 0) {
      model.forgetRemoved(removed)
      model.save()
    }
    if (notice !== undefined) model.removeNotice(notice)
    notice = undefined
    return ok(null)
  }

  /**
   * Restores accounts whose keys are in the vault and that the settings do not know: lost in a crash, or with the
   * settings.
   */
  const restore = (secrets: Secrets): void => {
    const lost = Object.keys(secrets.keys).filter(
      (id) => model.account(id) === undefined && !model.removedAccounts().includes(id),
    )
    const restored = lost.flatMap((id) => {
      const owner = secrets.owners[id]
      return owner === undefined ? [] : [restoredAccount(id, owner)]
    })
    for (const account of restored) model.putAccount(account)
    if (restored.length > 0) {
      model.save()
      model.addNotice({ code: 'accounts_restored', params: { count: restored.length } })
      for (const { id } of restored) onRestored(id)
    }
    // Stored by an earlier version that did not record the owner, so it is unknown which forum to ask.
    const unknown = lost.length - restored.length
    if (unknown > 0) model.addNotice({ code: 'keys_without_account', params: { count: unknown } })
  }

  /** Records the owners of keys, and removes what belongs to attempts that no longer exist. */
  const tidy = async (before: Secrets): Promise<void> => {
    const isOver = (id: string) => model.attempt(id) === undefined
    const tidied = (secrets: Secrets): Secrets => {
      const orphans = [secrets.nonces, secrets.grants, secrets.received].flatMap(Object.keys).filter(isOver)
      const owners = { ...secrets.owners }
      for (const account of model.accounts()) {
        if (secrets.keys[account.id] !== undefined && owners[account.id] === undefined)
          owners[account.id] = ownerOf(account)
      }
      return [...new Set(orphans)].reduce(withoutAttempt, { ...secrets, owners })
    }
    const after = tidied(before)
    // Most starts find nothing to do, and some keychains ask their owner at every write.
    if (JSON.stringify(after) === JSON.stringify(before)) return
    const changed = await vault.change(tidied)
    if (changed.ok && after.retired.length > before.retired.length) onRetired()
  }

  return {
    run: async () => {
      await drop()
      const secrets = vault.secrets()
      if (secrets === undefined) return
      restore(secrets)
      await tidy(secrets)
    },
    dropRemoved: drop,
    dropAttempt: (id) => {
      endedAttempts.add(id)
      return drop()
    },
  }
}

/** What the vault keeps about an account besides its key. */
export const ownerOf = ({ site, ...account }: Account): KeyOwner => ({
  base: site.base,
  username: account.username,
  userId: account.userId,
  clientId: account.clientId,
  scopes: [...account.scopes],
  apiVersion: account.apiVersion,
  approvedAt: account.approvedAt,
  expiresAt: account.expiresAt,
})

const restoredAccount = (id: string, { base, ...owner }: KeyOwner): Account => {
  const host = shownHost(base)
  return {
    ...owner,
    id,
    site: { base, host, title: host, color: null },
    refused: false,
    revoking: false,
    cache: emptyCache(),
    state: { kind: 'new' },
    isLive: false,
  }
}
