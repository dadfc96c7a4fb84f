import { fail, ok, type Result } from '../../../common/contract/failure.ts'
import type { SnoozeChoice } from '../../../common/contract/snooze-choice.ts'
import type { Account } from '../../account.ts'
import type { Model } from '../../model.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AlertLedgers } from '../ledger/alert-ledgers.ts'
import type { TimeZone } from '../quiet/local-time.ts'
import { nextDue, snoozeUntil, withDueRows, withoutSnoozed, withSnoozed } from './snoozed-rows.ts'

/** Puts single notifications off: they are neither counted nor shown until they come back as news. */
export interface Snoozes {
  /**
   * Puts off an unread row, also one that is put off already. Written before it is answered.
   * @returns when it comes back, in milliseconds since 1970. Failures: `account_unknown`, `notification_unknown`,
   * `notification_read`
   */
  snooze(account: string, notification: number, choice: SnoozeChoice): Promise<Result<{ readonly until: number }>>
  /** Brings a row back at once, without an alert. Failures: `account_unknown`, `notification_unknown` where it is not put off. */
  end(account: string, notification: number): Promise<Result<null>>
  /** The account's ledger has changed. */
  onLedger(account: Account): void
}

export interface SnoozesOptions {
  readonly model: Pick<Model, 'account' | 'accounts' | 'changeAccount'>
  readonly clock: Clock
  readonly ledgers: AlertLedgers
  readonly timeZone: TimeZone
  /** Rows of the account are news again. What fell due before this run is pending when this is made, and is not told here. */
  readonly onDue: (account: Account) => void
}

/** Timers stand still while the machine sleeps, and clocks are changed: so it looks this often at least. In milliseconds. */
const longestWait = 60_000

export const createSnoozes = ({ model, clock, ledgers, timeZone, onDue }: SnoozesOptions): Snoozes => {
  let cancel: () => void = () => undefined

  /** Shows in the snapshot which rows of an account are put off. */
  const publish = (account: Account): void => {
    const { snoozed } = ledgers.of(account)
    const shown = snoozed.map(({ item, until }) => ({ notification: item.id, until }))
    if (isSame(account.snoozed ?? [], shown)) return
    model.changeAccount(account.id, (now) => ({ ...now, snoozed: shown }))
  }

  const wake = (): void => {
    cancel()
    const now = clock.now()
    const times = model.accounts().flatMap((account) => nextDue(ledgers.of(account), now) ?? [])
    if (times.length > 0) cancel = clock.after(Math.min(Math.min(...times) - now, longestWait), () => look(onDue))
  }

  const look = (onEach: (account: Account) => void): void => {
    for (const account of model.accounts()) {
      const before = ledgers.of(account)
      const after = withDueRows(before, clock.now())
      ledgers.set(account.id, after)
      publish(account)
      if (after !== before) onEach(account)
    }
    wake()
  }

  look(() => undefined)
  return {
    snooze: async (id, notification, choice) => {
      const account = model.account(id)
      if (account === undefined) return fail('account_unknown', { account: id })
      const rows = [...(account.cache.items ?? []), ...(account.older?.items ?? [])]
      const item = rows.find((row) => row.id === notification)
      if (item === undefined) return fail('notification_unknown')
      if (item.read) return fail('notification_read')
      const until = snoozeUntil(choice, clock.now(), timeZone)
      ledgers.set(id, withSnoozed(ledgers.of(account), item, until))
      publish(account)
      wake()
      await ledgers.write()
      return ok({ until })
    },
    end: async (id, notification) => {
      const account = model.account(id)
      if (account === undefined) return fail('account_unknown', { account: id })
      const before = ledgers.of(account)
      const after = withoutSnoozed(before, notification)
      if (after === before) return fail('notification_unknown')
      ledgers.set(id, after)
      publish(account)
      wake()
      await ledgers.write()
      return ok(null)
    },
    onLedger: publish,
  }
}

type Shown = NonNullable<Account['snoozed']>

const isSame = (before: Shown, after: Shown): boolean =>
  before.length === after.length &&
  before.every(({ notification, until }, index) => {
    const other = after[index]
    return notification === other?.notification && until === other.until
  })
