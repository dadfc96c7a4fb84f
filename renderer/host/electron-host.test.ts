import { describe, expect, it, vi } from 'vitest'
import { snapshot } from '../testing/samples.ts'
import { createElectronHost } from './electron-host.ts'

/** A preload script's bridge, and the main process behind it. */
const createBridge = (execute: (name: string, input: unknown) => Promise<unknown> = async () => undefined) => {
  const listeners: ((snapshot: unknown) => void)[] = []
  return {
    execute: vi.fn(execute),
    onSnapshot: (listener: (snapshot: unknown) => void) => {
      listeners.push(listener)
      return () => undefined
    },
    push: (candidate: unknown) => {
      for (const listener of listeners) listener(candidate)
    },
  }
}

describe('the host inside Electron', () => {
  it('is connecting until the first snapshot, then shows each newer one', () => {
    const bridge = createBridge()
    const host = createElectronHost(bridge)
    const changed = vi.fn()
    const end = host.subscribe(changed)
    expect(host.getState()).toEqual({ connection: 'connecting', snapshot: null })
    bridge.push(snapshot({ revision: 2 }))
    expect(host.getState().connection).toBe('connected')
    bridge.push(snapshot({ revision: 1 }))
    bridge.push({ revision: 3 })
    expect(host.getState().snapshot?.revision).toBe(2)
    expect(changed).toHaveBeenCalledTimes(1)
    end()
    bridge.push(snapshot({ revision: 3 }))
    expect(changed).toHaveBeenCalledTimes(1)
  })

  it('gives the same state until something changes', () => {
    const host = createElectronHost(createBridge())
    expect(host.getState()).toBe(host.getState())
  })

  it('hands commands over and reads what comes back', async () => {
    const bridge = createBridge(async () => ({ ok: true, value: { account: 'account-1' } }))
    const result = await createElectronHost(bridge).execute('attempt.accept', { text: 'payload' })
    expect(bridge.execute).toHaveBeenCalledWith('attempt.accept', { text: 'payload' })
    expect(result).toEqual({ ok: true, value: { account: 'account-1' } })
  })

  it.each([
    ['nothing', async () => undefined],
    ['a failure nobody knows', async () => ({ ok: false, failure: { code: 'made_up' } })],
    [
      'an exception',
      async () => {
        throw new Error('main process')
      },
    ],
  ])('calls it an internal failure when %s comes back', async (_, execute) => {
    const result = await createElectronHost(createBridge(execute)).execute('vault.retry', {})
    expect(result).toEqual({ ok: false, failure: { code: 'internal' } })
  })
})
