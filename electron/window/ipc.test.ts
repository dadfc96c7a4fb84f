import { describe, expect, it } from 'vitest'
import { ipcChannels, updateInterval } from '../../common/contract/bridge.ts'
import { commandLimits } from '../../common/contract/command-limits.ts'
import { fail, ok } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { snapshotUpdate } from '../../common/contract/snapshot-update.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { processorTime } from '../../test/rig/processor-time.ts'
import { IpcMainDouble } from '../testing/electron-double.ts'
import { sampleSnapshot } from '../testing/sample-snapshot.ts'
import { connectIpc, type IpcEvent, type IpcOptions } from './ipc.ts'

const ownPage = 'app://notifier/index.html'
const ownContents = { name: 'own window' }
const ownFrame = { url: ownPage, parent: null }

const setUp = (execute: IpcOptions['engine']['execute'] = async () => ok(null)) => {
  const ipc = new IpcMainDouble()
  const clock = createFakeClock()
  const sent: { channel: string; message: unknown }[] = []
  const executed: unknown[][] = []
  let snapshot: Snapshot = sampleSnapshot()
  let change: (snapshot: Snapshot) => void = () => undefined
  connectIpc({
    ipc,
    clock,
    window: {
      send: (channel, message) => sent.push({ channel, message }),
      isSender: (sender) => sender === ownContents,
    },
    engine: {
      execute: async (...command) => {
        executed.push(command)
        return await execute(...command)
      },
      snapshot: () => snapshot,
      subscribe: (listener) => {
        change = listener
        return () => undefined
      },
    },
  })
  const changeTo = (revision: number): void => {
    snapshot = { ...snapshot, revision, notices: [] }
    change(snapshot)
  }
  const watch = (): void => ipc.send({ sender: ownContents, senderFrame: ownFrame }, ipcChannels.watch)
  return { ipc, clock, sent, executed, changeTo, watch, snapshot: () => snapshot }
}

const foreign: [string, IpcEvent][] = [
  ['another window', { sender: { name: 'other' }, senderFrame: ownFrame }],
  ['no window', { sender: undefined, senderFrame: ownFrame }],
  ['a frame that has gone', { sender: ownContents, senderFrame: null }],
  ['a frame inside', { sender: ownContents, senderFrame: { url: ownPage, parent: {} } }],
  ['another page', { sender: ownContents, senderFrame: { url: 'https://evil.example/', parent: null } }],
  ['another host', { sender: ownContents, senderFrame: { url: 'app://evil/index.html', parent: null } }],
  ['a page with a user', { sender: ownContents, senderFrame: { url: 'app://x@notifier/', parent: null } }],
  ['a blank page', { sender: ownContents, senderFrame: { url: 'about:blank', parent: null } }],
  ['no page', { sender: ownContents, senderFrame: { url: '', parent: null } }],
]

describe('a command from the page', () => {
  const event = { sender: ownContents, senderFrame: ownFrame }

  it('reaches the engine unchecked, and its result the page', async () => {
    const { ipc, executed } = setUp()
    expect(await ipc.invoke(event, ipcChannels.execute, 'account.refresh', '{"account":7}')).toEqual(ok(null))
    expect(executed).toEqual([['account.refresh', { account: 7 }]])
  })

  const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, {}]))

  it.each<[string, unknown, reason: string]>([
    ['no text', names(1_000_000), 'it is no JSON'],
    ['a text that is too long', JSON.stringify('k'.repeat(1_048_575)), 'it is too large'],
    ['a text with too many bytes', JSON.stringify('ü'.repeat(600_000)), 'it is too large'],
  ])('is refused when its input is %s, before anything reads it', async (_what, input, reason) => {
    const { ipc, executed } = setUp()
    const refused = { ok: false, failure: { code: 'command_invalid', params: { reason } } }
    const invoke = () => ipc.invoke(event, ipcChannels.execute, 'preferences.change', input)
    expect(await invoke()).toEqual(refused)
    expect(await processorTime(invoke)).toBeLessThan(50)
    expect(executed).toEqual([])
  })

  it.each<[string, string]>([
    ['no JSON', '{"account":'],
    ['of more values than any command has', JSON.stringify({ accounts: names(20_000) })],
    ['deeper than any command', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
  ])('reaches the engine without its input when that is %s', async (_what, input) => {
    const { ipc, executed } = setUp()
    const invoke = () => ipc.invoke(event, ipcChannels.execute, 'preferences.change', input)
    expect(await processorTime(invoke)).toBeLessThan(50)
    expect(executed[0]).toEqual(['preferences.change', undefined])
  })

  it('is refused while as many as there may be are in progress', async () => {
    let end: () => void = () => undefined
    const { ipc } = setUp(
      () =>
        new Promise((resolve) => {
          end = () => resolve(ok(null))
        }),
    )
    const invoke = () => ipc.invoke(event, ipcChannels.execute, 'account.refresh', '{}')
    const sent = Array.from({ length: commandLimits.inProgress }, invoke)
    expect(await invoke()).toEqual(fail('too_many_requests', { count: commandLimits.inProgress }))
    end()
    expect(await Promise.any(sent)).toEqual(ok(null))
    sent.push(invoke())
    expect(await invoke()).toMatchObject({ failure: { code: 'too_many_requests' } })
  })

  it.each(foreign)('is refused from %s', async (_what, event) => {
    const { ipc, executed } = setUp()
    expect(await ipc.invoke(event, ipcChannels.execute, 'account.revoke', '{"account":"a1"}')).toEqual({
      ok: false,
      failure: { code: 'not_authorised' },
    })
    expect(executed).toEqual([])
  })
})

const update = (before: Snapshot | null, after: Snapshot) => ({
  channel: ipcChannels.update,
  message: snapshotUpdate(before, after),
})

describe('updates', () => {
  it('start with a whole snapshot, whenever the page asks', () => {
    const { sent, changeTo, watch, snapshot } = setUp()
    changeTo(7)
    watch()
    watch()
    expect(sent).toEqual([update(null, snapshot()), update(null, snapshot())])
  })

  it.each(foreign)('are not sent to %s', (_what, event) => {
    const { ipc, sent, clock, changeTo } = setUp()
    ipc.send(event, ipcChannels.watch)
    changeTo(2)
    clock.advance(updateInterval)
    expect(sent).toEqual([])
  })

  it('go out once for all changes in one turn, as the difference from what was sent last', () => {
    const { clock, sent, changeTo, watch, snapshot } = setUp()
    watch()
    const first = snapshot()
    changeTo(2)
    changeTo(3)
    changeTo(4)
    expect(sent).toHaveLength(1)
    clock.advance(0)
    expect(sent).toEqual([update(null, first), update(first, snapshot())])
  })

  it('go out at most ten times a second', () => {
    const { clock, sent, changeTo, watch } = setUp()
    watch()
    for (let revision = 2; revision <= 101; revision += 1) {
      changeTo(revision)
      clock.advance(10)
    }
    clock.advance(updateInterval)
    expect(sent).toHaveLength(1 + 10 + 1)
    expect(sent.at(-1)).toMatchObject({ message: { base: 91, revision: 101 } })
  })

  it('are left out when the page already has the latest', () => {
    const { clock, sent, changeTo, watch } = setUp()
    changeTo(2)
    watch()
    clock.advance(updateInterval)
    expect(sent).toHaveLength(1)
  })
})
