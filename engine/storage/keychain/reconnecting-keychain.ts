import type { Keychain } from './keychain.ts'

/** libsecret's errors when the daemon it is bound to has gone: about the daemon's unique bus name, or its session. */
const isOrphaned = (error: unknown): boolean =>
  error instanceof Error && /^The name :\S+ was not provided|session wrapping the secret/i.test(error.message)

/**
 * A keychain whose daemon may be restarted: once `first` turns out to be bound to a daemon that is gone, every call
 * goes to `renewed`. Any other error is passed on.
 */
export const reconnectingKeychain = (first: Keychain, renewed: Keychain): Keychain => {
  let current = first
  const call = async <T>(work: (keychain: Keychain) => Promise<T>): Promise<T> => {
    try {
      return await work(current)
    } catch (error) {
      if (current === renewed || !isOrphaned(error)) throw error
      current = renewed
      return await work(current)
    }
  }
  return {
    get: (item) => call((keychain) => keychain.get(item)),
    set: (item, text) => call((keychain) => keychain.set(item, text)),
    remove: (item) => call((keychain) => keychain.remove(item)),
  }
}
