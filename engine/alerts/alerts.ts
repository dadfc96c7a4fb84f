import type { Translate } from '../../common/i18n/i18n.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { PortOutcome } from '../ports/notification-port.ts'
import type { StateFiles } from '../storage/state-files.ts'
import type { RowEvents } from '../sync/account-news.ts'
import type { Alert } from './alert.ts'
import type { AlertParts } from './alert-parts.ts'
import { createAlertQueue } from './alert-queue.ts'
import { createAlertSettings } from './alert-settings.ts'
import { createChatAlerts } from './chat-alerts.ts'
import { createDeferredAlerts } from './deferred-alerts.ts'
import { createHiddenNews } from './hidden-news.ts'
import { createAlertLedgers } from './ledger/alert-ledgers.ts'
import { createNewsAlerts } from './news-alerts.ts'
import { createPendingNews } from './pending-news.ts'
import type { TimeZone } from './quiet/local-time.ts'
import type { QuietWatch } from './quiet/quiet-watch.ts'
import { createSnoozes, type Snoozes } from './snoozes/snoozes.ts'

/** Turns news into alerts: each thing once, only while it is new, as the user wants it, and never a flood. */
export interface Alerts {
  readonly rowEvents: RowEvents
  readonly snoozes: Omit<Snoozes, 'onLedger'>
  /**
   * An account has been connected, for the first time or again.
   * @param at the time by its forum's clock, in milliseconds since 1970: what was there by then is not news; null if
   * unknown
   */
  onConnected(account: string, at: number | null): void
  /** An account has new counts. */
  onCounts(account: Pick<Account, 'id'>): void
  /** A forum has stopped accepting an account's key. */
  onRefused(account: string): void
  /** Sums up, once, what was deferred, for accounts that are no longer quiet. */
  onQuietMayBeOver(): void
  /** The user is back, and has seen what there was. */
  onUnlocked(): void
  /** The account has been removed, and its pending news with it. */
  onAccountGone(account: string): void
  /** Shows no more alerts. What waits is written, and shown after the next start. */
  stop(): Promise<void>
}

export interface AlertsOptions {
  readonly model: Model
  readonly clock: Clock
  readonly files: StateFiles
  readonly t: Translate
  readonly quietOf: QuietWatch['of']
  readonly timeZone: TimeZone
  /** Whether others may be looking at the screen: it is locked. */
  readonly isLocked: () => boolean
  /** Never rejects. */
  readonly show: (alert: Alert) => Promise<PortOutcome>
}

/**
 * A forum's clock that differs by more, in milliseconds, is not trusted over ours, by which its certificate was valid.
 */
const longestSkew = 24 * 60 * 60_000

export const createAlerts = (options: AlertsOptions): Alerts => {
  const { model, clock, files, quietOf, timeZone, show } = options
  const ledgers = createAlertLedgers({ model, files, clock })
  const queue = createAlertQueue({ model, clock, ledgers, show })
  const pending = createPendingNews(ledgers)
  const hidden = createHiddenNews(pending.isStillNew)
  const parts: AlertParts = {
    ...{ model, clock, ledgers, queue, pending, hidden, quietOf, show },
    settings: createAlertSettings(options),
  }
  // Created before the news alerts, which pick up what fell due before this run.
  const snoozes = createSnoozes({ model, clock, ledgers, timeZone, onDue: (account) => news.onPending(account) })
  const news = createNewsAlerts(parts)
  const chat = createChatAlerts(parts, news.onPending)
  const deferred = createDeferredAlerts(parts)

  const withAccount =
    <Rest extends readonly unknown[]>(act: (account: Account, ...rest: Rest) => void) =>
    (id: string, ...rest: Rest): void => {
      const account = model.account(id)
      if (account !== undefined) act(account, ...rest)
    }
  const onCounts = withAccount(chat.onCounts)
  const onLedger = withAccount(snoozes.onLedger)

  return {
    rowEvents: {
      onRows: (id, update) => {
        const added = news.onRows(id, update)
        onLedger(id)
        if (added.some(({ kind }) => kind.startsWith('chat_'))) chat.onChatRow(id)
      },
      onChatMessage: withAccount(chat.onChatMessage),
      onListening: chat.onListening,
    },
    snoozes,
    onConnected: withAccount((account, at: number | null) => {
      const isLikely = at !== null && Math.abs(at - account.approvedAt) < longestSkew
      ledgers.begin(account, isLikely ? at : account.approvedAt)
    }),
    onCounts: ({ id }) => onCounts(id),
    onRefused: withAccount(deferred.onRefused),
    onQuietMayBeOver: deferred.onQuietMayBeOver,
    onUnlocked: hidden.clear,
    onAccountGone: (id) => {
      for (const part of [pending, hidden, chat, deferred, ledgers]) part.forget(id)
    },
    stop: async () => {
      await queue.stop()
      await ledgers.write()
    },
  }
}
