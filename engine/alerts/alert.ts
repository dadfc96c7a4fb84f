import type { NotificationItem } from '../../common/contract/notification.ts'
import type { Chime } from './chime.ts'

/** One thing worth telling the user. */
export interface Alert {
  /** A later alert with the same tag takes the place of an earlier one. */
  readonly tag: string
  readonly account: string
  readonly title: string
  readonly body: string
  /** What a click opens, on the account's own site. */
  readonly url: string
  /** The notification it is about; null for one that sums up several, or is about none. */
  readonly notification: Pick<NotificationItem, 'id' | 'topic'> | null
  /** Shown only in the place of the earlier one with its tag: nothing where that has been closed. */
  readonly onlyReplaces?: true
  /** Without a sound of the system's. */
  readonly isSilent: boolean
  /** A sound of ours with it. */
  readonly chime: Chime | null
}
