import type { Keychain } from './keychain.ts'

/**
 * A keychain whose items may be longer than the platform allows: a long text is stored in numbered parts, and the item
 * itself names them. Windows' Credential Manager takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE); our text is ASCII
 * JSON, so a character is a byte. Each write uses part names other than the current ones and replaces the item last, so
 * that a crash in between leaves the old text readable.
 * @param longest the most characters one item may hold
 */
export const splitKeychain = (keychain: Keychain, longest = 2400): Keychain => ({
  get: async (item) => {
    const head = await keychain.get(item)
    const parts = head === null ? undefined : readHead(head)
    if (parts === undefined) return head
    const texts = await Promise.all(partNames(item, parts).map((name) => keychain.get(name)))
    if (texts.includes(null)) throw new Error('a part of the keychain item is missing')
    return texts.join('')
  },
  set: async (item, text) => {
    const old = await keychain.get(item)
    const oldParts = old === null ? undefined : readHead(old)
    if (text.length <= longest) {
      await keychain.set(item, text)
    } else {
      const parts = { count: Math.ceil(text.length / longest), generation: oldParts?.generation === 'a' ? 'b' : 'a' }
      const names = partNames(item, parts)
      for (const [index, name] of names.entries()) {
        await keychain.set(name, text.slice(index * longest, (index + 1) * longest))
      }
      await keychain.set(item, `parts:${parts.generation}:${parts.count}`)
    }
    if (oldParts !== undefined) for (const name of partNames(item, oldParts)) await keychain.remove(name)
  },
  remove: async (item) => {
    const head = await keychain.get(item)
    const parts = head === null ? undefined : readHead(head)
    await keychain.remove(item)
    if (parts !== undefined) for (const name of partNames(item, parts)) await keychain.remove(name)
  },
})

interface Parts {
  readonly count: number
  readonly generation: string
}

const readHead = (head: string): Parts | undefined => {
  const [, generation, count] = /^parts:([ab]):(\d{1,3})$/.exec(head) ?? []
  return generation === undefined || count === undefined ? undefined : { generation, count: Number(count) }
}

const partNames = (item: string, { count, generation }: Parts): string[] =>
  Array.from({ length: count }, (_, index) => `${item}.${generation}${index}`)
