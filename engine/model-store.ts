import type { LinkOwner, Notice, QuietState, Snapshot } from '../common/contract/snapshot.ts'
import { inOrder } from '../common/preferences/arrange.ts'
import type { Preferences } from '../common/preferences/preferences.ts'
import type { Account, Attempt } from './account.ts'
import type { Vault } from './storage/vault.ts'
import { type AccountPaths, accountView, attemptView, keypairView } from './views.ts'

/** What a model holds, replaced as a whole with each change. */
export interface ModelState {
  readonly accounts: readonly Account[]
  readonly attempts: readonly Attempt[]
  readonly removed: readonly string[]
  readonly notices: readonly Notice[]
  readonly preferences: Preferences
  readonly quiet: QuietState
  readonly openAtLogin: boolean | null
  readonly linkOwner: LinkOwner | null
}

/** What a snapshot shows besides the state. */
export interface SnapshotOptions {
  readonly vault: Vault
  readonly appVersion: string
  readonly presetSites: readonly string[]
  readonly decided: Snapshot['decided']
  readonly pathsOf: (account: Account) => AccountPaths
}

/** Holds the state, and publishes a snapshot of it after each change. */
export interface ModelStore {
  state(): ModelState
  change(changes: Partial<ModelState>): void
  /** Combines all changes of an action into one for the listeners, who see a snapshot after the last. */
  batch<T>(action: () => T): T
  snapshot(): Snapshot
  /** Calls with each new snapshot; returns a function that unsubscribes. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
}

export const createModelStore = (options: SnapshotOptions, initial: ModelState): ModelStore => {
  const { vault, appVersion, presetSites, decided, pathsOf } = options
  const listeners = new Set<(snapshot: Snapshot) => void>()
  let state = initial
  let revision = 0
  let current: Snapshot | undefined
  /** How many batches are under way, one inside the other, and whether anything has changed in them. */
  let batches = 0
  let isUnpublished = false

  const publish = (): void => {
    isUnpublished = batches > 0
    if (isUnpublished) return
    for (const listener of listeners) listener(snapshot())
  }

  const snapshot = (): Snapshot => {
    const keypair = vault.secrets()?.keypair
    const { accounts, attempts, notices, preferences, quiet, openAtLogin, linkOwner } = state
    current ??= {
      revision,
      appVersion,
      accounts: inOrder(preferences.overview, accounts).map((account) =>
        accountView(account, pathsOf(account), preferences.general.topicCounts),
      ),
      unlisted: null,
      attempts: attempts.map(attemptView),
      vault: vault.state(),
      keypair: keypair ? keypairView(keypair) : null,
      notices,
      preferences,
      quiet,
      presetSites,
      decided,
      openAtLogin,
      linkOwner,
    }
    return current
  }

  return {
    state: () => state,
    change: (changes) => {
      state = { ...state, ...changes }
      revision += 1
      current = undefined
      publish()
    },
    batch: (action) => {
      batches += 1
      try {
        return action()
      } finally {
        batches -= 1
        if (isUnpublished) publish()
      }
    },
    snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
