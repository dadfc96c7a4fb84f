import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryKeychain } from '../../test/rig/memory-keychain.ts'
import type { Keychain } from './keychain/keychain.ts'
import { noSecrets, type Secrets } from './secrets.ts'
import { createVault, type Vault } from './vault.ts'

const item = 'profile test'

const vaultOver = (keychain: Keychain, clock = createFakeClock()): Vault =>
  createVault({ openKeychain: async () => keychain, item, sessionAgreed: false, clock, timeout: 1000 })

const addKey =
  (id: string) =>
  (secrets: Secrets): Secrets => ({
    ...secrets,
    keys: { ...secrets.keys, [id]: `key of ${id}` },
  })
describe('a vault', () => {
  it('reads the keychain once, and remembers', async () => {
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

  it('writes nothing at a first start, to avoid a password prompt, but does write the first secret', async () => {
    const keychain = createMemoryKeychain()
    const vault = createVault({
      ...{ openKeychain: async () => keychain, item, sessionAgreed: false, mayBeEmpty: true, clock: createFakeClock() },
    })
    expect(await vault.open()).toEqual({ kind: 'keychain' })
    expect(keychain.items.size).toBe(0)
    expect(await vault.change(addKey('a'))).toEqual({ ok: true, value: null })
    expect(JSON.parse(keychain.items.get(item) ?? '')).toEqual(vault.secrets())
  })

  it('whose first write fails is reported as unavailable then', async () => {
    const keychain = createMemoryKeychain()
    const vault = createVault({
      ...{ openKeychain: async () => keychain, item, sessionAgreed: false, mayBeEmpty: true, clock: createFakeClock() },
    })
    await vault.open()
    keychain.trouble = new Error('Object does not exist at path')
    const failure = { code: 'keychain_refused' }
    expect(await vault.change(addKey('a'))).toEqual({ ok: false, failure })
    expect(vault.state()).toEqual({ kind: 'unavailable', failure })
    vault.keepInMemory()
    expect(await vault.change(addKey('a'))).toEqual({ ok: true, value: null })
  })

  it('loses none of many concurrent changes', async () => {
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

  it('carries on without a keychain that does not respond, and uses it once it does', async () => {
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

  it.each(['', '{', '{"version":0}', '[]', '{"version":1,"keys":{}}'])(
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

  it('leaves an item of a newer version alone, and reports it', async () => {
    const keychain = createMemoryKeychain()
    const text = '{"version":2,"keys":[]}'
    keychain.items.set(item, text)
    const options = { openKeychain: async () => keychain, item, clock: createFakeClock() }
    for (const sessionAgreed of [false, true]) {
      const vault = createVault({ ...options, sessionAgreed })
      expect(await vault.open()).toEqual({ kind: 'unavailable', failure: { code: 'keychain_newer' } })
      expect(await vault.change(addKey('a'))).toEqual({ ok: false, failure: { code: 'keychain_newer' } })
    }
    expect(keychain.items.get(item)).toBe(text)
  })

  it('moves an item from an earlier name, but never overwrites an existing one', async () => {
    const keychain = createMemoryKeychain()
    const text = JSON.stringify({ ...noSecrets(), keys: { a: 'key of a' } })
    const opened = async () => {
      const options = { openKeychain: async () => keychain, item, formerItems: ['none', 'earlier'] }
      const vault = createVault({ ...options, sessionAgreed: false, clock: createFakeClock() })
      await vault.open()
      return vault.secrets()?.keys
    }
    keychain.items.set('earlier', text)
    expect(await opened()).toEqual({ a: 'key of a' })
    expect([...keychain.items]).toEqual([[item, text]])
    keychain.items.set('earlier', '{"another":1}')
    expect(await opened()).toEqual({ a: 'key of a' })
    expect(keychain.items.get('earlier')).toBe('{"another":1}')
  })

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

describe('an item that another process has changed meanwhile', () => {
  const opened = async () => {
    const keychain = createMemoryKeychain()
    const vault = vaultOver(keychain)
    await vault.open()
    await vault.change(addKey('a'))
    return { keychain, vault, present: () => JSON.parse(keychain.items.get(item) ?? '') }
  }

  it('is merged with the secrets in memory, so that neither loses a key', async () => {
    const { keychain, vault, present } = await opened()
    const retired = [{ base: 'https://meta.example', key: 'old' }]
    const theirs = { ...noSecrets(), keys: { a: 'key that was replaced', other: 'key of other' }, retired }
    keychain.items.set(item, JSON.stringify(theirs))
    expect(await vault.change(addKey('b'))).toEqual({ ok: true, value: null })
    expect(present()).toMatchObject({ keys: { a: 'key of a', b: 'key of b', other: 'key of other' }, retired })
    expect(vault.secrets()).toEqual(present())
  })

  it('is not merged a second time: what is removed here stays removed', async () => {
    const { keychain, vault, present } = await opened()
    keychain.items.set(item, JSON.stringify({ ...noSecrets(), keys: { other: 'key of other' } }))
    await vault.change(addKey('b'))
    await vault.change((secrets) => ({ ...secrets, keys: {} }))
    expect(present().keys).toEqual({})
  })

  it('is written again in full if it was deleted', async () => {
    const { keychain, vault, present } = await opened()
    keychain.items.delete(item)
    expect(await vault.change(addKey('b'))).toEqual({ ok: true, value: null })
    expect(Object.keys(present().keys)).toEqual(['a', 'b'])
  })

  it.each([
    ['{"version":1', { code: 'keychain_damaged', params: { item } }],
    ['{"version":9}', { code: 'keychain_newer' }],
  ])('is left alone when it is %s; nothing is lost here either', async (text, failure) => {
    const { keychain, vault } = await opened()
    keychain.items.set(item, text)
    expect(await vault.change(addKey('b'))).toEqual({ ok: false, failure })
    expect(keychain.items.get(item)).toBe(text)
    expect(Object.keys(vault.secrets()?.keys ?? {})).toEqual(['a'])
    keychain.items.delete(item)
    expect(await vault.change(addKey('c'))).toEqual({ ok: true, value: null })
    expect(Object.keys(vault.secrets()?.keys ?? {})).toEqual(['a', 'c'])
  })
})
