import { ok, type Result } from '../../common/contract/failure.ts'
import type { VaultState } from '../../common/contract/snapshot.ts'
import type { Model } from '../model.ts'
import type { Vault } from '../storage/vault.ts'

/** Opens the vault for the rest of the engine, and notifies everything that waited for it. */
export interface VaultAccess {
  /** Opens the vault unless it is open. Failures: why the keychain cannot be used. */
  open(): Promise<Result<null>>
  /** Keeps secrets in memory until the program ends, as the user agreed. */
  keepInMemory(): Promise<Result<null>>
  /** Calls `listener` each time the vault's state has changed. */
  onChange(listener: () => void): void
}

export const createVaultAccess = (vault: Vault, model: Pick<Model, 'touch'>): VaultAccess => {
  const listeners: (() => void)[] = []

  const change = async (work: () => Promise<VaultState>): Promise<Result<null>> => {
    const before = vault.state().kind
    const state = await work()
    if (state.kind !== before) {
      model.touch()
      for (const listener of listeners) listener()
    }
    return state.kind === 'unavailable' ? { ok: false, failure: state.failure } : ok(null)
  }

  return {
    open: () => change(vault.open),
    keepInMemory: () => change(async () => vault.keepInMemory()),
    onChange: (listener) => void listeners.push(listener),
  }
}
