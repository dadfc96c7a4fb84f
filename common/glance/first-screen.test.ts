import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import type { AccountView } from '../contract/snapshot.ts'
import { createTranslate } from '../i18n/i18n.ts'
import { defaultAccount, defaultPreferences } from '../preferences/preferences.ts'
import { account, counts, notification, snapshot } from '../testing/samples.ts'
import { badge, totalNew, totalUncounted } from './badge.ts'
import { countedRows } from './counted-rows.ts'
import { firstScreen } from './first-screen.ts'
import { forumName } from './forum-name.ts'
import { conditionTexts, statusLine, windowTitle } from './glance.ts'

const t = createTranslate()
const items = [5, 4, 3, 2].map((id) => notification({ id, read: id !== 3 }))
const failure = { code: 'connection_refused', params: { host: 'meta.example' } } as const

const site = (number: number, title = `Forum ${number}`) => ({
  base: `https://${number}.example`,
  host: `${number}.example`,
  title,
  color: null,
})
const busy = (number: number, more: Partial<AccountView> = {}) =>
  account({ id: `busy ${number}`, site: site(number), counts: counts({ notifications: 2 }), items, ...more })
const quiet = (number: number, more: Partial<AccountView> = {}) =>
  account({ id: `quiet ${number}`, site: site(number), counts: counts(), items, ...more })

describe('what the first screen shows', () => {
  it('is, of each account, the newest row and all that are unread', () => {
    const { accounts } = firstScreen(
      snapshot({ accounts: [account({ items }), account({ id: 'none', items: [] })] }),
      9,
    )
    expect(accounts.map((one) => one.items?.map(({ id }) => id))).toEqual([[5, 3], []])
  })

  it('leaves accounts as they are whose rows are all new, or not known yet', () => {
    const whole = snapshot({ accounts: [account({ items: items.slice(0, 1) }), account({ id: 'new', items: null })] })
    expect(firstScreen(whole, 9).accounts.map((one, index) => one === whole.accounts[index])).toEqual([true, true])
  })

  it('has every row that a count includes', () => {
    const whole = snapshot({ accounts: [account({ items })] })
    expect(firstScreen(whole, 9).accounts.map(countedRows)).toEqual(whole.accounts.map(countedRows))
  })

  it('is of so many forums with news, in their order, and of those that look like one of them', () => {
    const accounts = [
      quiet(1),
      busy(2),
      busy(3),
      busy(4),
      busy(5, { id: 'again', site: site(2) }),
      quiet(6, { id: 'alike', site: site(6, ' FORUM 3') }),
    ]
    const { accounts: listed, unlisted } = firstScreen(snapshot({ accounts }), 2)
    expect(listed.map(({ id }) => id)).toEqual(['busy 2', 'busy 3', 'again', 'alike'])
    expect(unlisted).toEqual({ news: 2, forums: 1, uncounted: 0, quiet: 1 })
  })

  it('has every account in trouble, and every muted one', () => {
    const accounts = [busy(1), busy(2), quiet(3), quiet(4, { state: { kind: 'stale', since: 0, failure } }), quiet(5)]
    const preferences = {
      ...defaultPreferences,
      accounts: { 'quiet 5': { ...defaultAccount, level: 'nothing' as const } },
    }
    const { accounts: listed } = firstScreen(snapshot({ accounts, preferences }), 1)
    expect(listed.map(({ id }) => id)).toEqual(['busy 1', 'quiet 4', 'quiet 5'])
  })

  it('is everything where it has room for all news', () => {
    const whole = snapshot({ accounts: [busy(1), quiet(2), quiet(3)] })
    expect(firstScreen(whole, 2)).toMatchObject({ unlisted: null, accounts: [{}, {}, {}] })
  })

  it('has the numbers and names of the whole, whatever the accounts are', () => {
    const state = fc.constantFrom<AccountView['state']>(
      { kind: 'fresh' },
      { kind: 'new' },
      { kind: 'offline', since: 0, failure },
      { kind: 'needsSignIn', failure },
    )
    const one = fc.record({
      base: fc.nat({ max: 12 }),
      title: fc.constantFrom('Meta', 'meta', 'Rust', 'Garden', 'Elm'),
      news: fc.nat({ max: 2 }),
      state,
      level: fc.constantFrom(null, 'nothing' as const),
      inBadge: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (some, forums) => {
        const accounts = some.map(({ base, title, news, state: present }, index) =>
          account({
            id: `${index}`,
            site: site(base, title),
            counts: counts({ notifications: news }),
            state: present,
            items: [],
          }),
        )
        const preferences = {
          ...defaultPreferences,
          accounts: Object.fromEntries(
            some.map(({ level, inBadge }, index) => [`${index}`, { ...defaultAccount, level, inBadge }]),
          ),
        }
        const whole = snapshot({ accounts, preferences })
        const first = firstScreen(whole, forums)
        const numbers = (from: typeof whole) => [
          ...[totalNew(from), totalUncounted(from), badge(from), statusLine(t, from), windowTitle(t, from)],
          conditionTexts(t, from),
          from.accounts.filter((each) => (each.counts?.total ?? 0) === 0).length + (from.unlisted?.quiet ?? 0),
        ]
        expect(numbers(first)).toEqual(numbers(whole))
        for (const each of first.accounts) {
          expect(forumName(t, each.site, first.accounts)).toBe(forumName(t, each.site, whole.accounts))
        }
      }),
    )
  })
})
