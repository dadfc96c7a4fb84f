import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Account } from '../account.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Model } from '../model.ts'
import type { Vault } from '../storage/vault.ts'
import { markItems } from '../sync/merge-items.ts'
import type { Sync } from '../sync/sync.ts'

/** Marks notifications as read on the forum. Shown at once, and undone if the forum does not confirm it. */
export interface MarkRead {
  /** Whether the forum could be asked at all. Failures: `account_unknown`, those of the vault. */
  mayMark(account: string): Result<null>
  /**
   * One notification.
   * Failures: `account_unknown`, `notification_unknown`, those of the vault, those of the forum's answer (`read_only`).
   */
  one(account: string, notification: number): Promise<Result<null>>
  /** All of an account's. Failures: as for one. */
  all(account: string): Promise<Result<null>>
}

export interface MarkReadOptions {
  readonly model: Model
  readonly vault: Vault
  readonly sync: Pick<Sync, 'keyedHttp' | 'onMarkedRead'>
}

export const createMarkRead = ({ model, vault, sync }: MarkReadOptions): MarkRead => {
  const access = (id: string): Result<{ readonly account: Account; readonly key: string }> => {
    const account = model.account(id)
    if (account === undefined) return fail('account_unknown', { account: id })
    const secrets = vault.secrets()
    const key = secrets?.keys[id]
    if (secrets === undefined) return fail('keychain_locked')
    if (key === undefined || account.revoking) return fail('key_missing', { host: account.site.host })
    return ok({ account, key })
  }

  const mark = async (id: string, which: number | 'all'): Promise<Result<null>> => {
    const allowed = access(id)
    if (!allowed.ok) return allowed
    const { account, key } = allowed.value
    const { site, cache } = account
    const before = [...(cache.items ?? []), ...(account.older?.items ?? [])]
    if (which !== 'all' && !before.some((item) => item.id === which)) return fail('notification_unknown')
    const changed = before.filter((item) => !item.read && (which === 'all' || item.id === which))
    setItems(id, (items) => markItems(items, which, true))
    const client = createForumClient(sync.keyedHttp(id), site.base, key)
    const marked = which === 'all' ? await client.markAllRead() : await client.markRead(which)
    if (!marked.ok) {
      const unread = new Set(changed.map((item) => item.id))
      setItems(id, (items) => items.map((item) => (unread.has(item.id) && item.read ? { ...item, read: false } : item)))
      return marked
    }
    // Counts come from the forum only; until it answers, the old ones stand.
    sync.onMarkedRead(
      id,
      changed.map((item) => item.id),
    )
    return ok(null)
  }

  const setItems = (id: string, change: (items: readonly NotificationItem[]) => readonly NotificationItem[]): void =>
    model.changeAccount(id, (account) => ({
      ...account,
      cache: { ...account.cache, items: account.cache.items && change(account.cache.items) },
      ...(account.older === undefined ? {} : { older: { ...account.older, items: change(account.older.items) } }),
    }))

  const mayMark = (id: string): Result<null> => {
    const allowed = access(id)
    return allowed.ok ? ok(null) : allowed
  }

  return { mayMark, one: mark, all: (id) => mark(id, 'all') }
}
