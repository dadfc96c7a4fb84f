import type { Keychain } from './keychain.ts'

/** A keychain that knows whether a call is pending, and never reads the same item twice at once. */
export interface TrackedKeychain {
  /** Like the function given, but calls to the keychain are counted. */
  open(): Promise<Keychain>
  /** Whether a call is pending, even one whose caller has timed out. */
  isBusy(): boolean
}

/**
 * A call that waits for the user occupies one of libuv's four threads, which also write files and resolve host names.
 * Callers that time out try again, so a read of an item joins the one already pending.
 */
export const createTrackedKeychain = (open: () => Promise<Keychain>): TrackedKeychain => {
  let pending = 0
  const asked = new Map<string, Promise<string | null>>()
  const counted = async <T>(call: Promise<T>): Promise<T> => {
    pending += 1
    try {
      return await call
    } finally {
      pending -= 1
    }
  }
  return {
    open: async () => {
      const keychain = await open()
      return {
        get: (item) => {
          const present = asked.get(item)
          if (present !== undefined) return present
          const asking = counted(keychain.get(item)).finally(() => asked.delete(item))
          asked.set(item, asking)
          return asking
        },
        set: (item, text) => counted(keychain.set(item, text)),
        remove: (item) => counted(keychain.remove(item)),
      }
    },
    isBusy: () => pending > 0,
  }
}
