import * as v from 'valibot'
import type { Keychain } from './keychain.ts'

/** One call to a keytar function, made in another process. */
export const keychainCallSchema = v.object({
  name: v.picklist(['getPassword', 'setPassword', 'deletePassword']),
  args: v.array(v.string()),
})

/**
 * Makes a call in a separate process and returns keytar's result.
 * @throws what keytar throws there
 */
export type KeychainCall = (call: v.InferOutput<typeof keychainCallSchema>) => Promise<unknown>

/**
 * The system's keychain, with each call in its own process. Within one process, libsecret stays bound to the first
 * daemon it connected to: it learns that the daemon is gone only through GLib's main loop, which plain Node does not
 * run.
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
