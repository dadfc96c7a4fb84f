import type { Machine } from './machine.ts'
import type { Tally } from './tally.ts'

/** Checks that no key is without an account, and no nonce without an attempt. */
export const auditVault = async (machine: Machine, tally: Tally): Promise<void> => {
  const { accounts, attempts } = await machine.snapshot()
  const { keys, nonces, received, retired } = await machine.secrets()
  const orphans = Object.keys(keys).filter((id) => !accounts.some((account) => account.id === id))
  const left = Object.keys(nonces).filter((id) => !attempts.some((attempt) => attempt.id === id))
  if (orphans.length + left.length + Object.keys(received).length + retired.length > 0)
    tally.lose('keys', `left in the keychain: ${orphans.length} keys, ${left.length} nonces, ${retired.length} retired`)
  const missing = accounts.filter(({ id }) => keys[id] === undefined)
  if (missing.length > 0) tally.lose('keys', `accounts without a key: ${missing.length}`)
}
