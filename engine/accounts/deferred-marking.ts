import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account, Marking } from '../account.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { MarkRead } from './mark-read.ts'

/** Rows of one account to be marked as read. */
export interface RowsToMark {
  readonly account: string
  /** Left out for everything that is new on the account now. */
  readonly notifications?: readonly number[] | undefined
}

/**
 * Marks many notifications as read with a way back. No forum lets an app make a row unread again, so the rows are shown as
 * read at once and the forum is asked a little later; until then `undo` only stops showing them so. Nothing of it is
 * written: after a crash in between, the rows are unread as before.
 */
export interface DeferredMarking {
  /**
   * Shows the rows as read.
   * Accounts whose forum cannot be asked at all are left out; if that is every one, it fails with the reason.
   * @returns the id for the other functions. Failures: `account_unknown`, those of the vault
   */
  begin(rows: readonly RowsToMark[]): Result<{ readonly marking: string }>
  /** Waits as long again from now on: the user is still deciding. Failure: `marking_sent` */
  keep(marking: string): Result<null>
  /** Shows the rows as they were. Failure: `marking_sent` */
  undo(marking: string): Result<null>
  /**
   * Asks the forums now; does nothing where that has begun. What a forum refuses is unread again, and a notice says why.
   */
  send(marking: string): Promise<void>
  /** Whether the forums are still to be asked about something. */
  isWaiting(): boolean
  /** Asks the forums about everything that waits. */
  sendAll(): Promise<void>
}

export interface DeferredMarkingOptions {
  readonly model: Pick<Model, 'account' | 'batch' | 'changeAccount' | 'addNotice'>
  readonly clock: Clock
  readonly markRead: MarkRead
}

/** How long a user has for second thoughts, in milliseconds; longer than the page offers it, so that it is still true. */
const waitsFor = 12_000

/** How long a confirmed marking hides the counts from before it, in milliseconds, if the forum does not send new ones. */
const countsMayTake = 10_000

/** Nobody has to be told: the account is gone or says itself what it needs, or the program is ending. */
const needsNoNotice: readonly Failure['code'][] = ['account_unknown', 'key_missing', 'cancelled']

export const createDeferredMarking = ({ model, clock, markRead }: DeferredMarkingOptions): DeferredMarking => {
  const waiting = new Map<string, { readonly accounts: readonly string[]; readonly cancel: () => void }>()
  let last = 0

  const change = (account: string, marking: string, to: (marking: Marking) => Marking | null): void => {
    const markings = model.account(account)?.markings
    if (markings?.some(({ id }) => id === marking) !== true) return
    const left = markings.flatMap((each) => (each.id === marking ? (to(each) ?? []) : each))
    model.changeAccount(account, ({ markings: _, ...rest }) => (left.length === 0 ? rest : { ...rest, markings: left }))
  }
  const drop = (account: string, marking: string): void => change(account, marking, () => null)

  const sendOne = async (id: string, marking: string): Promise<Failure | undefined> => {
    const account = model.account(id)
    const which = account?.markings?.find((each) => each.id === marking)
    if (account === undefined || which === undefined) return undefined
    const sent = await askForum(markRead, account, which)
    if (!sent.ok) {
      drop(id, marking)
      return needsNoNotice.includes(sent.failure.code) ? undefined : sent.failure
    }
    // The forum's counts from before would be shown for a moment, until it has sent new ones.
    const checkedAt = model.account(id)?.cache.checkedAt ?? null
    change(id, marking, (each) => ({ ...each, confirmed: { checkedAt } }))
    clock.after(countsMayTake, () => drop(id, marking))
    return undefined
  }

  const send = async (marking: string): Promise<void> => {
    const found = waiting.get(marking)
    if (found === undefined) return
    waiting.delete(marking)
    found.cancel()
    const failures = await Promise.all(found.accounts.map((account) => sendOne(account, marking)))
    // One is enough: forums mostly fail for the same reason, and what is unread again is seen in the list.
    const first = failures.find((failure) => failure !== undefined)
    if (first !== undefined) model.addNotice(first)
  }

  const wait = (marking: string, accounts: readonly string[]): void => {
    waiting.get(marking)?.cancel()
    waiting.set(marking, { accounts, cancel: clock.after(waitsFor, () => void send(marking)) })
  }

  return {
    begin: (rows) => {
      const refused = rows.map(({ account }) => markRead.mayMark(account))
      const able = rows.filter((_, index) => refused[index]?.ok)
      if (able.length === 0) return refused.find((result) => !result.ok) ?? fail('account_unknown')
      last += 1
      const marking = `marking-${last}`
      model.batch(() => {
        for (const { account, notifications } of able) {
          model.changeAccount(account, (before) => {
            const ids = notifications ?? rowsOf(before).flatMap(({ id, read }) => (read ? [] : id))
            const made = {
              id: marking,
              notifications: new Set(ids),
              isWhole: notifications === undefined,
              confirmed: null,
            }
            return { ...before, markings: [...(before.markings ?? []), made] }
          })
        }
      })
      wait(
        marking,
        able.map(({ account }) => account),
      )
      return ok({ marking })
    },
    keep: (marking) => {
      const found = waiting.get(marking)
      if (found === undefined) return fail('marking_sent')
      wait(marking, found.accounts)
      return ok(null)
    },
    undo: (marking) => {
      const found = waiting.get(marking)
      if (found === undefined) return fail('marking_sent')
      waiting.delete(marking)
      found.cancel()
      model.batch(() => {
        for (const account of found.accounts) drop(account, marking)
      })
      return ok(null)
    },
    send,
    isWaiting: () => waiting.size > 0,
    sendAll: async () => {
      await Promise.all([...waiting.keys()].map(send))
    },
  }
}

/** The forum's “mark all” reaches what has arrived since, which nobody has seen; those rows are marked one by one then. */
const askForum = async (
  markRead: MarkRead,
  account: Account,
  { notifications, isWhole }: Marking,
): Promise<Result<null>> => {
  const unread = rowsOf(account).filter(({ read }) => !read)
  if (isWhole && unread.every(({ id }) => notifications.has(id))) return await markRead.all(account.id)
  for (const { id } of unread.filter((row) => notifications.has(row.id))) {
    const marked = await markRead.one(account.id, id)
    // A row that is gone needs no marking.
    if (!marked.ok && marked.failure.code !== 'notification_unknown') return marked
  }
  return ok(null)
}

const rowsOf = ({ cache, older }: Account) => [...(cache.items ?? []), ...(older?.items ?? [])]
