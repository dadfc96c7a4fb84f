import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { keychainSubprocess } from '../../engine/storage/keychain/keychain-subprocess.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { answerKeychainCall, type Keytar } from './answer-keychain-call.ts'
import { createKeychainCall, type UtilityPort } from './call-keychain.ts'

/** Electron's utility process, with what runs in it. */
class UtilityDouble extends EventEmitter<{ message: [unknown]; exit: [number] }> implements UtilityPort {
  isKilled = false
  private readonly answer: ((message: unknown) => Promise<unknown>) | undefined

  constructor(answer: ((message: unknown) => Promise<unknown>) | undefined) {
    super()
    this.answer = answer
  }
  postMessage(message: unknown): void {
    void this.answer?.(message).then((answer) => this.emit('message', answer))
  }
  kill(): boolean {
    this.isKilled = true
    this.emit('exit', 0)
    return true
  }
}

const setUp = (answer: ((message: unknown) => Promise<unknown>) | undefined) => {
  const clock = createFakeClock()
  const children: UtilityDouble[] = []
  const fork = () => {
    const child = new UtilityDouble(answer)
    children.push(child)
    return child
  }
  return { clock, children, keychain: keychainSubprocess('service', createKeychainCall(fork, clock)) }
}

const withKeytar = () => {
  const items = new Map<string, string>()
  const keytar: Keytar = {
    getPassword: async (service, item) => items.get(`${service}/${item}`) ?? null,
    setPassword: async (service, item, text) => void items.set(`${service}/${item}`, text),
    deletePassword: async (service, item) => items.delete(`${service}/${item}`),
  }
  return setUp((message) => answerKeychainCall(message, async () => keytar))
}

describe('the keychain in a utility process', () => {
  it('stores, reads and removes, each in a process that is ended afterwards', async () => {
    const { keychain, children, clock } = withKeytar()
    expect(await keychain.get('item')).toBeNull()
    await keychain.set('item', 'secret')
    expect(await keychain.get('item')).toBe('secret')
    await keychain.remove('item')
    expect(await keychain.get('item')).toBeNull()
    expect(children.map(({ isKilled }) => isKilled)).toEqual([true, true, true, true, true])
    expect(clock.pending()).toBe(0)
  })

  it('fails with keytar’s own message', async () => {
    const { keychain } = setUp((message) =>
      answerKeychainCall(message, () => Promise.reject(new Error('no libsecret'))),
    )
    await expect(keychain.get('item')).rejects.toThrow('no libsecret')
  })

  it('fails when the process ends without an answer, or gives one that keytar never would', async () => {
    const silent = setUp(undefined)
    const asked = silent.keychain.get('item')
    silent.children[0]?.emit('exit', 1)
    await expect(asked).rejects.toThrow('does not answer')
    expect(silent.clock.pending()).toBe(0)
    await expect(setUp(async () => ({ ok: true, value: 7 })).keychain.get('item')).rejects.toThrow('does not answer')
  })

  it('is not waited for longer than a minute', async () => {
    const { keychain, children, clock } = setUp(undefined)
    const asked = keychain.get('item')
    clock.advance(60_000)
    await expect(asked).rejects.toThrow('does not answer')
    expect(children[0]?.isKilled).toBe(true)
  })

  it('calls nothing that is not one of keytar’s three functions', async () => {
    const { keytar } = { keytar: () => Promise.reject(new Error('loaded')) }
    for (const message of [
      undefined,
      'get',
      { name: 'findCredentials', args: [] },
      { name: 'constructor', args: [] },
    ]) {
      const answer = await answerKeychainCall(message, keytar)
      expect(answer).toMatchObject({ ok: false })
      expect(answer).not.toMatchObject({ message: 'loaded' })
    }
  })
})
