import type { NotificationItem } from '../../common/contract/notification.ts'
import { accountPreferences } from '../../common/preferences/preferences.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import { type AlertLedger, wasShown, withDeferred, withoutPending, withShown } from './ledger/alert-ledger.ts'
import type { AlertLedgers } from './ledger/alert-ledgers.ts'
import type { QuietWatch } from './quiet/quiet-watch.ts'
import { isMessage, isWanted } from './rules/level.ts'
import { isFrom } from './rules/rules.ts'

/** Pending news of an account that leads to alerts now. */
export interface ChosenNews {
  readonly account: string
  readonly items: readonly NotificationItem[]
  /** Whether none of the news was left out. */
  readonly isWhole: boolean
}

export interface NewsChooserOptions {
  readonly model: Pick<Model, 'account' | 'accounts' | 'preferences'>
  readonly clock: Clock
  readonly ledgers: AlertLedgers
  readonly quietOf: QuietWatch['of']
  /** Whether a row is still there and unread, as far as is known. */
  readonly isStillNew: (account: Account, item: NotificationItem) => boolean
}

/**
 * Makes the function that chooses which of an account's pending news leads to alerts now. It drops what was read
 * meanwhile, is below the user's level, or was shown for another account of the site, and defers what comes while it is
 * quiet.
 * @returns what is left of `ids`, which are part of the account's pending news
 */
export const createNewsChooser =
  ({ model, clock, ledgers, quietOf, isStillNew }: NewsChooserOptions) =>
  (account: Account, ids: ReadonlySet<number>, isCut: boolean): ChosenNews => {
    const preferences = model.preferences()
    const own = accountPreferences(preferences, account.id)
    const before = ledgers.of(account)
    const news = before.pending.filter(({ id }) => ids.has(id))
    const others = model
      .accounts()
      .filter(({ id, site }) => id !== account.id && site.base === account.site.base)
      .map((other) => ledgers.of(other))
    const now = clock.now()
    const wanted = news.filter(
      (item) =>
        isStillNew(account, item) &&
        isWanted(item, own, preferences.alerts) &&
        !others.some((other) => wasShown(other, item, now)),
    )
    const { isQuiet } = quietOf(account.id)
    const { exceptHighPriority, exceptPeople } = preferences.quiet
    const mayPass = (item: NotificationItem): boolean =>
      (exceptHighPriority && item.highPriority) || (isMessage(item.kind) && isFrom(item, exceptPeople))
    const deferred = isQuiet ? wanted.filter((item) => !mayPass(item)) : []
    const items = wanted.filter((item) => !deferred.includes(item))
    const dropped = idsOf(news.filter((item) => !wanted.includes(item)))
    let after: AlertLedger = withShown(withoutPending(before, dropped), wanted, now)
    if (deferred.length > 0) after = withDeferred(after, idsOf(deferred), isCut)
    if (news.length > 0) ledgers.set(account.id, after)
    return { account: account.id, items, isWhole: items.length === news.length }
  }

const idsOf = (items: readonly NotificationItem[]): ReadonlySet<number> => new Set(items.map(({ id }) => id))
