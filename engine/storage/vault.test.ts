import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryKeychain } from '../../test/rig/memory-keychain.ts'
import type { Keychain } from './keychain.ts'
import { noSecrets, type Secrets } from './secrets.ts'
import { createVault, type Vault } from './vault.ts'

const item = 'profile test'

const vaultOver = (keychain: Keychain, clock = createFakeClock()): Vault =>
  createVault({ openKeychain: async () => keychain, item, sessionAgreed: false, clock, patience: 1000 })

const addKey =
  (id: string) =>
  (secrets: Secrets): Secrets => ({
    ...secrets,
    keys: { ...secrets.keys, [id]: `key of ${id}` },
  })
describe('a vault', () => {
  it('asks the keychain once, and remembers', async () => {
    const keychain = createMemoryKeychain()
    let asked = 0
    const get = (name: string) => {
      asked += 1
      return keychain.get(name)
    }
    const counting = { ...keychain, get }
    const vault = vaultOver(counting)
    expect(vault.state()).toEqual({ kind: 'opening' })
    expect(vault.secrets()).toBeUndefined()
    await Promise.all([vault.open(), vault.open(), vault.open()])
    expect(vault.secrets()).toEqual(noSecrets())
    expect(asked).toBe(1)
  })

  it('loses none of many changes made at once', async () => {
    const keychain = createMemoryKeychain()
    const vault = vaultOver(keychain)
    await vault.open()
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => vault.change(addKey(id))))
    expect(Object.keys(vault.secrets()?.keys ?? {})).toEqual(['a', 'b', 'c', 'd'])
    expect(JSON.parse(keychain.items.get(item) ?? '')).toEqual(vault.secrets())
  })

  it('remembers nothing that the keychain did not store', async () => {
    const keychain = createMemoryKeychain()
    const vault = vaultOver(keychain)
    await vault.open()
    await vault.change(addKey('a'))
    keychain.trouble = new Error('the keyring is locked')
    expect(await vault.change(addKey('b'))).toEqual({ ok: false, failure: { code: 'keychain_locked' } })
    expect(Object.keys(vault.secrets()?.keys ?? {})).toEqual(['a'])
    keychain.trouble = undefined
    expect(await vault.change(addKey('c'))).toEqual({ ok: true, value: null })
    expect(Object.keys(vault.secrets()?.keys ?? {})).toEqual(['a', 'c'])
  })

  it('goes on without a keychain that does not answer, and takes it up when it does', async () => {
    const clock = createFakeClock()
    const keychain = createMemoryKeychain()
    let answer: () => void = () => undefined
    const waiting = new Promise<null>((resolve) => {
      answer = () => resolve(null)
    })
    const vault = vaultOver({ ...keychain, get: () => waiting }, clock)
    const opening = vault.open()
    await expect.poll(() => clock.pending()).toBeGreaterThan(0)
    // One wait for loading the keychain, which is over at once, and one for its answer.
    const waitMore = (): string => {
      clock.advance(1000)
      return vault.state().kind
    }
    await expect.poll(waitMore).toBe('unavailable')
    expect(await opening).toEqual({ kind: 'unavailable', failure: { code: 'keychain_locked' } })
    expect(await vault.change(addKey('a'))).toMatchObject({ failure: { code: 'keychain_locked' } })
    answer()
    expect(await vault.open()).toEqual({ kind: 'keychain' })
  })

  it.each(['', '{', '{"version":2}', '[]', '{"version":1,"keys":{}}'])(
    'never touches an item it cannot read, such as %j',
    async (text) => {
      const keychain = createMemoryKeychain()
      keychain.items.set(item, text)
      const vault = vaultOver(keychain)
      expect(await vault.open()).toEqual({
        kind: 'unavailable',
        failure: { code: 'keychain_damaged', params: { item } },
      })
      expect(await vault.change(addKey('a'))).toMatchObject({ failure: { code: 'keychain_damaged' } })
      expect(keychain.items.get(item)).toBe(text)
    },
  )

  it('keeps secrets in memory only once the user has agreed', async () => {
    const keychain = createMemoryKeychain()
    keychain.trouble = new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
    const vault = vaultOver(keychain)
    expect(await vault.open()).toEqual({
      kind: 'unavailable',
      failure: { code: 'keychain_unavailable', params: { reason: 'there is no D-Bus session' } },
    })
    expect(vault.keepInMemory()).toEqual({ kind: 'session' })
    expect(await vault.change(addKey('a'))).toEqual({ ok: true, value: null })
    expect(keychain.items.size).toBe(0)
  })
})
