import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { createKeypair, type Keypair } from '../discourse/keypair.ts'
import type { Clock } from '../ports/clock.ts'
import type { Vault } from '../storage/vault.ts'

/** This installation's keypair, which forums encrypt their answers to sign-ins for. */
export interface OwnKeypair {
  /** The keypair, made at first need. Failures: those of the vault. */
  get(): Promise<Result<Keypair>>
  /**
   * Puts a new keypair in its place. The keys of accounts stay valid: they are tokens, and nothing but the answer to a
   * sign-in is encrypted (protocol.md 1.4).
   * Failures: `sign_ins_waiting`, for what a waiting one gets could not be read any more; those of the vault.
   */
  rotate(): Promise<Result<null>>
}

/** What the keypair is made with. */
export interface OwnKeypairOptions {
  readonly vault: Vault
  readonly clock: Clock
  /** How many sign-ins depend on the present keypair. */
  readonly waiting: () => number
}

export const createOwnKeypair = ({ vault, clock, waiting }: OwnKeypairOptions): OwnKeypair => {
  const make = async () => ({ ...(await createKeypair()), createdAt: clock.now() })

  const refusal = (): Result<never> | undefined => {
    const count = waiting()
    return count === 0 ? undefined : fail('sign_ins_waiting', { count })
  }

  return {
    get: async () => {
      const known = vault.secrets()?.keypair
      if (known) return ok(known)
      const made = await make()
      // Another attempt may have made one meanwhile: the first stays.
      const stored = await vault.change((secrets) => ({ ...secrets, keypair: secrets.keypair ?? made }))
      return stored.ok ? ok(vault.secrets()?.keypair ?? made) : stored
    },
    rotate: async () => {
      const refusedBefore = refusal()
      if (refusedBefore !== undefined) return refusedBefore
      const keypair = await make()
      let refused: Result<never> | undefined
      // Asked again in the vault's own turn: a sign-in that begins after this stores its nonce after it, and then takes
      // the new keypair.
      const stored = await vault.change((secrets) => {
        refused = refusal()
        return refused === undefined ? { ...secrets, keypair } : secrets
      })
      return refused ?? stored
    },
  }
}
