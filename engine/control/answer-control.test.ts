import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { account, meta, notification, snapshot } from '../../common/testing/samples.ts'
import type { DesktopNotification } from '../ports/notification-port.ts'
import { type ControlledEngine, createAnswerControl } from './answer-control.ts'

const empty = snapshot()

describe('the control socket', () => {
  const setUp = ({ present = empty, hasBrowser = true } = {}) => {
    const done: unknown[][] = []
    let alert: Parameters<ControlledEngine['onAlert']>[0] = () => undefined
    const answer = createAnswerControl({
      engine: {
        snapshot: () => present,
        subscribe: () => () => undefined,
        execute: async (...command) => {
          done.push(['execute', ...command])
          return ok(null)
        },
        begin: async (...begun) => {
          done.push(['begin', ...begun])
          return fail('address_invalid')
        },
        onAlert: (listener) => {
          alert = listener
          return () => done.push(['unheard'])
        },
      },
      openForum: async (url) => {
        done.push(['browser', url])
        return hasBrowser
      },
      show: () => {
        done.push(['show'])
        return null
      },
      quit: () => done.push(['quit']),
    })
    return { answer, done, alert: (notification: DesktopNotification) => alert(notification) }
  }

  it('returns the snapshot', async () => {
    expect(await setUp().answer({ call: 'snapshot' })).toEqual(ok(empty))
  })

  it('shows the window, which has no URL to return', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'show' })).toEqual(ok({ url: null }))
    expect(await answer({ call: 'open' })).toEqual(ok({ url: null }))
    expect(done).toEqual([['show'], ['show']])
  })

  it('forwards commands and new sign-in attempts', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'command', name: 'vault.retry', input: {} })).toEqual(ok(null))
    expect(await answer({ call: 'begin', address: 'x', method: 'paste' })).toEqual(fail('address_invalid'))
    expect(done).toEqual([
      ['execute', 'vault.retry', {}],
      ['begin', 'x', 'paste'],
    ])
  })

  it('sends a watching client a whole snapshot first, and then only changes', async () => {
    let present = empty
    const engine = { snapshot: () => present, subscribe: () => () => undefined, onAlert: () => () => undefined }
    const options = { show: () => null, quit: () => undefined, openForum: async () => false }
    const refuse = async () => fail('internal')
    const answer = createAnswerControl({ engine: { ...engine, execute: refuse, begin: refuse }, ...options })
    const stream = await answer({ call: 'watch' })
    if (!('next' in stream)) throw new Error('not a stream')
    expect(stream.next()).toMatchObject({ base: null, revision: empty.revision })
    expect(stream.next()).toBeUndefined()
    present = { ...empty, revision: empty.revision + 2, appVersion: '9.9.9' }
    expect(stream.next()).toMatchObject({ base: empty.revision, others: { appVersion: '9.9.9' } })
  })

  it('opens the page a notification row leads to, and refreshes the counts afterwards', async () => {
    const item = notification({ id: 12 })
    const present = { ...empty, accounts: [account({ items: [item] })] }
    const call = { call: 'openNotification', account: 'account-1', notification: 12 } as const
    const { answer, done } = setUp({ present })
    expect(await answer(call)).toEqual(ok({ url: null }))
    expect(done).toEqual([
      ['browser', item.url],
      ['execute', 'account.opened', { account: 'account-1' }],
    ])
    expect(await answer({ ...call, notification: 13 })).toEqual(fail('notification_unknown'))
    const withoutBrowser = setUp({ present, hasBrowser: false })
    expect(await withoutBrowser.answer(call)).toEqual(ok({ url: item.url }))
    expect(withoutBrowser.done).toEqual([['browser', item.url]])
  })

  it('streams alerts, and queues the newest for a slow reader', async () => {
    const { answer, done, alert } = setUp({ present: { ...empty, accounts: [account()] } })
    const stream = await answer({ call: 'alerts' })
    if (!('next' in stream)) throw new Error('not a stream')
    let calls = 0
    const stop = stream.subscribe(() => {
      calls += 1
    })
    expect(stream.next()).toBeUndefined()
    const told = { tag: 'a', title: 'Meta', body: 'mika mentioned you', silent: false, actions: [] }
    const markRead = { id: 'markRead', label: '', command: { name: 'notification.read' } } as const
    const command = { ...markRead.command, input: { account: 'account-1', notification: 12 } }
    const target = { account: 'account-1', url: 'https://meta.example/t/7/2' }
    alert({ ...told, target, actions: [{ ...markRead, command }] })
    alert({ ...told, onlyReplaces: true })
    alert(told)
    expect(calls).toBe(2)
    expect(stream.next()).toEqual([
      {
        ...{ at: expect.any(Number), title: 'Meta', body: 'mika mentioned you', url: target.url, notification: 12 },
        account: { id: 'account-1', username: 'eve', host: meta.host, site: meta.base },
      },
      expect.objectContaining({ account: null, url: null, notification: null }),
    ])
    for (let count = 0; count < 1500; count++) alert({ ...told, body: String(count) })
    expect(stream.next()).toHaveLength(1000)
    stop()
    expect(done).toEqual([['unheard']])
  })

  it('quits after it has responded', async () => {
    const { answer, done } = setUp()
    expect(await answer({ call: 'quit' })).toEqual(ok({ pid: process.pid }))
    expect(done).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toEqual([['quit']])
  })
})
