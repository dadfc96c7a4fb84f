import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { alertNotification } from './alert.ts'
import { createNotificationActivation, createOpenAccount } from './notification-actions.ts'

const message = alertNotification(createTranslate(), {
  tag: 'a1-7',
  account: 'a1',
  title: 'Meta',
  body: 'mika mentioned you',
  url: 'https://meta.example/t/cats/5/2',
  notification: { id: 7, topic: null },
  isSilent: false,
  chime: null,
})

const setUp = () => {
  const done: unknown[][] = []
  const engine = {
    execute: async (...command: unknown[]) => {
      done.push(command)
      return ok(null)
    },
  }
  const openAccount = createOpenAccount({ openLink: (link) => done.push(['open', link]), engine })
  const activate = createNotificationActivation({ engine, openAccount, openApp: () => done.push(['app']) })
  return { done, activate }
}

describe('a click on a message', () => {
  it('opens what it is about, and says so', () => {
    const { done, activate } = setUp()
    activate(message)
    expect(done).toEqual([
      ['open', 'https://meta.example/t/cats/5/2'],
      ['account.opened', { account: 'a1' }],
    ])
  })

  it('shows the program when the message is about itself', () => {
    const { done, activate } = setUp()
    const { target: _target, ...about } = message
    activate(about)
    expect(done).toEqual([['app']])
  })

  it('on a button does what the button says, and nothing for a button that it does not have', () => {
    const { done, activate } = setUp()
    activate(message, 'markRead')
    activate(message, 'pauseHour')
    activate(message, 'muteTopic')
    expect(done).toEqual([
      ['notification.read', { account: 'a1', notification: 7 }],
      ['quiet.pause', { for: '1h' }],
    ])
  })
})
