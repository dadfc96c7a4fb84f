import { isDeepStrictEqual } from 'node:util'
import type { Failure, Result } from '../common/contract/failure.ts'
import type { LinkOwner, Notice, QuietState, Snapshot } from '../common/contract/snapshot.ts'
import { inOrder } from '../common/preferences/arrange.ts'
import { type Preferences, withoutAccount } from '../common/preferences/preferences.ts'
import type { Account, Attempt } from './account.ts'
import type { Clock } from './ports/clock.ts'
import { createAccountCaches } from './storage/account-caches.ts'
import { type SavedAccount, type SavedAttempt, savedAccountSchema } from './storage/saved-state.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { StateFiles } from './storage/state-files.ts'
import type { Vault } from './storage/vault.ts'
import { type AccountPaths, accountView, attemptView, keypairView } from './views.ts'

/** The engine's one mutable place. Everything else reads it and changes it through these functions. */
export interface Model {
  accounts(): readonly Account[]
  account(id: string): Account | undefined
  attempts(): readonly Attempt[]
  attempt(id: string): Attempt | undefined
  /** Changes one account, if it is still there. */
  changeAccount(id: string, change: (account: Account) => Account): void
  /** Puts an account in its place, or at the end when it is new. */
  putAccount(account: Account): void
  /** Removes an account and remembers, beyond a crash, that its key has to go as well. */
  removeAccount(id: string): void
  /** The accounts that were removed and whose keys the vault may still hold. */
  removedAccounts(): readonly string[]
  /** The vault no longer holds the keys of these accounts. */
  forgetRemoved(ids: readonly string[]): void
  putAttempt(attempt: Attempt): void
  removeAttempt(id: string): void
  preferences(): Preferences
  setPreferences(preferences: Preferences): void
  setQuiet(quiet: QuietState): void
  /** Gives the notice's id. */
  addNotice(failure: Failure): string
  setOpenAtLogin(isOn: boolean): void
  setLinkOwner(owner: LinkOwner): void
  removeNotice(id: string): void
  /** Tells the listeners that something outside the model, such as the vault, has changed. */
  touch(): void
  /** Writes the settings now. A failure is also shown as a notice. */
  save(): Result<null>
  /** Writes what is remembered of accounts, and waits until it is written. */
  saveCaches(): Promise<void>
  /** Writes everything, and waits until it is written. */
  saveAll(): Promise<void>
  snapshot(): Snapshot
  /** Calls with each new snapshot; gives a function that ends it. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void
}

/** How long the settings may wait to be written; what must survive a crash is written by `save` at once. */
const lazySave = 2000

/** What a model is made with. */
export interface ModelOptions {
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly vault: Vault
  readonly clock: Clock
  readonly appVersion: string
  readonly presetSites: readonly string[]
  readonly pathsOf: (account: Account) => AccountPaths
}

export const createModel = (options: ModelOptions): Model => {
  const { settings, files, vault, clock, appVersion, presetSites, pathsOf } = options
  const caches = createAccountCaches(clock, files)
  let accounts: readonly Account[] = settings.initial.accounts.map((saved) => ({
    ...saved,
    cache: caches.read(saved.id),
    state: saved.revoking ? { kind: 'revoking', failure: null } : { kind: 'new' },
    isLive: false,
  }))
  let attempts: readonly Attempt[] = settings.initial.attempts.map((saved) => ({
    ...saved,
    state: { kind: 'waiting', failure: null },
  }))
  let removed: readonly string[] = settings.initial.removed
  let notices: readonly Notice[] = []
  let preferences = settings.initial.preferences
  let quiet: QuietState = { isQuiet: false, reason: null, until: null }
  let openAtLogin: boolean | null = null
  let linkOwner: LinkOwner | null = null
  let revision = 0
  let current: Snapshot | undefined
  let saveTimer: (() => void) | undefined
  const listeners = new Set<(snapshot: Snapshot) => void>()

  const touch = (): void => {
    revision += 1
    current = undefined
    for (const listener of listeners) listener(snapshot())
  }

  const snapshot = (): Snapshot => {
    const keypair = vault.secrets()?.keypair
    current ??= {
      revision,
      appVersion,
      accounts: inOrder(preferences.overview, accounts).map((account) => accountView(account, pathsOf(account))),
      attempts: attempts.map(attemptView),
      vault: vault.state(),
      keypair: keypair ? keypairView(keypair) : null,
      notices,
      preferences,
      quiet,
      presetSites,
      openAtLogin,
      linkOwner,
    }
    return current
  }

  const save = (): Result<null> => {
    saveTimer?.()
    saveTimer = undefined
    const saved = settings.save({
      version: 1,
      accounts: accounts.map(savedAccount),
      attempts: attempts.filter(({ state }) => state.kind === 'waiting' || state.kind === 'checking').map(savedAttempt),
      removed: [...removed],
      preferences,
    })
    if (!saved.ok) addNotice(saved.failure)
    return saved
  }

  const saveCaches = async (): Promise<void> => {
    caches.write()
    const written = await files.flush()
    if (!written.ok) addNotice(written.failure)
  }

  const changed = (): void => {
    saveTimer ??= clock.after(lazySave, save)
    touch()
  }

  const setAccount = (before: Account | undefined, after: Account): void => {
    accounts = put(accounts, after)
    caches.changed(after.id, before?.cache, after.cache)
    if (before === undefined || savedFields.some((name) => before[name] !== after[name])) changed()
    else touch()
  }

  const addNotice = (failure: Failure): string => {
    // The same trouble is told once, with the time of its last occurrence.
    const id = JSON.stringify([failure.code, failure.params])
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 64)
    notices = [...notices.filter((notice) => notice.id !== id), { id, failure, at: clock.now() }]
    touch()
    return id
  }

  for (const problem of settings.problems) addNotice(problem)

  return {
    accounts: () => accounts,
    account: (id) => accounts.find((account) => account.id === id),
    attempts: () => attempts,
    attempt: (id) => attempts.find((attempt) => attempt.id === id),
    changeAccount: (id, change) => {
      const before = accounts.find((account) => account.id === id)
      if (before !== undefined) setAccount(before, change(before))
    },
    putAccount: (account) =>
      setAccount(
        accounts.find(({ id }) => id === account.id),
        account,
      ),
    removeAccount: (id) => {
      accounts = accounts.filter((account) => account.id !== id)
      removed = [...removed.filter((other) => other !== id), id]
      caches.forget(id)
      preferences = withoutAccount(preferences, id)
      changed()
    },
    removedAccounts: () => removed,
    forgetRemoved: (ids) => {
      removed = removed.filter((id) => !ids.includes(id))
      saveTimer ??= clock.after(lazySave, save)
    },
    putAttempt: (attempt) => {
      attempts = put(attempts, attempt)
      changed()
    },
    removeAttempt: (id) => {
      attempts = attempts.filter((attempt) => attempt.id !== id)
      changed()
    },
    preferences: () => preferences,
    setPreferences: (next) => {
      preferences = next
      changed()
    },
    setQuiet: (next) => {
      if (next.isQuiet === quiet.isQuiet && next.reason === quiet.reason && next.until === quiet.until) return
      quiet = next
      touch()
    },
    setOpenAtLogin: (next) => {
      if (next === openAtLogin) return
      openAtLogin = next
      touch()
    },
    setLinkOwner: (next) => {
      if (isDeepStrictEqual(next, linkOwner)) return
      linkOwner = next
      touch()
    },
    addNotice,
    removeNotice: (id) => {
      notices = notices.filter((notice) => notice.id !== id)
      touch()
    },
    touch,
    save,
    saveCaches,
    saveAll: async () => {
      save()
      await saveCaches()
    },
    snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const put = <T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] =>
  items.some(({ id }) => id === item.id) ? items.map((old) => (old.id === item.id ? item : old)) : [...items, item]

const savedAttempt = ({ state: _, ...attempt }: Attempt): SavedAttempt => attempt

// `Object.keys` gives plain strings; these are the schema's own.
const savedFields = Object.keys(savedAccountSchema.entries) as (keyof SavedAccount)[]

const savedAccount = ({ cache: _, state: __, isLive: ___, older: ____, ...saved }: Account): SavedAccount => saved
