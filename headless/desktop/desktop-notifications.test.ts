import { describe, expect, it } from 'vitest'
import type { DesktopNotification } from '../../engine/ports/notification-port.ts'
import { createDesktopNotifications } from './desktop-notifications.ts'
import type { ServiceEvents } from './notification-service.ts'

interface SetUp {
  readonly capabilities?: readonly string[]
  readonly most?: number
}

/** A notification service that numbers what it gets, as a desktop has one. */
const setUp = ({ capabilities = ['actions', 'body', 'body-markup'], most }: SetUp = {}) => {
  const calls: { member: string; body: readonly unknown[] }[] = []
  const clicks: string[] = []
  const desktop = {
    isThere: true,
    /** The name of the error that each call is answered with. */
    error: '',
    connections: 0,
    closed: 0,
    events: undefined as ServiceEvents | undefined,
  }
  let lastId = 0
  const { show, close, onActivate } = createDesktopNotifications({
    connect: async (events) => {
      if (!desktop.isThere) return undefined
      desktop.connections += 1
      desktop.events = events
      return {
        call: async (member, _signature, body) => {
          if (desktop.error !== '') {
            throw Object.assign(new Error('no\nmore'), { dbusName: `org.freedesktop.DBus.Error.${desktop.error}` })
          }
          if (member === 'GetCapabilities') return capabilities
          calls.push({ member, body })
          if (member !== 'Notify') return undefined
          const [, replaced] = body
          if (replaced !== 0) return replaced
          lastId += 1
          return lastId
        },
        close: () => {
          desktop.closed += 1
        },
      }
    },
    appName: 'Discourse Notifier',
    openLabel: () => 'Open',
    icon: '/icon.png',
    ...(most === undefined ? {} : { most }),
  })
  onActivate(({ tag }, action = 'click') => clicks.push(`${action} ${tag}`))
  return {
    ...{ desktop, calls, clicks, close },
    show: (tag: string, more: Partial<DesktopNotification> = {}) =>
      show({ tag, title: 'Meta', body: 'something', silent: false, actions: [], ...more }),
    signal: (member: string, ...body: unknown[]) => desktop.events?.onSignal(member, body),
  }
}

const actions: DesktopNotification['actions'] = [
  { id: 'markRead', label: 'Mark as read', command: { name: 'account.refresh', input: {} } },
]

describe('a notification on the desktop', () => {
  it('says what, and what can be done', async () => {
    const { calls, show } = setUp()
    expect(await show('a1', { title: 'R&D <1>', body: 'a < b & c > d', silent: true, actions })).toEqual({
      kind: 'shown',
      canReplace: true,
    })
    expect(calls).toEqual([
      {
        member: 'Notify',
        body: [
          ...['Discourse Notifier', 0, '/icon.png', 'R&D <1>', 'a &lt; b &amp; c &gt; d'],
          ['default', 'Open', 'markRead', 'Mark as read'],
          {
            urgency: expect.objectContaining({ value: 1 }),
            category: expect.objectContaining({ value: 'im.received' }),
            'suppress-sound': expect.objectContaining({ value: true }),
          },
          -1,
        ],
      },
    ])
  })

  it('is plain and without buttons where the desktop knows neither', async () => {
    const { calls, show } = setUp({ capabilities: ['body'] })
    await show('a1', { title: 'nul\0', body: 'a < b', actions })
    expect(calls[0]?.body.slice(3, 6)).toEqual(['nul', 'a < b', []])
  })

  it('takes the place of the earlier one with its tag, also of one that is still being shown', async () => {
    const { calls, show } = setUp()
    await Promise.all([show('a1'), show('a2'), show('a1')])
    expect(calls.map(({ body }) => body[1])).toEqual([0, 0, 1])
  })

  it('is not brought back by a replacement once it has been closed', async () => {
    const { calls, show, signal } = setUp()
    await show('a1')
    await show('a1', { body: 'more words', onlyReplaces: true })
    signal('NotificationClosed', 1, 2)
    await show('a1', { body: 'still more words', onlyReplaces: true })
    expect(calls.filter(({ member }) => member === 'Notify').map(({ body }) => body[4])).toEqual([
      'something',
      'more words',
    ])
  })

  it('does what is clicked, once', async () => {
    const { clicks, show, signal } = setUp()
    await show('a1', { actions })
    await show('a2', { actions })
    signal('ActionInvoked', 1, 'default')
    signal('ActionInvoked', 1, 'default')
    signal('ActionInvoked', 2, 'markRead')
    expect(clicks).toEqual(['click a1', 'markRead a2'])
  })

  it('hears nothing of other programs’ notifications, nor of what it does not understand', async () => {
    const { clicks, show, signal } = setUp()
    await show('a1')
    signal('ActionInvoked', 7, 'default')
    signal('ActionInvoked', 'one', 'default')
    signal('ActivationToken', 1, 'token')
    expect(clicks).toEqual([])
  })

  it('is let go when it is closed', async () => {
    const { calls, clicks, show, signal } = setUp()
    await show('a1')
    signal('NotificationClosed', 1, 2)
    signal('ActionInvoked', 1, 'default')
    await show('a1')
    expect(clicks).toEqual([])
    expect(calls.at(-1)?.body[1]).toBe(0)
  })

  it('is closed when too many are held, the oldest first', async () => {
    const { calls, show } = setUp({ most: 2 })
    await show('a1')
    await show('a2')
    await show('a3')
    expect(calls.filter(({ member }) => member === 'CloseNotification')).toEqual([
      { member: 'CloseNotification', body: [1] },
    ])
  })
})

describe('the connection to the desktop', () => {
  it('is made once, and ended with the program', async () => {
    const { desktop, show, close } = setUp()
    await show('a1')
    await show('a2')
    expect(desktop.connections).toBe(1)
    close()
    await expect.poll(() => desktop.closed).toBe(1)
  })

  it('is made anew after it has gone; numbers of the one before are forgotten, for the next service gives them again', async () => {
    const { desktop, calls, clicks, show, signal } = setUp()
    await show('a1')
    desktop.events?.onGone()
    signal('ActionInvoked', 1, 'default')
    await show('a1')
    expect(desktop.connections).toBe(2)
    expect(clicks).toEqual([])
    expect(calls.at(-1)?.body[1]).toBe(0)
  })

  it('is tried again when there was no desktop', async () => {
    const { desktop, show } = setUp()
    desktop.isThere = false
    expect(await show('a1')).toEqual({ kind: 'unsupported' })
    desktop.isThere = true
    expect(await show('a1')).toEqual({ kind: 'shown', canReplace: true })
  })

  it.each([
    ['ServiceUnknown', { kind: 'unsupported' }],
    ['Spawn.ChildExited', { kind: 'unsupported' }],
    ['Disconnected', { kind: 'unsupported' }],
    ['AccessDenied', { kind: 'refused' }],
    ['LimitsExceeded', { kind: 'failed', reason: 'no' }],
  ] as const)('that answers %s is ended, and the outcome says so', async (error, outcome) => {
    const { desktop, show } = setUp()
    desktop.error = error
    expect(await show('a1')).toEqual(outcome)
    expect(desktop.closed).toBe(1)
    desktop.error = ''
    expect(await show('a1')).toEqual({ kind: 'shown', canReplace: true })
  })
})
