import * as v from 'valibot'
import type { Account } from '../../account.ts'
import type { Model } from '../../model.ts'
import type { Clock } from '../../ports/clock.ts'
import type { StateFiles } from '../../storage/state-files.ts'
import { type AlertLedger, alertLedgerSchema, emptyLedger } from './alert-ledger.ts'
import { readEarlierLedger } from './earlier-ledger.ts'

/** The alert ledgers of all accounts, each in a state file of its own. */
export interface AlertLedgers {
  of(account: Account): AlertLedger
  /**
   * Begins the ledger of an account, unless there is one.
   * @param since in milliseconds since 1970: what was there by then is not news
   */
  begin(account: Account, since: number): void
  /** Replaces an account's ledger; it is written soon. */
  set(account: string, ledger: AlertLedger): void
  /** Writes pending changes now. A failure becomes a notice, until a later try succeeds. */
  write(): Promise<void>
  /** The account is gone. */
  forget(account: string): void
}

export interface AlertLedgersOptions {
  readonly model: Pick<Model, 'addNotice' | 'removeNotice'>
  readonly files: StateFiles
  readonly clock: Clock
}

/** How long an unimportant change may wait to be written, in milliseconds. */
const writeDelay = 2000
/** After how long a failed write is tried again, in milliseconds: a full disk may have room again. */
const writeAgain = 15_000
/** An account without a ledger was just added if it is younger than this; otherwise its file is lost. In milliseconds. */
const newAccount = 5 * 60_000

export const createAlertLedgers = ({ model, files, clock }: AlertLedgersOptions): AlertLedgers => {
  const ledgers = new Map<string, AlertLedger>()
  const unwritten = new Set<string>()
  let cancelWrite: (() => void) | undefined
  /** That of the first write that failed, until one succeeds. */
  let notice: string | undefined

  const read = (account: Account): AlertLedger | undefined => {
    const parsed = v.safeParse(alertLedgerSchema, files.read(fileName(account.id)))
    return parsed.success ? parsed.output : readEarlierLedger(files, account)
  }

  const keep = (account: Account, since: number): AlertLedger => {
    const existing = ledgers.get(account.id)
    if (existing !== undefined) return existing
    const ledger = read(account) ?? emptyLedger(since)
    // Written although nothing has changed, so that the time the account was added is determined only once.
    set(account.id, ledger)
    return ledger
  }

  const set = (account: string, ledger: AlertLedger): void => {
    if (ledgers.get(account) === ledger) return
    ledgers.set(account, ledger)
    unwritten.add(account)
    cancelWrite ??= clock.after(writeDelay, () => void write())
  }

  const write = async (): Promise<void> => {
    cancelWrite?.()
    cancelWrite = undefined
    for (const account of unwritten) files.write(fileName(account), ledgers.get(account) ?? {})
    unwritten.clear()
    const written = await files.flush()
    if (!written.ok) {
      notice ??= model.addNotice(written.failure)
      cancelWrite ??= clock.after(writeAgain, () => void write())
    } else if (notice !== undefined) {
      model.removeNotice(notice)
      notice = undefined
    }
  }

  return {
    of: (account) => {
      const now = clock.now()
      // Without its file some news may be lost; showing all of it again would be worse.
      return keep(account, now - account.approvedAt < newAccount ? account.approvedAt : now)
    },
    begin: (account, since) => {
      keep(account, since)
      void write()
    },
    set,
    write,
    forget: (account) => {
      ledgers.delete(account)
      unwritten.delete(account)
      files.remove(fileName(account))
    },
  }
}

const fileName = (account: string): string => `alerts-${account}`
