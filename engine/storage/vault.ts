import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { VaultState } from '../../common/contract/snapshot.ts'
import type { Clock } from '../ports/clock.ts'
import type { Keychain } from './keychain/keychain.ts'
import { joinSecrets, noSecrets, readSecrets, type Secrets } from './secrets.ts'

/** The secrets of this profile, read once and kept in memory. The only module that touches the keychain. */
export interface Vault {
  state(): VaultState
  /** The current secrets; undefined while the vault is unavailable, which is not the same as empty. */
  secrets(): Secrets | undefined
  /** Reads the keychain, or tries again. Does nothing once the vault is open. */
  open(): Promise<VaultState>
  /** The user agrees to keep secrets in memory only. Does nothing once the vault is open. */
  keepInMemory(): VaultState
  /**
   * Changes the secrets, one change after the other. Memory changes only once the keychain has stored them. If another
   * process has written the item meanwhile, both are merged; if it has deleted the item, it is written again; if it
   * cannot be read, it is left alone.
   * Failures: the state's own while the vault is unavailable; `keychain_locked` when the keychain refuses the write;
   * `keychain_damaged` and `keychain_newer` when the item in the keychain cannot be read.
   */
  change(recipe: (secrets: Secrets) => Secrets): Promise<Result<null>>
}

export interface VaultOptions {
  readonly openKeychain: () => Promise<Keychain>
  /** The name of the keychain item. */
  readonly item: string
  /** Earlier names of the item; its content is moved to `item` if that does not exist yet. */
  readonly formerItems?: readonly string[]
  /** The user has already agreed to keep secrets in memory if there is no keychain. */
  readonly sessionAgreed: boolean
  /** The profile has no account and no sign-in yet, so no secret can be missing. */
  readonly mayBeEmpty?: boolean
  readonly clock: Clock
  /** How long the keychain may take, in milliseconds; a locked one may be waiting for the user. */
  readonly timeout?: number
}

/** One closure over a hundred lines: its functions share the secrets, which nothing outside may hold, and one queue. */
export const createVault = (options: VaultOptions): Vault => {
  const { openKeychain, item, formerItems = [], sessionAgreed, mayBeEmpty = false, clock, timeout = 20_000 } = options
  let state: VaultState = { kind: 'opening' }
  let secrets: Secrets | undefined
  /** The item's text as this process last read or wrote it. */
  let stored: string | undefined
  let keychain: Keychain | undefined
  /** Whether the keychain has proved to be unlocked. */
  let isProven = false
  let queue: Promise<unknown> = Promise.resolve()

  const unavailable = (failure: Failure): VaultState => {
    state = { kind: 'unavailable', failure }
    // An unreadable item is for the user to repair; memory only replaces a keychain that is unavailable.
    return sessionAgreed && !unreadable.has(failure.code) ? keepInMemory() : state
  }

  const keepInMemory = (): VaultState => {
    if (secrets === undefined) {
      secrets = noSecrets()
      state = { kind: 'session' }
    }
    return state
  }

  /**
   * Moves an item from an earlier name; null when there is none. Removes the old one only after verifying the new one.
   */
  const adopt = async (from: Keychain): Promise<string | null> => {
    for (const former of formerItems) {
      const text = await withTimeout(clock, timeout, from.get(former))
      if (text === null) continue
      await withTimeout(clock, timeout, from.set(item, text))
      if ((await withTimeout(clock, timeout, from.get(item))) === text)
        await withTimeout(clock, timeout, from.remove(former))
      return text
    }
    return null
  }

  const read = async (): Promise<VaultState> => {
    if (secrets !== undefined) return state
    let opened: Keychain
    let text: string | null
    try {
      opened = await withTimeout(clock, timeout, openKeychain())
      text = (await withTimeout(clock, timeout, opened.get(item))) ?? (await adopt(opened))
      // A locked keyring may claim to be empty; a successful write proves that it is unlocked. Before there is anything
      // to store this does not matter, so that a first start does not prompt for a password.
      if (text === null && !mayBeEmpty) await withTimeout(clock, timeout, opened.set(item, JSON.stringify(noSecrets())))
    } catch (error) {
      return unavailable(keychainFailure(error))
    }
    // keepInMemory may have set `secrets` while the keychain call was pending.
    if (secrets !== undefined) return state
    const read = text === null ? ok(noSecrets()) : readSecrets(text, item)
    if (!read.ok) return unavailable(read.failure)
    keychain = opened
    isProven = text !== null || !mayBeEmpty
    secrets = read.value
    stored = text ?? JSON.stringify(read.value)
    state = { kind: 'keychain' }
    return state
  }

  const write = async (recipe: (secrets: Secrets) => Secrets): Promise<Result<null>> => {
    if (secrets === undefined) {
      return { ok: false, failure: state.kind === 'unavailable' ? state.failure : { code: 'keychain_locked' } }
    }
    if (keychain === undefined) {
      secrets = recipe(secrets)
      return ok(null)
    }
    try {
      const present = await withTimeout(clock, timeout, keychain.get(item))
      const theirs = present === null || present === stored ? undefined : readSecrets(present, item)
      if (theirs !== undefined && !theirs.ok) return theirs
      const next = recipe(theirs === undefined ? secrets : joinSecrets(secrets, theirs.value))
      const text = JSON.stringify(next)
      await withTimeout(clock, timeout, keychain.set(item, text))
      secrets = next
      stored = text
      isProven = true
      return ok(null)
    } catch (error) {
      return isProven ? fail('keychain_locked') : refused(error, recipe)
    }
  }

  /** The very first write failed, so the keychain is unavailable after all. */
  const refused = (error: unknown, recipe: (secrets: Secrets) => Secrets): Result<null> => {
    keychain = undefined
    secrets = undefined
    const failure = keychainFailure(error)
    if (unavailable(failure).kind !== 'session') return { ok: false, failure }
    secrets = recipe(noSecrets())
    return ok(null)
  }

  /** Runs operations one at a time: two concurrent writes could lose a change. */
  const inSequence = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }

  return {
    state: () => state,
    secrets: () => secrets,
    open: () => inSequence(read),
    keepInMemory,
    change: (recipe) => inSequence(() => write(recipe)),
  }
}

const unreadable: ReadonlySet<Failure['code']> = new Set(['keychain_damaged', 'keychain_newer'])

class KeychainTimeout extends Error {}

const withTimeout = <T>(clock: Clock, timeout: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(timeout, () => reject(new KeychainTimeout('the keychain does not answer')))
    work.then(resolve, reject).finally(cancel)
  })

/** A locked or refused keychain is for the user to fix; anything else means that there is no keychain. */
const keychainFailure = (error: unknown): Failure => {
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof KeychainTimeout || /locked|dismissed|denied|cancel/i.test(text))
    return { code: 'keychain_locked' }
  // libsecret's error when the user declined to create the first keyring, or no prompt was possible (gnome-keyring 42).
  if (/Object does not exist/i.test(text)) return { code: 'keychain_refused' }
  return { code: 'keychain_unavailable', params: { reason: keychainReason(text) } }
}

/** One line of the keychain's own error message; these name services and libraries, never secrets. */
const keychainReason = (text: string): string => {
  if (/Failed to load keytar|libsecret/i.test(text)) return 'libsecret is not installed'
  if (/D-Bus|DBus/i.test(text)) return 'there is no D-Bus session'
  return text.split('\n')[0]?.slice(0, 120) ?? ''
}
