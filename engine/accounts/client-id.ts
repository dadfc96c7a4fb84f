import { createHmac } from 'node:crypto'

/**
 * The client id for a new account on a forum with a client table, as all have that issue device codes (protocol.md 1.6).
 * The same for every attempt until an account has it: a key that was issued and whose answer got lost, which nobody can
 * use or revoke from here, is destroyed by the forum when the same user approves again (protocol.md 1.3). Unguessable, or
 * another application could ask for a key that replaces ours.
 * @param privateKey of this installation, so that no other has the same ids
 * @param base of the forum
 * @param taken the client ids of the accounts on it
 */
export const newClientId = (privateKey: string, base: string, taken: ReadonlySet<string>): string => {
  for (let number = 0; ; number += 1) {
    const id = createHmac('sha256', privateKey).update(`client id ${number} at ${base}`).digest('hex').slice(0, 32)
    if (!taken.has(id)) return id
  }
}
