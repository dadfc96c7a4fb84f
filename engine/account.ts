import type { AccountState, AttemptState } from '../common/contract/snapshot.ts'
import type { AccountCache } from './storage/account-cache.ts'
import type { SavedAccount, SavedAttempt } from './storage/saved-state.ts'

/** An account as the engine holds it: who it is, the cached answers of its forum, and its present state. */
export interface Account extends SavedAccount {
  readonly cache: AccountCache
  readonly state: AccountState
  /** Whether its forum's live channel is open. */
  readonly isLive: boolean
}

/** A sign-in attempt as the engine holds it. */
export interface Attempt extends SavedAttempt {
  readonly state: AttemptState
}
