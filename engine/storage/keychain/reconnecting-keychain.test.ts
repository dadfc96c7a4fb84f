import { describe, expect, it } from 'vitest'
import { createMemoryKeychain } from '../../../test/rig/memory-keychain.ts'
import { reconnectingKeychain } from './reconnecting-keychain.ts'

const item = 'profile test'

describe('a keychain whose daemon was restarted', () => {
  it.each(['The name :1.0 was not provided by any .service files', 'The session wrapping the secret does not exist'])(
    'is reached through the replacement from then on: %s',
    async (message) => {
      const [first, renewed] = [createMemoryKeychain(), createMemoryKeychain()]
      const keychain = reconnectingKeychain(first, renewed)
      await keychain.set(item, 'old')
      first.trouble = new Error(message)
      await keychain.set(item, 'new')
      expect([first.items.get(item), renewed.items.get(item)]).toEqual(['old', 'new'])
      first.trouble = undefined
      expect(await keychain.get(item)).toBe('new')
      await keychain.remove(item)
      expect([first.items.size, renewed.items.size]).toEqual([1, 0])
    },
  )

  it.each(['The keyring is locked', 'The name org.freedesktop.secrets was not provided by any .service files'])(
    'passes on any other error: %s',
    async (message) => {
      const [first, renewed] = [createMemoryKeychain(), createMemoryKeychain()]
      first.trouble = new Error(message)
      const keychain = reconnectingKeychain(first, renewed)
      await expect(keychain.set(item, 'new')).rejects.toThrow(message)
      expect(renewed.items.size).toBe(0)
    },
  )

  it('fails when the replacement fails', async () => {
    const [first, renewed] = [createMemoryKeychain(), createMemoryKeychain()]
    first.trouble = new Error('The session wrapping the secret does not exist')
    renewed.trouble = new Error('The keyring is locked')
    await expect(reconnectingKeychain(first, renewed).get(item)).rejects.toThrow('locked')
  })
})
