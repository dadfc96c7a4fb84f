import { describe, expect, it } from 'vitest'
import { createMemoryKeychain } from '../../../test/rig/memory-keychain.ts'
import { fc } from '../../../test/rig/properties.ts'
import { splitKeychain } from './split-keychain.ts'

describe('a keychain with short items', () => {
  it('returns texts of every length, one after the other, and leaves no part behind', async () => {
    const text = fc.string({ maxLength: 500 })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
        const small = createMemoryKeychain(50)
        const keychain = splitKeychain(small, 50)
        for (const each of texts) {
          await keychain.set('item', each)
          expect(await keychain.get('item')).toBe(each)
        }
        await keychain.remove('item')
        expect(small.items.size).toBe(0)
        expect(await keychain.get('item')).toBeNull()
      }),
    )
  })

  it('keeps the old text when writing the new one breaks off at any point', async () => {
    const old = 'a'.repeat(120)
    for (let calls = 0; calls < 4; calls++) {
      const small = createMemoryKeychain(50)
      const keychain = splitKeychain(small, 50)
      await keychain.set('item', old)
      let left = calls
      const failing = splitKeychain(
        {
          ...small,
          set: async (item, text) => (left-- > 0 ? await small.set(item, text) : await Promise.reject('full')),
        },
        50,
      )
      const outcome = await failing.set('item', 'b'.repeat(160)).then(
        () => 'stored',
        () => 'broke off',
      )
      expect(outcome).toBe('broke off')
      expect(await keychain.get('item')).toBe(old)
    }
  })

  it('throws when a part is missing, instead of returning half a text', async () => {
    const small = createMemoryKeychain(50)
    const keychain = splitKeychain(small, 50)
    await keychain.set('item', 'a'.repeat(120))
    small.items.delete('item.a1')
    await expect(keychain.get('item')).rejects.toThrow('missing')
  })
})
