import type { NotificationItem } from '../common/contract/notification.ts'
import type { AccountState, AccountView, AttemptState } from '../common/contract/snapshot.ts'
import type { AccountCache } from './storage/account-cache.ts'
import type { SavedAccount, SavedAttempt } from './storage/saved-state.ts'

/** An account as the engine holds it: who it is, the cached answers of its forum, and its present state. */
export interface Account extends SavedAccount {
  readonly cache: AccountCache
  readonly state: AccountState
  /** Whether its forum's live channel is open. */
  readonly isLive: boolean
  /** Rows that the user has snoozed, from the account's ledger. */
  readonly snoozed?: AccountView['snoozed']
  /** What is shown as read while its forum is not asked yet, or has not sent its new counts. */
  readonly markings?: readonly Marking[]
  /** The rows below the cached list, once the user has loaded some; not kept after the program ends. */
  readonly older?: OlderRows
}

/** Rows that the user has marked as read with a way back (accounts/deferred-marking.ts). */
export interface Marking {
  readonly id: string
  readonly notifications: ReadonlySet<number>
  /** Whether it is everything that was new, also what is not among the rows. */
  readonly isWhole: boolean
  /** Once the forum has confirmed it: when the account had been checked last; null before. */
  readonly confirmed: { readonly checkedAt: number | null } | null
}

/** A sign-in attempt as the engine holds it. */
export interface Attempt extends SavedAttempt {
  readonly state: AttemptState
}

/** Notification rows below the list that is read regularly. */
export interface OlderRows {
  /** The newest first. */
  readonly items: readonly NotificationItem[]
  /** How many rows of the forum's history lie above the next page. */
  readonly offset: number
  readonly hasMore: boolean
}
