import { describe, expect, it } from 'vitest'
import {
  accountLine,
  countsText,
  statusLine,
  totalNew,
  trayFace,
  trayMenu,
  trayTooltip,
  windowTitle,
} from './glance.ts'
import { createTranslate } from './i18n.ts'
import { usualPreferences } from './preferences.ts'
import type { AccountState, AccountView, Snapshot } from './snapshot.ts'

const t = createTranslate()
const now = Date.UTC(2026, 10, 23, 12)

const account = (total: number, state: AccountState = { kind: 'fresh' }, name = 'Meta'): AccountView => ({
  id: name,
  site: { base: `https://${name}.example`, host: `${name}.example`, title: name, color: null },
  username: 'eve',
  avatar: null,
  icon: null,
  state,
  isLive: false,
  items: null,
  counts: { notifications: total, messages: 0, chat: 0, reviewables: 0, total },
  checkedAt: now,
  apiVersion: 4,
  scopes: ['notifications'],
  approvedAt: now,
  expiresAt: null,
  lastUsedAt: now,
  links: { notifications: `https://${name}.example/u/eve/notifications`, apps: '', signedIn: null },
})

const snapshot = (accounts: readonly AccountView[], changes: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  appVersion: 'test',
  accounts,
  attempts: [],
  vault: { kind: 'keychain' },
  keypair: null,
  notices: [],
  preferences: usualPreferences,
  quiet: { isQuiet: false, reason: null, until: null },
  ...changes,
})

const maintenance: AccountState = {
  kind: 'maintenance',
  since: now,
  failure: { code: 'site_maintenance', params: { host: 'Meta.example' } },
}
const offline: AccountState = {
  kind: 'offline',
  since: now,
  failure: { code: 'dns_failed', params: { host: 'Meta.example' } },
}
const signIn: AccountState = {
  kind: 'needsSignIn',
  failure: { code: 'access_refused', params: { host: 'Meta.example' } },
}

describe('every number', () => {
  it.each([
    [[], 0, 'No forums yet', 'Discourse Notifier'],
    [[account(0)], 0, 'Nothing new', 'Discourse Notifier'],
    [[account(1)], 1, '1 new on 1 forum', '(1) Discourse Notifier'],
    [[account(3), account(4, offline, 'Rust')], 7, '7 new on 2 forums', '(7) Discourse Notifier'],
    [[account(3), account(0, { kind: 'new' }, 'Rust')], 3, '3 new on 1 forum', '(3) Discourse Notifier'],
  ])('is the same on badge, status line, tooltip and title', (accounts, total, line, title) => {
    const shown = snapshot(accounts)
    expect(totalNew(shown)).toBe(total)
    expect(statusLine(t, shown)).toBe(line)
    expect(trayTooltip(t, shown)).toBe(`Discourse Notifier: ${line}`)
    expect(windowTitle(t, shown)).toBe(title)
  })
})

describe('the tray', () => {
  it.each([
    ['idle', [], {}],
    ['idle', [account(0)], {}],
    ['new', [account(2)], {}],
    ['new', [account(2), account(0, offline)], {}],
    ['offline', [account(0, offline)], {}],
    ['attention', [account(2), account(0, signIn, 'Rust')], {}],
    ['attention', [], { vault: { kind: 'unavailable', failure: { code: 'keychain_locked' } } }],
  ] as const)('shows the face %s', (face, accounts, changes) => {
    expect(trayFace(snapshot(accounts, changes))).toBe(face)
  })

  it('names in its tooltip how many accounts need the user', () => {
    expect(trayTooltip(t, snapshot([account(2), account(0, signIn, 'Rust')]))).toBe(
      'Discourse Notifier: 2 new on 1 forum\n1 account needs you',
    )
  })

  it('has every action in its menu, and a line for each account', () => {
    const menu = trayMenu(t, snapshot([account(2)]), now)
    expect(menu.flatMap((item) => (item.kind === 'action' ? [item.action] : []))).toEqual([
      'open',
      'add',
      'refresh',
      'quit',
    ])
    expect(menu).toContainEqual({
      kind: 'account',
      account: 'Meta',
      label: 'Meta · eve: 2 notifications',
      url: 'https://Meta.example/u/eve/notifications',
    })
    expect(trayMenu(t, snapshot([]), now)).toContainEqual({ kind: 'label', label: 'No forums yet' })
  })
})

describe('the line of an account', () => {
  it.each([
    [account(0), 'nothing new'],
    [{ ...account(0, { kind: 'new' }), counts: null }, 'checking for the first time'],
    [account(2, { kind: 'new' }), '2 notifications'],
    [account(1, maintenance), 'Meta.example is being updated or is down for maintenance'],
    [account(0, { kind: 'locked' }), 'waiting for the keychain'],
    [account(0, { kind: 'revoking', failure: null }), 'taking the access back'],
    [account(1, signIn), "Meta.example no longer accepts this computer's key. Sign in again."],
    [account(1, offline), 'There is no server named Meta.example, or this computer is offline.'],
    [account(0, { kind: 'limited', until: now + 60_000 }), 'the forum asks to wait until '],
  ])('says what is the matter first', (shown, line) => {
    expect(accountLine(t, shown, now)).toContain(line)
  })

  it('names counts by kind and leaves out what is zero', () => {
    const counts = { notifications: 1, messages: 2, chat: 0, reviewables: 3, total: 6 }
    expect(countsText(t, counts)).toBe('1 notification, 2 personal messages, 3 items to review')
  })
})
