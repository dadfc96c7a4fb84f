import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { PortOutcome } from '../ports/notification-port.ts'
import type { Alert } from './alert.ts'
import type { AlertLedger } from './ledger/alert-ledger.ts'
import type { AlertLedgers } from './ledger/alert-ledgers.ts'

/** An alert that waits for its turn. */
export interface QueuedAlert {
  readonly account: string
  /** The alert as things stand when its turn comes; undefined if there is nothing left to show. */
  readonly alert: () => Alert | undefined
  /** The ledger from then on, whether the alert was shown or not. */
  readonly take: (ledger: AlertLedger) => AlertLedger
  readonly onShown?: (alert: Alert, outcome: PortOutcome | undefined) => void
}

/**
 * Shows alerts one after the other. Each is taken out of its ledger, and that is written, before it is shown: a crash in
 * between loses this one; what waits behind it is shown after the restart, and nothing is ever shown twice.
 */
export interface AlertQueue {
  add(queued: QueuedAlert): void
  /** Shows no more alerts, and waits for the one being shown. */
  stop(): Promise<void>
}

export interface AlertQueueOptions {
  readonly model: Pick<Model, 'account'>
  readonly clock: Clock
  readonly ledgers: AlertLedgers
  readonly show: (alert: Alert) => Promise<PortOutcome>
}

/** How long the next alert waits for the desktop's answer about the one before, in milliseconds. */
const outcomeTimeout = 250

export const createAlertQueue = ({ model, clock, ledgers, show }: AlertQueueOptions): AlertQueue => {
  let isStopped = false
  let turn: Promise<void> = Promise.resolve()
  let endWait: () => void = () => undefined

  const outcomeInTime = (outcome: Promise<PortOutcome>): Promise<PortOutcome | undefined> =>
    new Promise((resolve) => {
      endWait = () => resolve(undefined)
      const cancel = clock.after(outcomeTimeout, () => resolve(undefined))
      void outcome.then((given) => {
        cancel()
        resolve(given)
      })
    })

  const showNext = async ({ account: id, alert: make, take, onShown }: QueuedAlert): Promise<void> => {
    const account = model.account(id)
    if (account === undefined) return
    const alert = make()
    const before = ledgers.of(account)
    const after = take(before)
    ledgers.set(id, after)
    if (alert === undefined) return
    if (after !== before) await ledgers.write()
    const outcome = show(alert)
    onShown?.(alert, await outcomeInTime(outcome))
  }

  return {
    add: (queued) => {
      turn = turn
        .then(async () => (isStopped ? undefined : await showNext(queued)))
        // Whatever goes wrong with one alert, the next one is shown.
        .catch(() => undefined)
    },
    stop: async () => {
      isStopped = true
      endWait()
      await turn
    },
  }
}
