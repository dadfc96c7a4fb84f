import { expect, it } from 'vitest'
import { createMemoryKeychain } from '../../../test/rig/memory-keychain.ts'
import { createTrackedKeychain } from './tracked-keychain.ts'

it('a keychain is busy until its call settles, whatever the result', async () => {
  let finish: (text: string | null) => void = () => undefined
  const memory = createMemoryKeychain()
  const keychain = createTrackedKeychain(async () => ({
    ...memory,
    get: () =>
      new Promise((resolve) => {
        finish = resolve
      }),
    remove: () => Promise.reject(new Error('locked')),
  }))
  const { get, set, remove } = await keychain.open()
  expect(keychain.isBusy()).toBe(false)
  const asked = get('item')
  expect(keychain.isBusy()).toBe(true)
  await set('item', 'text')
  await expect(remove('item')).rejects.toThrow('locked')
  expect(keychain.isBusy()).toBe(true)
  finish('text')
  expect(await asked).toBe('text')
  expect(keychain.isBusy()).toBe(false)
})

it('a pending read is shared, however often the keychain is opened; a later one is a new call', async () => {
  let finish: (text: string | null) => void = () => undefined
  const questions: string[] = []
  const memory = createMemoryKeychain()
  const keychain = createTrackedKeychain(async () => ({
    ...memory,
    get: (item) => {
      questions.push(item)
      return new Promise((resolve) => {
        finish = resolve
      })
    },
  }))
  const first = (await keychain.open()).get('item')
  const again = (await keychain.open()).get('item')
  expect(questions).toEqual(['item'])
  finish('text')
  expect([await first, await again, keychain.isBusy()]).toEqual(['text', 'text', false])
  const later = (await keychain.open()).get('item')
  expect(questions).toEqual(['item', 'item'])
  finish(null)
  expect(await later).toBeNull()
})
