import * as v from 'valibot'
import type { Clock } from '../ports/clock.ts'
import { type AccountCache, accountCacheSchema, emptyCache } from './account-cache.ts'
import type { StateFiles } from './state-files.ts'
import { isInSite } from './stored-row.ts'

/** Stores each account's cache in its own state file. */
export interface AccountCaches {
  /**
   * The stored cache; an empty one for a new account, and in place of a damaged one.
   * @param base the account's site, which all rows are of
   */
  read(account: string, base: string): AccountCache
  /** The account's cache has changed. It is written soon, or much later if only its times have changed. */
  changed(account: string, before: AccountCache | undefined, after: AccountCache): void
  forget(account: string): void
  /** Writes pending changes now. */
  write(): void
}

/**
 * How long a write may be delayed, in milliseconds: for new data, and when only times have changed. Every account gets
 * new times every few minutes, and after a restart the first response replaces the saved ones anyway.
 */
const soon = 2000
const late = 60 * 60_000

export const createAccountCaches = (clock: Clock, files: StateFiles): AccountCaches => {
  /**
   * Pending writes and their due times, per account: new data of one account must not flush the mere times of another.
   */
  const waiting = new Map<string, { readonly cache: AccountCache; readonly at: number }>()
  let timer: { readonly at: number; readonly cancel: () => void } | undefined

  const writeWhere = (isMeant: (at: number) => boolean): void => {
    timer?.cancel()
    timer = undefined
    for (const [id, { cache, at }] of waiting) {
      if (!isMeant(at)) continue
      files.write(fileName(id), cache, { isDurable: false })
      waiting.delete(id)
    }
    if (waiting.size > 0) wake(Math.min(...[...waiting.values()].map(({ at }) => at)))
  }

  const wake = (at: number): void => {
    if (timer !== undefined && timer.at <= at) return
    timer?.cancel()
    // Setting the clock back must not delay a write any further.
    const delay = Math.min(late, Math.max(0, at - clock.now()))
    timer = { at, cancel: clock.after(delay, () => writeWhere((due) => due <= Math.max(at, clock.now()))) }
  }

  return {
    read: (id, base) => {
      const parsed = v.safeParse(accountCacheSchema, files.read(fileName(id)))
      const isWhole = parsed.success && (parsed.output.items ?? []).every(({ url }) => isInSite(base, url))
      return isWhole ? parsed.output : emptyCache()
    },
    changed: (id, before, after) => {
      if (before === after) return
      const due = clock.now() + (before !== undefined && differsInTimesOnly(before, after) ? late : soon)
      const at = Math.min(due, waiting.get(id)?.at ?? due)
      waiting.set(id, { cache: after, at })
      wake(at)
    },
    forget: (id) => {
      waiting.delete(id)
      files.remove(fileName(id))
    },
    write: () => writeWhere(() => true),
  }
}

const fileName = (account: string): string => `account-${account}`

const differsInTimesOnly = (before: AccountCache, after: AccountCache): boolean => {
  const { checkedAt: _, lastUsedAt: __, listedAt: ___, ...old } = before
  return Object.entries(old).every(([name, value]) => Reflect.get(after, name) === value)
}
