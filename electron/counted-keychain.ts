import type { Keychain } from '../engine/storage/keychain.ts'

/** A keychain of which can be told whether it is thinking. */
export interface CountedKeychain {
  /** As the function that was given, but what goes through the keychain is counted. */
  open(): Promise<Keychain>
  /** Whether a call has not come back, however long ago its caller lost patience. */
  isBusy(): boolean
}

export const createCountedKeychain = (open: () => Promise<Keychain>): CountedKeychain => {
  let pending = 0
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
        get: (item) => counted(keychain.get(item)),
        set: (item, text) => counted(keychain.set(item, text)),
        remove: (item) => counted(keychain.remove(item)),
      }
    },
    isBusy: () => pending > 0,
  }
}
