import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account, OlderRows } from '../account.ts'
import { createForumClient, type NotificationHistory } from '../discourse/forum-client.ts'
import type { Model } from '../model.ts'
import type { Vault } from '../storage/vault.ts'
import { mostOlder } from '../sync/merge-items.ts'
import type { Sync } from '../sync/sync.ts'

/** Loads older notification rows than those in the list that is read regularly. They are never news. */
export interface OlderRowsLoader {
  /**
   * Loads the next page. While one is being loaded, waits for that instead.
   * Failures: `account_unknown`, `keychain_locked`, `key_missing`, those of the forum's answer.
   */
  load(account: string): Promise<Result<{ readonly hasMore: boolean }>>
}

export interface OlderRowsOptions {
  readonly model: Pick<Model, 'account' | 'changeAccount'>
  readonly vault: Pick<Vault, 'secrets'>
  readonly sync: Pick<Sync, 'keyedHttp'>
}

const pageSize = 50
/** Rows that have come or gone since shift the pages, so each begins a little above the end of the previous one. */
const overlap = 10
/** The most pages that are requested in a row while none has a visible row. */
const mostEmptyPages = 3

export const createOlderRows = ({ model, vault, sync }: OlderRowsOptions): OlderRowsLoader => {
  const loading = new Map<string, Promise<Result<{ readonly hasMore: boolean }>>>()

  const load = async (id: string): Promise<Result<{ readonly hasMore: boolean }>> => {
    for (let page = 0; page < mostEmptyPages; page++) {
      const account = model.account(id)
      if (account === undefined) return fail('account_unknown', { account: id })
      const secrets = vault.secrets()
      const key = secrets?.keys[id]
      const { base, host } = account.site
      if (secrets === undefined) return fail('keychain_locked')
      if (key === undefined || account.revoking) return fail('key_missing', { host })
      const { offset, hasMore } = account.older ?? { offset: newestByDate(account), hasMore: true }
      if (!hasMore) return ok({ hasMore })
      const from = Math.max(0, offset - overlap)
      const client = createForumClient(sync.keyedHttp(id), base, key)
      const answer = await client.history(account.username, from, pageSize)
      if (!answer.ok) return answer
      const before = rowsOf(model.account(id))
      model.changeAccount(id, (now) => ({ ...now, older: withPage(now, answer.value, from) }))
      const after = model.account(id)
      if (rowsOf(after) > before || after?.older?.hasMore !== true)
        return ok({ hasMore: after?.older?.hasMore === true })
    }
    return ok({ hasMore: true })
  }

  return {
    load: (id) => {
      const underWay = loading.get(id) ?? load(id).finally(() => loading.delete(id))
      loading.set(id, underWay)
      return underWay
    },
  }
}

const rowsOf = (account: Account | undefined): number =>
  (account?.cache.items?.length ?? 0) + (account?.older?.items.length ?? 0)

/** How many rows of the list are the newest by date: the list begins with unread ones, however old (protocol.md 5.3). */
const newestByDate = ({ cache }: Account): number => {
  const items = cache.items ?? []
  const read = items.filter((item) => item.read).map(({ createdAt }) => createdAt)
  if (read.length === 0) return items.some(({ highPriority }) => highPriority) ? 0 : items.length
  const oldestRead = Math.min(...read)
  return items.filter(({ createdAt }) => createdAt >= oldestRead).length
}

const withPage = (account: Account, page: NotificationHistory, from: number): OlderRows => {
  const known = account.older?.items ?? []
  const listed = new Set((account.cache.items ?? []).map(({ id }) => id))
  const rows = new Map([...known, ...page.items].map((item) => [item.id, item]))
  const items = [...rows.values()]
    .filter(({ id }) => !listed.has(id))
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, mostOlder)
  // Hidden rows count as well, and old forums send more than was requested.
  const given = page.items.length + page.skipped
  const offset = from + Math.max(pageSize, given)
  const isLast = page.total === null ? given === 0 : offset >= page.total
  return { items, offset, hasMore: !isLast && items.length < mostOlder }
}
