import * as v from 'valibot'
import type { Clock } from '../ports/clock.ts'
import { type AccountCache, accountCacheSchema, emptyCache } from './account-cache.ts'
import type { StateFiles } from './state-files.ts'

/** Keeps each account's memory in a state file of its own. */
export interface AccountCaches {
  /** What the file holds, or the memory of a new account. */
  read(account: string): AccountCache
  /** The account has another memory now. It is written soon, or much later when only its times are new. */
  changed(account: string, before: AccountCache | undefined, after: AccountCache): void
  forget(account: string): void
  /** Writes now what waits. */
  write(): void
}

/** How long new numbers may wait to be written, and how long mere times of use, in milliseconds. */
const soon = 2000
const late = 5 * 60_000

export const createAccountCaches = (clock: Clock, files: StateFiles): AccountCaches => {
  const waiting = new Map<string, AccountCache>()
  let timer: { readonly at: number; readonly cancel: () => void } | undefined

  const write = (): void => {
    timer?.cancel()
    timer = undefined
    for (const [id, cache] of waiting) files.write(fileName(id), cache)
    waiting.clear()
  }

  return {
    read: (id) => {
      const parsed = v.safeParse(accountCacheSchema, files.read(fileName(id)))
      return parsed.success ? parsed.output : emptyCache()
    },
    changed: (id, before, after) => {
      if (before === after) return
      waiting.set(id, after)
      const at = clock.now() + (before !== undefined && differsInTimesOnly(before, after) ? late : soon)
      if (timer !== undefined && timer.at <= at) return
      timer?.cancel()
      timer = { at, cancel: clock.after(at - clock.now(), write) }
    },
    forget: (id) => {
      waiting.delete(id)
      files.remove(fileName(id))
    },
    write,
  }
}

const fileName = (account: string): string => `account-${account}`

const differsInTimesOnly = (before: AccountCache, after: AccountCache): boolean => {
  const { checkedAt: _, lastUsedAt: __, listedAt: ___, ...old } = before
  return Object.entries(old).every(([name, value]) => Reflect.get(after, name) === value)
}
