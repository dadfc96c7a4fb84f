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
  /** The rows below the cached list, once the user has loaded some; not kept after the program ends. */
  readonly older?: OlderRows
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
