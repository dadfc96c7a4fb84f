import type { Keychain } from './keychain.ts'

/** A keychain of which can be told whether it is thinking, and which is not asked twice at once for the same. */
export interface TrackedKeychain {
  /** As the function that was given, but what goes through the keychain is counted. */
  open(): Promise<Keychain>
  /** Whether a call is pending, even one whose caller has timed out. */
  isBusy(): boolean
}

/**
 * Every call that waits for its owner takes a thread of libuv's four, with which files are written and names looked up, and
 * a caller that timed out asks again; so another call for an item joins the pending one.
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
