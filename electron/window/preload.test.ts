import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bridge, ipcChannels } from '../../common/contract/bridge.ts'

/** What the preload script has put into the page's world. */
const world = new Map<string, Bridge>()
const calls: unknown[][] = []
let hear: ((event: unknown, ...args: unknown[]) => void)[] = []

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: Bridge) => world.set(name, api) },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      calls.push(['invoke', ...args])
      return Promise.resolve({ ok: true, value: null })
    },
    send: (...args: unknown[]) => calls.push(['send', ...args]),
    on: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
      if (channel === ipcChannels.update) hear = [...hear, listener]
    },
    off: (_channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
      hear = hear.filter((other) => other !== listener)
    },
  },
}))

const loadPreload = async (): Promise<Bridge> => {
  vi.resetModules()
  await import('./preload.ts')
  const bridge = world.get('notifier')
  if (bridge === undefined) throw new Error('nothing was exposed')
  return bridge
}

beforeEach(() => {
  world.clear()
  calls.length = 0
  hear = []
})

describe('the preload script', () => {
  it('exposes exactly two functions and nothing else', async () => {
    const bridge = await loadPreload()
    expect([...world.keys()]).toEqual(['notifier'])
    expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
      ['execute', 'function'],
      ['onUpdate', 'function'],
    ])
    expect(calls).toEqual([])
  })

  it('passes a command on, its input as JSON', async () => {
    const bridge = await loadPreload()
    expect(await bridge.execute('site.inspect', { address: 'meta.example' })).toEqual({ ok: true, value: null })
    expect(calls).toEqual([['invoke', ipcChannels.execute, 'site.inspect', '{"address":"meta.example"}']])
  })

  it('does not send what is too large to be read', async () => {
    const bridge = await loadPreload()
    const accounts = Array.from({ length: 1_000_000 }, (_, index) => `a${index}`)
    const failure = { code: 'command_invalid', params: { reason: 'it is too large' } }
    expect(await bridge.execute('marking.begin', { accounts })).toEqual({ ok: false, failure })
    expect(calls).toEqual([])
  })

  it('requests a whole snapshot and passes updates to the page without their events, until it unsubscribes', async () => {
    const bridge = await loadPreload()
    const heard: unknown[][] = []
    const end = bridge.onUpdate((...args) => heard.push(args))
    expect(calls).toEqual([['send', ipcChannels.watch]])
    for (const listener of hear) listener({ sender: 'secret' }, { revision: 1 }, 'more')
    expect(heard).toEqual([[{ revision: 1 }]])
    expect(end()).toBeUndefined()
    expect(hear).toEqual([])
  })
})
