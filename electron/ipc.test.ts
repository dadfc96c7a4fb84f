import { describe, expect, it } from 'vitest'
import { ipcChannels } from '../common/bridge.ts'
import { ok } from '../common/failure.ts'
import type { Snapshot } from '../common/snapshot.ts'
import { createFakeClock } from '../test/rig/fake-clock.ts'
import { connectIpc, type IpcEvent } from './ipc.ts'
import { IpcMainDouble } from './testing/electron-double.ts'
import { sampleSnapshot } from './testing/sample-snapshot.ts'

const ownPage = 'app://notifier/index.html'
const ownContents = { name: 'own window' }
const ownFrame = { url: ownPage, parent: null }

const setUp = () => {
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
        return ok(null)
      },
      snapshot: () => snapshot,
      subscribe: (listener) => {
        change = listener
        return () => undefined
      },
    },
  })
  const changeTo = (revision: number): void => {
    snapshot = sampleSnapshot({ revision })
    change(snapshot)
  }
  return { ipc, clock, sent, executed, changeTo }
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
  it('reaches the engine unread, and its result the page', async () => {
    const { ipc, executed } = setUp()
    const event = { sender: ownContents, senderFrame: ownFrame }
    expect(await ipc.invoke(event, ipcChannels.execute, 'account.refresh', { account: 7 })).toEqual(ok(null))
    expect(executed).toEqual([['account.refresh', { account: 7 }]])
  })

  it.each(foreign)('is refused from %s', async (_what, event) => {
    const { ipc, executed } = setUp()
    expect(await ipc.invoke(event, ipcChannels.execute, 'account.revoke', { account: 'a1' })).toEqual({
      ok: false,
      failure: { code: 'not_authorised' },
    })
    expect(executed).toEqual([])
  })
})

describe('snapshots', () => {
  it('begin with the present one', () => {
    const { ipc, sent, changeTo } = setUp()
    changeTo(7)
    ipc.send({ sender: ownContents, senderFrame: ownFrame }, ipcChannels.watch)
    expect(sent).toEqual([{ channel: ipcChannels.snapshot, message: sampleSnapshot({ revision: 7 }) }])
  })

  it.each(foreign)('are not given to %s', (_what, event) => {
    const { ipc, sent } = setUp()
    ipc.send(event, ipcChannels.watch)
    expect(sent).toEqual([])
  })

  it('go out once for all changes of one turn, with the last of them', () => {
    const { clock, sent, changeTo } = setUp()
    changeTo(2)
    changeTo(3)
    changeTo(4)
    expect(sent).toEqual([])
    clock.advance(0)
    expect(sent).toEqual([{ channel: ipcChannels.snapshot, message: sampleSnapshot({ revision: 4 }) }])
    changeTo(5)
    clock.advance(0)
    expect(sent).toHaveLength(2)
  })
})
