import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { PortOutcome } from '../ports/notification-port.ts'
import type { Alert } from './alert.ts'
import type { AlertQueue } from './alert-queue.ts'
import type { AlertSettings } from './alert-settings.ts'
import type { HiddenNews } from './hidden-news.ts'
import type { AlertLedgers } from './ledger/alert-ledgers.ts'
import type { PendingNews } from './pending-news.ts'
import type { QuietWatch } from './quiet/quiet-watch.ts'

/** What the parts that make alerts share. */
export interface AlertParts {
  readonly model: Model
  readonly clock: Clock
  readonly ledgers: AlertLedgers
  readonly queue: AlertQueue
  readonly settings: AlertSettings
  readonly pending: PendingNews
  readonly hidden: HiddenNews
  readonly quietOf: QuietWatch['of']
  /** Never rejects. */
  readonly show: (alert: Alert) => Promise<PortOutcome>
}
