import type { Keychain } from '../../engine/storage/keychain/keychain.ts'

/** A keychain in memory that can be told to misbehave. */
export interface MemoryKeychain extends Keychain {
  readonly items: Map<string, string>
  /** The error that every call fails with until it is undefined again. */
  trouble: Error | undefined
}

/** @param longest the most characters an item may have, as Windows limits them */
export const createMemoryKeychain = (longest = Number.POSITIVE_INFINITY): MemoryKeychain => {
  const items = new Map<string, string>()
  const keychain: MemoryKeychain = {
    items,
    trouble: undefined,
    get: async (item) => {
      if (keychain.trouble) throw keychain.trouble
      return items.get(item) ?? null
    },
    set: async (item, text) => {
      if (keychain.trouble) throw keychain.trouble
      if (text.length > longest) throw new Error('the item is too long')
      items.set(item, text)
    },
    remove: async (item) => {
      if (keychain.trouble) throw keychain.trouble
      items.delete(item)
    },
  }
  return keychain
}
