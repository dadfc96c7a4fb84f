import { isDeepStrictEqual } from 'node:util'
import type { Failure, Result } from '../common/contract/failure.ts'
import type { LinkOwner, QuietState } from '../common/contract/snapshot.ts'
import { type Preferences, withoutAccount } from '../common/preferences/preferences.ts'
import type { Account, Attempt } from './account.ts'
import { createModelStore, type ModelState, type ModelStore, type SnapshotOptions } from './model-store.ts'
import type { Clock } from './ports/clock.ts'
import { type AccountCaches, createAccountCaches } from './storage/account-caches.ts'
import { type SavedAccount, type SavedAttempt, savedAccountSchema } from './storage/saved-state.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { StateFiles } from './storage/state-files.ts'

/** The engine's only mutable state, which everything else reads and changes through these functions. */
export interface Model extends Pick<ModelStore, 'batch' | 'snapshot' | 'subscribe'> {
  accounts(): readonly Account[]
  account(id: string): Account | undefined
  attempts(): readonly Attempt[]
  attempt(id: string): Attempt | undefined
  /** Changes one account, if it is still there. */
  changeAccount(id: string, change: (account: Account) => Account): void
  /** Replaces an account, or appends it if it is new. */
  putAccount(account: Account): void
  /** Removes an account, and records, so that it survives a crash, that its key has to go as well. */
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
  /** @returns the notice's id */
  addNotice(failure: Failure): string
  setOpenAtLogin(isOn: boolean): void
  setLinkOwner(owner: LinkOwner): void
  removeNotice(id: string): void
  /** Tells the listeners that something outside the model, such as the vault, has changed. */
  touch(): void
  /** Writes the settings now. A failure is also shown as a notice, until a later try succeeds. */
  save(): Result<null>
  /** Writes everything, and waits until it is written. */
  saveAll(): Promise<void>
}

/** How long the settings may wait to be written; what must survive a crash is written by `save` at once. */
const lazySave = 2000
/** After how long a failed save is tried again, in milliseconds: a full disk may have room again. */
const saveAgain = 15_000

export interface ModelOptions extends SnapshotOptions {
  readonly settings: SettingsFile
  readonly files: StateFiles
  readonly clock: Clock
}

export const createModel = (options: ModelOptions): Model => {
  const caches = createAccountCaches(options.clock, options.files)
  const store = createModelStore(options, initialState(options.settings, caches))
  const addNotice = noticeAdder(store, options.clock)
  const removeNotice = (id: string): void =>
    store.change({ notices: store.state().notices.filter((notice) => notice.id !== id) })
  const saving = savingOf(options, store, caches, { addNotice, removeNotice })
  for (const problem of options.settings.problems) addNotice(problem)
  return {
    ...accountsOf(store, caches, saving.saveSoon),
    ...attemptsOf(store, saving.saveSoon),
    ...choicesOf(store, saving.saveSoon),
    addNotice,
    removeNotice,
    batch: store.batch,
    touch: () => store.change({}),
    save: saving.save,
    saveAll: saving.saveAll,
    snapshot: store.snapshot,
    subscribe: store.subscribe,
  }
}

const initialState = ({ initial }: SettingsFile, caches: AccountCaches): ModelState => ({
  accounts: initial.accounts.map((saved) => ({
    ...saved,
    cache: caches.read(saved.id, saved.site.base),
    state: saved.revoking ? { kind: 'revoking', failure: null } : { kind: 'new' },
    isLive: false,
  })),
  attempts: initial.attempts.map((saved) => ({ ...saved, state: { kind: 'waiting', failure: null } })),
  removed: initial.removed,
  notices: [],
  preferences: initial.preferences,
  quiet: { isQuiet: false, reason: null, until: null },
  openAtLogin: null,
  linkOwner: null,
})

const noticeAdder =
  (store: ModelStore, clock: Clock): Model['addNotice'] =>
  (failure) => {
    // The same failure is shown once, with the time of its last occurrence.
    const id = JSON.stringify([failure.code, failure.params])
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 64)
    const others = store.state().notices.filter((notice) => notice.id !== id)
    store.change({ notices: [...others, { id, failure, at: clock.now() }] })
    return id
  }

const savingOf = (
  { settings, files, clock }: ModelOptions,
  store: ModelStore,
  caches: AccountCaches,
  { addNotice, removeNotice }: Pick<Model, 'addNotice' | 'removeNotice'>,
) => {
  let cancelTimer: (() => void) | undefined
  let cancelNextTry: (() => void) | undefined
  /** That of the last save, if it failed. */
  let notice: string | undefined

  const write = (): Result<null> => {
    cancelTimer?.()
    cancelNextTry?.()
    cancelTimer = undefined
    cancelNextTry = undefined
    const { accounts, attempts, removed, preferences } = store.state()
    const saved = settings.save({
      version: 1,
      accounts: accounts.map(savedAccount),
      attempts: attempts.filter(({ state }) => state.kind === 'waiting' || state.kind === 'checking').map(savedAttempt),
      removed: [...removed],
      preferences,
    })
    if (!saved.ok) cancelNextTry = clock.after(saveAgain, write)
    else if (notice !== undefined) {
      removeNotice(notice)
      notice = undefined
    }
    return saved
  }

  const save = (): Result<null> => {
    const saved = write()
    // Not for the tries that follow: a notice that the user has dismissed would come back.
    if (!saved.ok) notice = addNotice(saved.failure)
    return saved
  }

  return {
    save,
    saveAll: async () => {
      save()
      caches.write()
      const written = await files.flush()
      if (!written.ok) addNotice(written.failure)
    },
    saveSoon: () => {
      cancelTimer ??= clock.after(lazySave, save)
    },
  }
}

type SaveSoon = () => void

const accountsOf = (store: ModelStore, caches: AccountCaches, saveSoon: SaveSoon) => {
  const account = (id: string): Account | undefined => store.state().accounts.find((each) => each.id === id)

  const setAccount = (before: Account | undefined, after: Account): void => {
    caches.changed(after.id, before?.cache, after.cache)
    if (before === undefined || savedFields.some((name) => before[name] !== after[name])) saveSoon()
    store.change({ accounts: put(store.state().accounts, after) })
  }

  return {
    accounts: () => store.state().accounts,
    account,
    changeAccount: (id: string, change: (account: Account) => Account): void => {
      const before = account(id)
      if (before !== undefined) setAccount(before, change(before))
    },
    putAccount: (after: Account): void => setAccount(account(after.id), after),
    removeAccount: (id: string): void => {
      const { accounts, removed, preferences } = store.state()
      caches.forget(id)
      saveSoon()
      store.change({
        accounts: accounts.filter((each) => each.id !== id),
        removed: [...removed.filter((other) => other !== id), id],
        preferences: withoutAccount(preferences, id),
      })
    },
    removedAccounts: () => store.state().removed,
    forgetRemoved: (ids: readonly string[]): void => {
      saveSoon()
      store.change({ removed: store.state().removed.filter((id) => !ids.includes(id)) })
    },
  }
}

const attemptsOf = (store: ModelStore, saveSoon: SaveSoon) => {
  const setAttempts = (attempts: readonly Attempt[]): void => {
    saveSoon()
    store.change({ attempts })
  }
  return {
    attempts: () => store.state().attempts,
    attempt: (id: string) => store.state().attempts.find((attempt) => attempt.id === id),
    putAttempt: (attempt: Attempt): void => setAttempts(put(store.state().attempts, attempt)),
    removeAttempt: (id: string): void => setAttempts(store.state().attempts.filter((attempt) => attempt.id !== id)),
  }
}

/** What the user has chosen, and what follows from it on this computer. */
const choicesOf = (store: ModelStore, saveSoon: SaveSoon) => ({
  preferences: () => store.state().preferences,
  setPreferences: (preferences: Preferences): void => {
    saveSoon()
    store.change({ preferences })
  },
  setQuiet: (quiet: QuietState): void => {
    if (!isDeepStrictEqual(quiet, store.state().quiet)) store.change({ quiet })
  },
  setOpenAtLogin: (openAtLogin: boolean): void => {
    if (openAtLogin !== store.state().openAtLogin) store.change({ openAtLogin })
  },
  setLinkOwner: (linkOwner: LinkOwner): void => {
    if (!isDeepStrictEqual(linkOwner, store.state().linkOwner)) store.change({ linkOwner })
  },
})

const put = <T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] => {
  const at = items.findIndex(({ id }) => id === item.id)
  return at === -1 ? [...items, item] : items.with(at, item)
}

const savedAttempt = ({ state: _, ...attempt }: Attempt): SavedAttempt => attempt

// `Object.keys` returns plain strings; these are the schema's own.
const savedFields = Object.keys(savedAccountSchema.entries) as (keyof SavedAccount)[]

const savedAccount = ({
  cache: _,
  state: __,
  isLive: ___,
  older: ____,
  snoozed: _____,
  markings: ______,
  ...saved
}: Account) => saved satisfies SavedAccount
