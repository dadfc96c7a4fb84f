import { describe, expect, it } from 'vitest'
import { alertMessage, createNotifications } from './notifications.ts'
import { NotificationDouble } from './testing/electron-double.ts'

const setUp = (options: { isSupported?: boolean; most?: number } = {}) => {
  const made: NotificationDouble[] = []
  const clicks: string[] = []
  const notify = createNotifications({
    isSupported: () => options.isSupported ?? true,
    create: (content) => {
      const notification = new NotificationDouble(content)
      made.push(notification)
      return notification
    },
    ...(options.most === undefined ? {} : { most: options.most }),
  })
  const show = (tag: string, body = 'something'): void =>
    notify({ tag, title: 'Meta', body, click: () => clicks.push(`${tag}: ${body}`) })
  return { made, clicks, show, states: () => made.map(({ state }) => state) }
}

describe('notifications', () => {
  it('show title and body', () => {
    const { made, show } = setUp()
    show('a1', '2 notifications for eve')
    expect(made[0]?.options).toEqual({ title: 'Meta', body: '2 notifications for eve' })
    expect(made[0]?.state).toBe('shown')
  })

  it('do what they are there for when clicked', () => {
    const { made, clicks, show } = setUp()
    show('a1')
    made[0]?.emit('click')
    expect(clicks).toEqual(['a1: something'])
  })

  it('take the place of the earlier one with the same tag, and of no other', () => {
    const { show, states } = setUp()
    show('a1', 'first')
    show('a2', 'other')
    show('a1', 'second')
    expect(states()).toEqual(['closed', 'shown', 'shown'])
  })

  it.each(['click', 'close', 'failed'] as const)('are let go after %s', (name) => {
    const { made, show, states } = setUp()
    show('a1', 'first')
    if (name === 'close') made[0]?.emit('close', { reason: 'userCanceled' })
    else made[0]?.emit(name)
    show('a1', 'second')
    // Nothing was held any more, so nothing was closed.
    expect(states()).toEqual(['shown', 'shown'])
  })

  it('are still held when Windows has only moved them to the notification centre', () => {
    const { made, clicks, show, states } = setUp()
    show('a1', 'first')
    made[0]?.emit('close', { reason: 'timedOut' })
    made[0]?.emit('click')
    expect(clicks).toEqual(['a1: first'])
    show('a2', 'first')
    made[1]?.emit('close', { reason: 'timedOut' })
    show('a2', 'second')
    expect(states()).toEqual(['shown', 'closed', 'shown'])
  })

  it('are held up to a number, the oldest going first', () => {
    const { show, states } = setUp({ most: 2 })
    show('a1')
    show('a2')
    show('a3')
    expect(states()).toEqual(['closed', 'shown', 'shown'])
  })

  it('are not made where the system has none', () => {
    const { made, show } = setUp({ isSupported: false })
    show('a1')
    expect(made).toEqual([])
  })

  it('of an alert open the account that it is about', () => {
    const opened: string[][] = []
    const alert = {
      tag: 'a1',
      account: 'a1',
      title: 'Meta',
      body: '1 notification for eve',
      url: 'https://meta.example/n',
      notification: null,
    }
    alertMessage(alert, (...args) => opened.push(args)).click()
    expect(opened).toEqual([['a1', 'https://meta.example/n']])
  })
})
