import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  accountPreferences,
  changePreferences,
  defaultAccount,
  defaultPreferences,
  preferencesChangeSchema,
  preferencesSchema,
  readPreferences,
  withoutAccount,
} from './preferences.ts'

describe('preferences from a settings file', () => {
  it.each([undefined, null, 7, 'x', [], {}, { alerts: null, quiet: [], accounts: 3 }])(
    'are the defaults for %j',
    (stored) => {
      expect(readPreferences(stored)).toEqual(defaultPreferences)
    },
  )

  it('come back as they were written', () => {
    const chosen = changePreferences(defaultPreferences, {
      alerts: { level: 'direct', volume: 20 },
      quiet: { pausedUntil: 'open', hours: [{ days: [1, 7], from: '22:00', to: '07:00' }] },
      network: { proxy: { kind: 'manual', url: 'socks5://proxy.example' } },
      overview: { ungrouped: ['a2'], groups: [{ id: 'g1', name: 'Work', isFolded: true, accounts: ['a1'] }] },
      accounts: { a1: { level: 'nothing', kinds: { liked: 'never' }, mutedTopics: [12] } },
    })
    expect(readPreferences(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen)
    expect(v.parse(preferencesSchema, chosen)).toEqual(chosen)
  })

  it('lose a wrong field and keep the others', () => {
    const stored = {
      alerts: { level: 'loud', volume: 30, mostAtOnce: 0 },
      quiet: { hours: [{ days: [8], from: '25:00', to: '7' }], exceptHighPriority: true, pausedUntil: 'tomorrow' },
      network: { proxy: { kind: 'manual', url: 'http://eve:secret@proxy.example' }, certificates: ['/ca.pem'] },
      accounts: { a1: { level: 7, inBadge: false, kinds: { liked: 'never', telepathy: 'always' } }, a2: 'x' },
    }
    expect(readPreferences(stored)).toEqual({
      ...defaultPreferences,
      alerts: { ...defaultPreferences.alerts, volume: 30 },
      quiet: { ...defaultPreferences.quiet, exceptHighPriority: true },
      network: { proxy: { kind: 'system' }, certificates: ['/ca.pem'] },
      accounts: { a1: { ...defaultAccount, inBadge: false, kinds: { liked: 'never' } }, a2: defaultAccount },
    })
  })

  it('lose a group or an account that is wrong and keep the others', () => {
    const group = { id: 'g1', name: 'Work', isFolded: false, accounts: ['a1'] }
    const groups = [
      { ...group, name: 'x'.repeat(41) },
      group,
      { ...group, name: 'Twin' },
      7,
      { id: 'g2', name: ' Fun ' },
    ]
    expect(readPreferences({ overview: { ungrouped: ['a3', 7, ''], groups } }).overview).toEqual({
      ungrouped: ['a3'],
      groups: [
        { ...group, name: 'Twin' },
        { id: 'g2', name: 'Fun', isFolded: false, accounts: [] },
      ],
    })
    const many = Array.from({ length: 60 }, (_, index) => ({ ...group, id: `g${index}` }))
    expect(readPreferences({ overview: { groups: many } }).overview.groups).toEqual(many.slice(0, 50))
    expect(readPreferences({ overview: { ungrouped: 'a1', groups: {} } })).toEqual(defaultPreferences)
  })

  it('keep what only a newer version knows', () => {
    const stored = { telepathy: { on: true }, alerts: { vibration: 3 }, accounts: { a1: { tune: 'x' } } }
    const read = changePreferences(readPreferences(stored), {
      alerts: { volume: 1 },
      accounts: { a1: { sound: false } },
    })
    expect(read).toMatchObject(stored)
  })
})

describe('a change of preferences', () => {
  it.each([
    { alerts: { level: 'loud' } },
    { alerts: { volume: 101 } },
    { alerts: { volume: 0.5 } },
    { alerts: { unheardOf: true } },
    { unheardOf: {} },
    { alerts: null },
    { quiet: { pausedUntil: 'tomorrow' } },
    { quiet: { hours: [{ days: [0], from: '22:00', to: '07:00' }] } },
    { quiet: { hours: [{ days: [1], from: '24:00', to: '07:00' }] } },
    { badge: { counts: ['likes'] } },
    { network: { proxy: { kind: 'manual', url: 'http://eve:secret@proxy.example' } } },
    { appearance: { language: '../en' } },
    { general: { refreshSeconds: 5 } },
    { accounts: { a1: { kinds: { telepathy: 'always' } } } },
    { accounts: { a1: { mutedTopics: [-1] } } },
    { accounts: { '': {} } },
    { overview: { ungrouped: 'a1' } },
    { overview: { order: [] } },
    { overview: { groups: [{ id: 'g1', name: ' ', isFolded: false, accounts: [] }] } },
    { overview: { groups: [{ id: 'g1', name: 'x'.repeat(41), isFolded: false, accounts: [] }] } },
    { overview: { groups: Array(2).fill({ id: 'g1', name: 'Work', isFolded: false, accounts: [] }) } },
    { overview: { groups: [{ id: 'g1', name: 'Work', accounts: [] }] } },
  ])('is refused as a whole: %j', (change) => {
    expect(v.safeParse(preferencesChangeSchema, change).success).toBe(false)
  })

  it('leaves alone what it does not name', () => {
    const change = v.parse(preferencesChangeSchema, {
      badge: { style: 'dot', counts: undefined },
      accounts: { a1: {} },
    })
    const changed = changePreferences(defaultPreferences, change)
    expect(changed).toEqual({
      ...defaultPreferences,
      badge: { ...defaultPreferences.badge, style: 'dot' },
      accounts: { a1: defaultAccount },
    })
    expect(changed.network).toBe(defaultPreferences.network)
  })

  it('is for each account by itself, and goes with it', () => {
    const first = changePreferences(defaultPreferences, { accounts: { a1: { level: 'direct' }, a2: { sound: false } } })
    const second = changePreferences(first, { accounts: { a1: { mutedTopics: [5] } } })
    expect(accountPreferences(second, 'a1')).toEqual({ ...defaultAccount, level: 'direct', mutedTopics: [5] })
    expect(accountPreferences(second, 'a3')).toEqual(defaultAccount)
    const groups = [{ id: 'g1', name: 'Work', isFolded: false, accounts: ['a1'] }]
    const third = changePreferences(second, { overview: { ungrouped: ['a2', 'a1'], groups } })
    const rest = withoutAccount(third, 'a1')
    expect(Object.keys(rest.accounts)).toEqual(['a2'])
    expect(rest.overview).toEqual({ ungrouped: ['a2'], groups: [{ ...groups[0], accounts: [] }] })
  })
})
