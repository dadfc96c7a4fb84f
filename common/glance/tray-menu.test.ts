import { describe, expect, it } from 'vitest'
import type { AccountView } from '../contract/snapshot.ts'
import { createTranslate } from '../i18n/i18n.ts'
import { counts, account as sampleAccount, snapshot as sampleSnapshot } from '../testing/samples.ts'
import { trayMenu } from './tray-menu.ts'

const t = createTranslate()
const now = Date.UTC(2026, 10, 23, 12)

describe('the tray menu', () => {
  it('has every action, and a line for each account', () => {
    const menu = trayMenu(
      t,
      sampleSnapshot({ accounts: [sampleAccount({ counts: counts({ notifications: 2 }) })] }),
      now,
    )
    expect(menu.flatMap((item) => (item.kind === 'action' ? [item.action] : []))).toEqual([
      'open',
      'add',
      'refresh',
      'markRead',
      'settings',
      'quit',
    ])
    expect(menu).toContainEqual({
      kind: 'account',
      account: 'account-1',
      label: 'Meta · eve: 2 notifications',
      url: 'https://meta.example/u/eve/notifications',
    })
    expect(trayMenu(t, sampleSnapshot(), now)).toContainEqual({ kind: 'label', label: 'No forums yet' })
  })

  it('says what is counted apart behind the counts of an account, unless the account is in trouble', () => {
    const some = { counts: { ...counts({ notifications: 2 }), topics: { new: 4, unread: 0 } } }
    const failure = { code: 'access_refused', params: { host: 'meta.example' } } as const
    const labels = [sampleAccount(some), sampleAccount({ ...some, state: { kind: 'needsSignIn', failure } })].map(
      (account) => trayMenu(t, sampleSnapshot({ accounts: [account] }), now).find(({ kind }) => kind === 'account'),
    )
    expect(labels[0]).toMatchObject({ label: 'Meta · eve: 2 notifications · 4 new topics' })
    expect(labels[1]).toMatchObject({ label: expect.not.stringContaining('topics') })
  })

  it.each<Partial<AccountView>>([
    { counts: counts({ notifications: 0 }) },
    { counts: null },
    { counts: counts({ notifications: 2 }), state: { kind: 'needsSignIn', failure: { code: 'access_refused' } } },
    { counts: counts({ notifications: 2 }), state: { kind: 'revoking', failure: null } },
  ])('offers to mark nothing as read where that cannot be done: %j', (some) => {
    const menu = trayMenu(t, sampleSnapshot({ accounts: [sampleAccount(some)] }), now)
    expect(menu).not.toContainEqual(expect.objectContaining({ action: 'markRead' }))
  })

  it('offers every length of a pause', () => {
    expect(trayMenu(t, sampleSnapshot(), now)).toContainEqual({
      kind: 'submenu',
      label: 'Pause alerts',
      items: [
        { kind: 'pause', label: 'For 30 minutes', choice: '30min' },
        { kind: 'pause', label: 'For 1 hour', choice: '1h' },
        { kind: 'pause', label: 'Until tomorrow', choice: 'tomorrow' },
        { kind: 'pause', label: 'Until you turn them back on', choice: 'open' },
      ],
    })
  })

  it('offers to end a pause, and says which it is', () => {
    const menu = trayMenu(t, sampleSnapshot({ quiet: { isQuiet: true, reason: 'paused', until: null } }), now)
    expect(menu).toContainEqual({ kind: 'label', label: 'Alerts are paused until you turn them back on' })
    expect(menu).toContainEqual({ kind: 'action', label: 'Resume alerts', action: 'resume' })
    expect(menu.map(({ kind }) => kind)).not.toContain('submenu')
  })

  it('offers a pause in quiet hours as well, which may outlast them', () => {
    const menu = trayMenu(t, sampleSnapshot({ quiet: { isQuiet: true, reason: 'system', until: null } }), now)
    expect(menu).toContainEqual({ kind: 'label', label: 'Do Not Disturb is on for this computer' })
    expect(menu.map(({ kind }) => kind)).toContain('submenu')
  })
})
