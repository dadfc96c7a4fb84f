import { describe, expect, it, vi } from 'vitest'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import { snapshot } from '../../common/testing/samples.ts'
import { createElectronHost } from './electron-host.ts'

/** A preload script's bridge, and the main process behind it. */
const createBridge = (execute: (name: string, input: unknown) => Promise<unknown> = async () => undefined) => {
  const listeners = new Set<(update: unknown) => void>()
  const watched = vi.fn()
  return {
    execute: vi.fn(execute),
    watched,
    onUpdate: (listener: (update: unknown) => void) => {
      watched()
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    push: (update: unknown) => {
      for (const listener of [...listeners]) listener(update)
    },
  }
}

const [first, second, third] = [snapshot({ revision: 1 }), snapshot({ revision: 2 }), snapshot({ revision: 3 })]

describe('the host inside Electron', () => {
  it('is connecting until the first snapshot, then follows the updates', () => {
    const bridge = createBridge()
    const host = createElectronHost(bridge)
    const changed = vi.fn()
    const end = host.subscribe(changed)
    expect(host.getState()).toEqual({ connection: 'connecting', snapshot: null })
    bridge.push(snapshotUpdate(null, first))
    expect(host.getState()).toEqual({ connection: 'connected', snapshot: first })
    bridge.push(snapshotUpdate(first, second))
    expect(host.getState().snapshot).toEqual(second)
    expect(changed).toHaveBeenCalledTimes(2)
    expect(bridge.watched).toHaveBeenCalledTimes(1)
    end()
    bridge.push(snapshotUpdate(second, third))
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['does not fit', snapshotUpdate(second, third)],
    ['cannot be read', { base: 1, revision: 2 }],
  ])('asks once for the whole when an update %s, and shows what it has until that comes', (_, odd) => {
    const bridge = createBridge()
    const host = createElectronHost(bridge)
    bridge.push(snapshotUpdate(null, first))
    bridge.push(odd)
    bridge.push(odd)
    expect(bridge.watched).toHaveBeenCalledTimes(2)
    expect(host.getState().snapshot).toEqual(first)
    bridge.push(snapshotUpdate(null, third))
    expect(host.getState().snapshot).toEqual(third)
    bridge.push(odd)
    expect(bridge.watched).toHaveBeenCalledTimes(3)
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
