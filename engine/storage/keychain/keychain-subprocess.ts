import * as v from 'valibot'
import type { Keychain } from './keychain.ts'

/** One call of a function of keytar's, which another process makes. */
export const keychainCallSchema = v.object({
  name: v.picklist(['getPassword', 'setPassword', 'deletePassword']),
  args: v.array(v.string()),
})

/**
 * Makes a call in a process of its own and gives what keytar gave there.
 * @throws what keytar throws there
 */
export type KeychainCall = (call: v.InferOutput<typeof keychainCallSchema>) => Promise<unknown>

/**
 * The system's keychain, each call in a process of its own. Inside one process libsecret stays bound to the daemon it met
 * first: that this one has gone, it hears from GLib's main loop only, which plain Node does not run.
 */
export const keychainSubprocess = (service: string, call: KeychainCall): Keychain => ({
  get: async (item) => {
    const text = await call({ name: 'getPassword', args: [service, item] })
    return typeof text === 'string' ? text : null
  },
  set: async (item, text) => {
    await call({ name: 'setPassword', args: [service, item, text] })
  },
  remove: async (item) => {
    await call({ name: 'deletePassword', args: [service, item] })
  },
})
