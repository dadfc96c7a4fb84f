import { describe, expect, it } from 'vitest'
import type { DesktopNotification } from '../../engine/ports/notification-port.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { NotificationDouble } from '../testing/electron-double.ts'
import { createNotifications, deadline } from './notifications.ts'

interface SetUp {
  readonly isSupported?: boolean
  readonly most?: number
  /** What the system says instead of showing it. */
  readonly error?: string
  readonly capabilities?: readonly string[] | 'silent'
  /** Says nothing at all. */
  readonly isSilent?: boolean
}

const setUp = (options: SetUp = {}) => {
  const made: NotificationDouble[] = []
  const clicks: string[] = []
  const deferred: (() => void)[] = []
  const clock = createFakeClock()
  const notifications = createNotifications({
    isSupported: () => options.isSupported ?? true,
    create: (content) => {
      const notification = new NotificationDouble(content)
      notification.error = options.isSilent ? null : options.error
      made.push(notification)
      return notification
    },
    clock,
    defer: (action) => deferred.push(action),
    ...(options.capabilities === undefined ? {} : { capabilities: async () => options.capabilities }),
    ...(options.most === undefined ? {} : { most: options.most }),
  })
  notifications.onActivate(({ tag, body }, action = 'click') => clicks.push(`${action} ${tag}: ${body}`))
  const show = (tag: string, body = 'something', more: Partial<DesktopNotification> = {}) =>
    notifications.show({ tag, title: 'Meta', body, silent: false, actions: [], ...more })
  /** Lets what was deferred happen. */
  const turn = (): void => {
    for (const action of deferred.splice(0)) action()
  }
  return { made, clicks, clock, show, turn, states: () => made.map(({ state }) => state) }
}

const buttons: DesktopNotification['actions'] = [
  { id: 'markRead', label: 'Mark as read', command: { name: 'account.refresh', input: {} } },
  { id: 'pauseHour', label: 'Pause 1 hour', command: { name: 'account.refresh', input: {} } },
]

describe('notifications', () => {
  it('show title, body and buttons', async () => {
    const { made, clock, show } = setUp()
    expect(await show('a1', '2 notifications for eve', { silent: true, actions: buttons })).toEqual({ kind: 'shown' })
    expect(made[0]?.options).toEqual({
      id: 'a1',
      title: 'Meta',
      body: '2 notifications for eve',
      silent: true,
      actions: [
        { type: 'button', text: 'Mark as read' },
        { type: 'button', text: 'Pause 1 hour' },
      ],
    })
    expect(clock.pending()).toBe(0)
  })

  it('open their target when clicked', () => {
    const { made, clicks, show, turn } = setUp()
    void show('a1')
    made[0]?.emit('click')
    // Not inside the click's own event: see createNotifications.
    expect(clicks).toEqual([])
    turn()
    expect(clicks).toEqual(['click a1: something'])
  })

  it('do what a button says', () => {
    const { made, clicks, show, turn } = setUp()
    void show('a1', 'something', { actions: buttons })
    made[0]?.emit('action', { actionIndex: 1 })
    made[0]?.emit('action', { actionIndex: 2 })
    turn()
    expect(clicks).toEqual(['pauseHour a1: something'])
  })

  it('have the markup in their body escaped where the desktop renders it', async () => {
    const { made, show } = setUp({ capabilities: ['body', 'body-markup'] })
    await Promise.all([show('a1', '<b>5 < 6</b>'), show('a1', 'later')])
    expect(made.map(({ options }) => options.body)).toEqual(['&lt;b&gt;5 &lt; 6&lt;/b&gt;', 'later'])
    expect(made.map(({ state }) => state)).toEqual(['closed', 'shown'])
  })

  it('are not given to a server that does not answer, for which Electron would wait on its main thread', async () => {
    const { made, show } = setUp({ capabilities: 'silent' })
    expect(await show('a1')).toEqual({ kind: 'failed', reason: 'no answer' })
    expect(made).toEqual([])
  })

  it('replace the earlier one with the same tag, and no other', () => {
    const { show, states } = setUp()
    void show('a1', 'first')
    void show('a2', 'other')
    void show('a1', 'second')
    expect(states()).toEqual(['closed', 'shown', 'shown'])
  })

  it.each(['click', 'action', 'close', 'failed'] as const)('are released after %s', (name) => {
    const { made, show, states } = setUp()
    void show('a1', 'first')
    const [first] = made
    if (name === 'close') first?.emit('close', { reason: 'userCanceled' })
    else if (name === 'action') first?.emit('action', { actionIndex: 0 })
    else first?.emit(name)
    void show('a1', 'second')
    // Nothing was held any more, so nothing was closed.
    expect(states()).toEqual(['shown', 'shown'])
  })

  it('are still held when Windows has only moved them to the notification centre', () => {
    const { made, clicks, show, turn, states } = setUp()
    void show('a1', 'first')
    made[0]?.emit('close', { reason: 'timedOut' })
    made[0]?.emit('click')
    turn()
    expect(clicks).toEqual(['click a1: first'])
    void show('a2', 'first')
    made[1]?.emit('close', { reason: 'timedOut' })
    void show('a2', 'second')
    expect(states()).toEqual(['shown', 'closed', 'shown'])
  })

  it('are held up to a maximum, the oldest going first', () => {
    const { show, states } = setUp({ most: 2 })
    void show('a1')
    void show('a2')
    void show('a3')
    expect(states()).toEqual(['closed', 'shown', 'shown'])
  })
})

describe('a notification that is not shown', () => {
  it('is not made where the system has none', async () => {
    const { made, show } = setUp({ isSupported: false })
    expect(await show('a1')).toEqual({ kind: 'unsupported' })
    expect(made).toEqual([])
  })

  it.each([
    'The operation couldn’t be completed. (UNErrorDomain error 1.)',
    'Notifications are not allowed for this application',
    'WinAPI: NotificationPort failed, ERROR Notification failed - Settings prevent the notification from being delivered.',
  ])('was refused by the user’s settings: %s', async (error) => {
    expect(await setUp({ error }).show('a1')).toEqual({ kind: 'refused' })
  })

  it('failed with the system’s reason', async () => {
    const error = 'The operation couldn’t be completed. (UNErrorDomain error 1401.)'
    expect(await setUp({ error }).show('a1')).toEqual({ kind: 'failed', reason: error })
  })

  it('failed when the system says nothing', async () => {
    const { clock, show } = setUp({ isSilent: true })
    const showing = show('a1')
    clock.advance(deadline)
    expect(await showing).toEqual({ kind: 'failed', reason: 'no answer' })
  })
})
