import { describe, expect, it } from 'vitest'
import type { AccountState, AccountView, Snapshot } from '../contract/snapshot.ts'
import { createTranslate } from '../i18n/i18n.ts'
import { changePreferences, defaultPreferences, type PreferencesChange } from '../preferences/preferences.ts'
import { counts, account as sampleAccount, snapshot as sampleSnapshot } from '../testing/samples.ts'
import { badge, totalNew } from './badge.ts'
import { accountLine, allCountsText, countsText, statusLine, trayFace, trayTooltip, windowTitle } from './glance.ts'

const t = createTranslate()
const now = Date.UTC(2026, 10, 23, 12)

const account = (total: number, state: AccountState = { kind: 'fresh' }, name = 'Meta'): AccountView =>
  sampleAccount({
    id: name,
    site: { base: `https://${name}.example`, host: `${name}.example`, title: name, color: null },
    state,
    counts: counts({ notifications: total }),
  })

const snapshot = (accounts: readonly AccountView[], changes: Partial<Snapshot> = {}): Snapshot =>
  sampleSnapshot({ accounts, ...changes })

const withBadge = (change: PreferencesChange['badge']) => changePreferences(defaultPreferences, { badge: change })

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
/** Its server does not answer: no fault of this computer's network. */
const refused: AccountState = {
  kind: 'stale',
  since: now,
  failure: { code: 'connection_refused', params: { host: 'Meta.example' } },
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
    expect(trayTooltip(t, shown, now).split('\n')[0]).toBe(`Discourse Notifier: ${line}`)
    expect(windowTitle(t, shown)).toBe(title)
  })
})

describe('what counts', () => {
  const mixed = { ...account(0), counts: { notifications: 1, messages: 2, chat: 4, reviewables: 8, total: 15 } }
  const shown = (change: PreferencesChange) =>
    snapshot([mixed, account(16, offline, 'Rust')], { preferences: changePreferences(defaultPreferences, change) })

  it.each<[PreferencesChange, number, string]>([
    [{}, 31, '31 new on 2 forums'],
    [{ badge: { counts: ['notifications', 'messages'] } }, 19, '19 new on 2 forums'],
    [{ badge: { counts: ['chat'] } }, 4, '4 new on 1 forum'],
    [{ badge: { counts: [] } }, 0, 'Nothing new'],
    [{ accounts: { Rust: { inBadge: false } } }, 15, '15 new on 1 forum'],
    [{ accounts: { Rust: { inBadge: false }, Meta: { inBadge: false } } }, 0, 'Nothing new'],
  ])('is for the user to say: %j', (change, total, line) => {
    expect(totalNew(shown(change))).toBe(total)
    expect(badge(shown(change))).toEqual(total === 0 ? { kind: 'none' } : { kind: 'number', count: total })
    expect(statusLine(t, shown(change))).toBe(line)
  })

  it.each<[PreferencesChange['badge'], string]>([
    [{ style: 'number' }, '(31) Discourse Notifier'],
    [{ style: 'dot' }, '• Discourse Notifier'],
    [{ style: 'none' }, 'Discourse Notifier'],
    [{ style: 'dot', counts: [] }, 'Discourse Notifier'],
  ])('is shown in the title as the user likes it: %j', (change, title) => {
    expect(windowTitle(t, shown({ badge: change }))).toBe(title)
  })
})

describe('the tray', () => {
  it.each([
    ['idle', [], {}],
    ['idle', [account(0)], {}],
    ['2', [account(2)], {}],
    ['9', [account(4), account(5, offline, 'Rust')], {}],
    ['9plus', [account(10)], {}],
    ['dot', [account(2)], { preferences: withBadge({ style: 'dot' }) }],
    ['idle', [account(2)], { preferences: withBadge({ style: 'none' }) }],
    ['paused', [account(2)], { quiet: { isQuiet: true, reason: 'paused', until: null } }],
    ['2', [account(2)], { quiet: { isQuiet: true, reason: 'hours', until: null } }],
    ['offline', [account(0, offline)], {}],
    ['offline', [account(0, refused), account(0, offline, 'Rust')], {}],
    ['attention', [account(2), account(0, signIn, 'Rust')], {}],
    ['attention', [], { vault: { kind: 'unavailable', failure: { code: 'keychain_locked' } } }],
  ] as const)('shows the face %s', (face, accounts, changes) => {
    expect(trayFace(snapshot(accounts, changes))).toBe(face)
  })

  it('names in its tooltip what is wrong, as the header does', () => {
    const accounts = [
      account(2),
      account(0, signIn, 'Rust'),
      account(0, offline, 'Old'),
      account(0, maintenance, 'Zed'),
    ]
    expect(trayTooltip(t, snapshot(accounts), now)).toBe(
      'Discourse Notifier: 2 new on 1 forum\n1 needs you, 1 not reachable, 1 not up to date',
    )
  })

  it('says in its tooltip that it is quiet', () => {
    const quiet = { isQuiet: true, reason: 'paused', until: null } as const
    expect(trayTooltip(t, snapshot([account(2)], { quiet }), now)).toBe(
      'Discourse Notifier: 2 new on 1 forum\nAlerts are paused until you turn them back on',
    )
  })
})

describe('the line of an account', () => {
  it.each([
    [account(0), 'nothing new'],
    [{ ...account(0, { kind: 'new' }), counts: null }, 'checking for the first time'],
    [account(2, { kind: 'new' }), '2 notifications'],
    [account(1, maintenance), 'The forum is down for maintenance. Trying again automatically.'],
    [account(0, { kind: 'locked' }), 'waiting for the keychain'],
    [account(0, { kind: 'revoking', failure: null }), 'revoking access'],
    [account(1, signIn), 'Access was revoked or has expired. Sign in again.'],
    [account(1, offline), 'The server’s name was not found. Trying again automatically.'],
    [account(1, { ...maintenance, retryAt: now + 5 * 60_000 }), 'The forum is down for maintenance. Trying again at '],
    [account(1, { ...maintenance, retryAt: now }), 'maintenance. Trying again automatically.'],
    [account(0, { kind: 'limited', until: now + 60_000 }), 'rate limited by the forum until '],
  ])('says what is the matter first', (shown, line) => {
    expect(accountLine(t, shown, now)).toContain(line)
  })

  it('names counts by kind and leaves out what is zero', () => {
    const counts = { notifications: 1, messages: 2, chat: 0, reviewables: 3, total: 6 }
    expect(countsText(t, counts)).toBe('1 notification, 2 personal messages, 3 items to review')
  })

  it('says that there may be more where the forum counts no further', () => {
    const counts = { notifications: 97, messages: 2, chat: 0, reviewables: 0, total: 99, isCapped: true }
    expect(countsText(t, counts)).toBe('97+ notifications, 2 personal messages')
  })
})

describe('topics and the inboxes of groups', () => {
  const apart = {
    topics: { new: 4, unread: 1 },
    groupInboxes: [
      { id: 41, name: 'pets', count: 2 },
      { id: 42, name: 'staff', count: 0 },
    ],
  }

  it.each([
    [counts({ notifications: 3 }), '3 notifications'],
    [{ ...counts({ notifications: 3 }), topics: { new: 0, unread: 0 }, groupInboxes: [] }, '3 notifications'],
    [counts(), 'nothing new'],
    [{ ...counts(), ...apart }, '4 new topics, 1 unread topic, 2 messages in the pets inbox'],
    [{ ...counts({ chat: 1 }), topics: { new: 0, unread: 7 } }, '1 chat message · 7 unread topics'],
    [{ ...counts(), groupInboxes: [{ id: 1, name: 'pets', count: 1 }] }, '1 message in the pets inbox'],
  ])('stand behind the counts, zero ones left out', (some, text) => {
    expect(allCountsText(t, some)).toBe(text)
  })

  it('change no number', () => {
    const shown = snapshot([{ ...account(2), counts: { ...counts({ notifications: 2 }), ...apart } }])
    expect(totalNew(shown)).toBe(2)
    expect(statusLine(t, shown)).toBe('2 new on 1 forum')
    expect(windowTitle(t, shown)).toBe('(2) Discourse Notifier')
  })
})
