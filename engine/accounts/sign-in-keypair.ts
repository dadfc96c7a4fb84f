import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createKeypair, type Keypair } from '../discourse/keypair.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'

/** The keypair of this installation. Forums encrypt their answers to sign-ins with its public key (protocol.md 1.4). */
export interface SignInKeypair {
  /** The keypair, created when first needed. Failures: those of the vault. */
  get(): Promise<Result<Keypair>>
  /**
   * Prevents the keypair from being replaced until `work` has ended: a sign-in that is starting is not in the model
   * yet.
   */
  hold<T>(work: () => Promise<T>): Promise<T>
  /**
   * Replaces the keypair. The keys of accounts stay valid: they are tokens, and only the answer to a sign-in is
   * encrypted.
   * Failures: `sign_ins_waiting`, because their answers could no longer be read; those of the vault.
   */
  rotate(): Promise<Result<null>>
}

export interface SignInKeypairOptions {
  readonly vault: Vault
  readonly clock: Clock
  readonly model: Pick<Model, 'attempts'>
}

export const createSignInKeypair = ({ vault, clock, model }: SignInKeypairOptions): SignInKeypair => {
  let held = 0

  const create = async () => ({ ...(await createKeypair()), createdAt: clock.now() })

  const refusal = (): Result<never> | undefined => {
    const waiting = model.attempts().filter(({ state }) => state.kind === 'waiting' || state.kind === 'checking')
    const count = held + waiting.length
    return count === 0 ? undefined : fail('sign_ins_waiting', { count })
  }

  return {
    get: async () => {
      const known = vault.secrets()?.keypair
      if (known) return ok(known)
      const created = await create()
      // Another attempt may have created one meanwhile: the first stays.
      const stored = await vault.change((secrets) => ({ ...secrets, keypair: secrets.keypair ?? created }))
      return stored.ok ? ok(vault.secrets()?.keypair ?? created) : stored
    },
    hold: async (work) => {
      held += 1
      try {
        return await work()
      } finally {
        held -= 1
      }
    },
    rotate: async () => {
      const refusedBefore = refusal()
      if (refusedBefore !== undefined) return refusedBefore
      const keypair = await create()
      let refused: Result<never> | undefined
      // Checked again when it is the vault's turn: a sign-in that begins after this stores its nonce after it, and then
      // uses the new keypair.
      const stored = await vault.change((secrets) => {
        refused = refusal()
        return refused === undefined ? { ...secrets, keypair } : secrets
      })
      return refused ?? stored
    },
  }
}
