import { describe, expect, it } from 'vitest'
import { fail } from '../contract/failure.ts'
import type { AccountView } from '../contract/snapshot.ts'
import { createTranslate } from '../i18n/i18n.ts'
import { counts, account as sampleAccount, snapshot as sampleSnapshot } from '../testing/samples.ts'
import { trayMenu } from './tray-menu.ts'

const t = createTranslate()
const now = Date.UTC(2026, 10, 23, 12)
const { failure } = fail('timed_out', { host: 'meta.example', seconds: 10 })

type Item = ReturnType<typeof trayMenu>[number]

/** The part of a menu that is about forums, between the first two lines that stand alone: its labels. */
const forums = (accounts: readonly AccountView[]): readonly unknown[] => {
  const [, , ...items] = trayMenu(t, sampleSnapshot({ accounts }), now)
  return labels(items.slice(0, items.findIndex(isPause) - 1))
}
const labels = (items: readonly Item[]): readonly unknown[] =>
  items.map((item) => {
    if (item.kind === 'separator') return '-'
    return item.kind === 'submenu' ? [item.label, ...labels(item.items)] : item.label
  })
const isPause = (item: Item): boolean => item.kind === 'submenu' && item.label === 'Pause alerts'

/** An account on a forum of its own. */
const on = (title: string, some: Partial<AccountView> = {}): AccountView => {
  const host = `${title.toLowerCase().replaceAll(/\W/g, '')}.example`
  return sampleAccount({ id: title, site: { base: `https://${host}`, host, title, color: null }, ...some })
}
const news = { counts: counts({ notifications: 2 }) }
const offline: Partial<AccountView> = { state: { kind: 'offline', since: now, failure } }
const refused: Partial<AccountView> = { state: { kind: 'needsSignIn', failure: { code: 'access_refused' } } }

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
      label: 'Meta: 2 notifications',
      url: 'https://meta.example/u/eve/notifications',
    })
    expect(trayMenu(t, sampleSnapshot(), now)).toContainEqual({ kind: 'label', label: 'No forums yet' })
  })

  it('says what is counted apart behind the counts of an account, also where it is in trouble', () => {
    const some = { counts: { ...counts({ notifications: 2 }), topics: { new: 4, unread: 0 } } }
    const failure = { code: 'access_refused', params: { host: 'meta.example' } } as const
    const [well, refused] = [sampleAccount(some), sampleAccount({ ...some, state: { kind: 'needsSignIn', failure } })]
    expect(forums([well])).toEqual(['Meta: 2 notifications · 4 new topics'])
    expect(forums([refused])).toEqual([
      'Meta: Access was revoked or has expired. Sign in again.',
      '-',
      'Meta: 2 notifications · 4 new topics',
    ])
  })

  it('has trouble first, then news, each in the user’s order, and folds the quiet ones', () => {
    const quiet = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'].map((title) => on(title))
    const [first, ...others] = quiet
    const accounts = [first ?? on(''), on('B', news), on('C', offline), ...others, on('A', news), on('D', refused)]
    expect(forums(accounts)).toEqual([
      'D: Access was revoked or has expired. Sign in again.',
      'C: No answer (timed out after 10 s). Trying again automatically.',
      '-',
      'B: 2 notifications',
      'A: 2 notifications',
      ['5 forums with nothing new', ...quiet.map(({ site }) => `${site.title}: nothing new`)],
    ])
  })

  it('folds one trouble of many forums, which keep their news, and shows a few quiet ones', () => {
    const accounts = [on('A', offline), on('B', { ...offline, ...news }), on('C', offline), on('D')]
    expect(forums(accounts)).toEqual([
      [
        '3 not reachable',
        ...['A', 'B', 'C'].map((name) => `${name}: No answer (timed out after 10 s). Trying again automatically.`),
      ],
      '-',
      'B: 2 notifications',
      'D: nothing new',
    ])
  })

  it('leads to the window where only the user can help, and to the forum otherwise', () => {
    const [, , first, second] = trayMenu(t, sampleSnapshot({ accounts: [on('A', refused), on('B', offline)] }), now)
    expect([first, second]).toMatchObject([{ action: 'open' }, { kind: 'account', account: 'B' }])
  })

  it('tells accounts of one forum apart by their users, and forums of one name by their hosts', () => {
    const mallory = sampleAccount({ id: 'account-2', username: 'mallory' })
    expect(forums([sampleAccount(), mallory])).toEqual(['Meta · eve: nothing new', 'Meta · mallory: nothing new'])
    const other = { base: 'https://other.example', host: 'other.example', title: 'META', color: null }
    expect(forums([sampleAccount(), sampleAccount({ id: 'other', site: other })])).toEqual([
      'Meta (meta.example): nothing new',
      'META (other.example): nothing new',
    ])
  })

  it('shortens a long name in its middle, so that the counts stay', () => {
    const title = 'The Society of Gardeners and Friends of Old Roses in the North'
    expect(forums([on(title, news)])).toEqual(['The Society of Garde…Roses in the North: 2 notifications'])
    const words = (label: unknown) => [...String(label)].length
    const counted = counts({ notifications: 12, messages: 3, chat: 44, reviewables: 7 })
    const [label] = forums([on(title, { counts: counted })])
    expect(label).toMatch(/^The .*….*North: 12 notifications, .*7 /)
    expect(words(label)).toBeLessThanOrEqual(100)
  })

  it.each<Partial<AccountView>>([
    { counts: counts({ notifications: 0 }) },
    { counts: null },
    { counts: counts({ notifications: 2 }), state: { kind: 'needsSignIn', failure: { code: 'access_refused' } } },
    { counts: counts({ notifications: 2 }), state: { kind: 'revoking', failure: null } },
  ])('offers to mark nothing as read where that cannot be done: %j', (some) => {
    const menu = trayMenu(t, sampleSnapshot({ accounts: [sampleAccount(some)] }), now)
    // It keeps its place, so that nothing moves below a pointer that is in the menu.
    expect(menu.find((item) => item.kind === 'action' && item.action === 'markRead')).toHaveProperty('isOff', true)
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
