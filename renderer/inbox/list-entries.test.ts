import { describe, expect, it } from 'vitest'
import { type NotificationItem, notificationKinds } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { kindGroup } from '../../common/glance/kind-group.ts'
import { searchable } from '../../common/glance/search-for.ts'
import { account, minute, notification, now, rust } from '../../common/testing/samples.ts'
import { type InboxFilter, wholeInbox } from './inbox-filter.ts'
import { createListEntries, shownWith } from './list-entries.ts'

const day = 24 * 60 * minute

/** The entries of accounts, listed once. */
const listEntries = (
  accounts: readonly AccountView[],
  filter: InboxFilter,
  textOf: Parameters<typeof createListEntries>[1],
) => createListEntries(filter, textOf)(accounts.filter(({ id }) => filter.account === null || id === filter.account))

const accounts = [
  account({
    items: [
      notification({ id: 5, createdAt: now - 10 * minute }),
      notification({ id: 4, createdAt: now - 30 * minute, read: true, kind: 'liked', actor: 'José' }),
      notification({ id: 3, createdAt: now - day, read: true, kind: 'private_message' }),
    ],
  }),
  account({
    id: 'account-2',
    site: rust,
    items: [
      notification({ id: 9, createdAt: now - 20 * minute, kind: 'replied', title: 'Borrowing' }),
      notification({ id: 3, createdAt: now - 3 * day, kind: 'granted_badge' }),
    ],
  }),
  account({ id: 'account-3', items: null }),
]

const list = (some: Partial<InboxFilter> = {}) =>
  listEntries(accounts, { ...wholeInbox, ...some }, ({ actor, title }) => searchable(`${actor} ${title}`))
const keys = (some: Partial<InboxFilter> = {}) => list(some).map(({ key }) => key)

describe('the entries of the inbox', () => {
  it('are those of all accounts, the newest first', () => {
    expect(keys()).toEqual(['account-1/5', 'account-2/9', 'account-1/4', 'account-1/3', 'account-2/3'])
  })

  it('have a heading where a day starts', () => {
    expect(list().map(({ begins }) => begins)).toEqual(['day', null, null, 'day', 'day'])
  })

  it('are the unread ones first, under a heading of their own', () => {
    const entries = list({ order: 'unreadFirst' })
    expect(entries.map(({ key, begins, isDayTold }) => [key, begins, isDayTold])).toEqual([
      ['account-1/5', 'unread', false],
      ['account-2/9', null, false],
      ['account-2/3', null, false],
      ['account-1/4', 'day', true],
      ['account-1/3', 'day', true],
    ])
  })

  it.each([
    [{ order: 'unreadOnly' }, ['account-1/5', 'account-2/9', 'account-2/3']],
    [{ account: 'account-2' }, ['account-2/9', 'account-2/3']],
    [{ account: 'account-3' }, []],
    [{ group: 'mentions' }, ['account-1/5']],
    [{ group: 'replies' }, ['account-2/9']],
    [{ group: 'likes' }, ['account-1/4']],
    [{ group: 'messages' }, ['account-1/3']],
    [{ group: 'other' }, ['account-2/3']],
    [{ search: ' BORROW mika ' }, ['account-2/9']],
    [{ search: 'jose' }, ['account-1/4']],
    [{ search: 'jose borrowing' }, []],
  ] as const)('are only those that fit %o', (filter, expected) => {
    expect(keys(filter)).toEqual(expected)
  })
})

describe('likes', () => {
  const like = (id: number, some: Partial<NotificationItem> = {}) =>
    notification({ id, kind: 'liked', actor: `user${id}`, createdAt: now - (10 - id) * minute, ...some })
  const rowsOf = (
    items: readonly NotificationItem[],
    some: Partial<InboxFilter> = {},
    snoozed: AccountView['snoozed'] = [],
  ) =>
    listEntries([account({ items, snoozed })], { ...wholeInbox, ...some }, ({ actor }) => searchable(actor ?? '')).map(
      ({ items: shown }) => shown.map(({ id }) => id),
    )

  it('of one topic on one day are one row in the place of the newest, whose key stays when another comes', () => {
    const items = [like(9), notification({ id: 8, createdAt: now - 2 * minute }), like(7, { read: true }), like(6)]
    expect(rowsOf(items)).toEqual([[9, 7, 6], [8]])
    const keyOf = (some: readonly NotificationItem[]) =>
      listEntries([account({ items: some })], wholeInbox, () => '').at(0)?.key
    expect(keyOf([like(10), ...items])).toBe(keyOf(items))
  })

  it('of other topics, kinds, days and accounts have rows of their own, and what is no like always', () => {
    const old = like(5, { createdAt: now - day })
    expect(rowsOf([like(9), like(8, { topic: 8 }), like(7, { kind: 'reaction' }), old])).toEqual([[9], [8], [7], [5]])
    expect(rowsOf([like(9, { topic: null }), like(8, { topic: null })])).toEqual([[9], [8]])
    expect(rowsOf([like(9, { kind: 'replied' }), like(8, { kind: 'replied' })])).toEqual([[9], [8]])
    const accounts = [account({ items: [like(9)] }), account({ id: 'account-2', items: [like(9)] })]
    expect(listEntries(accounts, wholeInbox, () => '')).toHaveLength(2)
  })

  it('that are snoozed have rows of their own', () => {
    expect(rowsOf([like(9), like(8), like(7)], {}, [{ notification: 8, until: now }])).toEqual([[9, 7], [8]])
  })

  it('are found each, and parted by what is unread where that decides', () => {
    const items = [like(9), like(8, { read: true }), like(7)]
    expect(rowsOf(items, { search: 'user8' })).toEqual([[8]])
    expect(rowsOf(items, { order: 'unreadOnly' })).toEqual([[9, 7]])
    expect(rowsOf(items, { order: 'unreadFirst' })).toEqual([[9, 7], [8]])
  })

  it('are shown together in the reading pane', () => {
    const items = [like(9), like(8), notification({ id: 7 })]
    const shown = account({ items })
    expect(items.map((item) => shownWith(item, shown).map(({ id }) => id))).toEqual([[9, 8], [9, 8], [7]])
  })

  it('are the same objects while they are the same, so that no row is rendered again', () => {
    const items = [like(9), like(8), notification({ id: 7 })]
    const [first, second] = [1, 2].map(() => listEntries([account({ items })], wholeInbox, () => ''))
    expect(first?.map((entry) => entry.items)).toEqual(second?.map((entry) => entry.items))
    for (const [index, entry] of (first ?? []).entries()) expect(entry.items).toBe(second?.[index]?.items)
  })
})

it('kinds in chat belong to the same group as those outside chat', () => {
  const groups = Object.fromEntries(notificationKinds.map((kind) => [kind, kindGroup(kind)]))
  expect(groups).toMatchObject({ chat_mention: 'mentions', chat_message: 'messages', chat_quoted: groups['quoted'] })
})

describe('an update of one account among five hundred', () => {
  /** An account whose rows count how often somebody looks at what they are. */
  const watched = (index: number, looks: Map<string, number>): AccountView => {
    const id = `account-${index}`
    const items = Array.from({ length: 20 }, (_, place) => {
      const item = notification({ id: 100 - place, createdAt: now - (place * 500 + index) * minute })
      return Object.defineProperty({ ...item }, 'kind', {
        enumerable: true,
        get: () => {
          looks.set(id, (looks.get(id) ?? 0) + 1)
          return item.kind
        },
      })
    })
    return account({ id, items })
  }

  it.each([
    wholeInbox,
    { ...wholeInbox, order: 'unreadFirst' },
    { ...wholeInbox, order: 'unreadOnly', group: 'mentions', search: 'mika' },
  ] as const)('costs the rows of that account, and gives what listing anew gives, with %o', (filter) => {
    const looks = new Map<string, number>()
    const searched: string[] = []
    const textOf = ({ actor }: NotificationItem, { id }: AccountView) => {
      searched.push(id)
      return searchable(actor ?? '')
    }
    const before = Array.from({ length: 500 }, (_, index) => watched(index, looks))
    const list = createListEntries(filter, textOf)
    const first = list(before)
    expect(first).toHaveLength(10_000)

    looks.clear()
    searched.length = 0
    const changed = watched(7, looks)
    const [, ...others] = changed.items ?? []
    const after = before.map((one) => (one.id === changed.id ? { ...changed, items: others } : one))
    const second = list(after)
    expect([...looks.keys()].filter((id) => id !== changed.id)).toEqual([])
    expect(searched.filter((id) => id !== changed.id)).toEqual([])
    expect(second).toHaveLength(9999)
    expect(second).toEqual(createListEntries(filter, textOf)(after))
    const known = new Set(first)
    // The rows of the account, and those under a heading, of which there is one a day.
    expect(second.filter((entry) => entry.begins === null && !known.has(entry))).toHaveLength(
      second.filter(({ account: { id }, begins }) => id === changed.id && begins === null).length,
    )
  })
})
