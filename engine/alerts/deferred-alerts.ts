import type { Account } from '../account.ts'
import type { AlertParts } from './alert-parts.ts'
import { quietSummary, refusedAlert } from './alert-text.ts'
import { riseOf, withoutDeferred } from './ledger/alert-ledger.ts'

/** Sums up, once, what was deferred during a quiet time, after it has ended. */
export interface DeferredAlerts {
  onQuietMayBeOver(): void
  /** A forum has stopped accepting the account's key. */
  onRefused(account: Account): void
  forget(account: string): void
}

export const createDeferredAlerts = (parts: AlertParts): DeferredAlerts => {
  const { model, ledgers, queue, settings, pending, quietOf } = parts
  /**
   * Accounts that have to be signed in again, without an alert yet because it was quiet; the overview shows it anyway.
   */
  const refused = new Set<string>()

  const queueRefusedAlert = (id: string): void =>
    queue.add({
      account: id,
      alert: () => {
        const setting = settings.of(id)
        return setting && refusedAlert(setting)
      },
      take: (ledger) => ledger,
    })

  const queueSummary = (id: string): void =>
    queue.add({
      account: id,
      alert: () => {
        const account = model.account(id)
        const setting = settings.of(id)
        if (account === undefined || setting === undefined) return undefined
        const { deferred, hasMoreDeferred } = ledgers.of(account)
        const { counts } = account.cache
        const rise = counts && riseOf(ledgers.of(account), counts)
        const count = deferred.filter((item) => pending.isStillNew(account, item)).length + (rise?.total ?? 0)
        return count === 0 ? undefined : quietSummary(setting, count, hasMoreDeferred)
      },
      take: (ledger) => withoutDeferred(ledger, model.account(id)?.cache.counts ?? null),
    })

  return {
    onQuietMayBeOver: () => {
      for (const account of model.accounts()) {
        const { id } = account
        if (quietOf(id).isQuiet) continue
        if (refused.delete(id)) queueRefusedAlert(id)
        const { deferred, isRiseDeferred } = ledgers.of(account)
        if (deferred.length > 0 || isRiseDeferred) queueSummary(id)
      }
    },
    onRefused: ({ id }) => {
      if (quietOf(id).isQuiet) refused.add(id)
      else queueRefusedAlert(id)
    },
    forget: (account) => void refused.delete(account),
  }
}
