import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../../common/contract/notification.ts'
import { kindGroup } from '../../common/glance/kind-group.ts'
import { searchable } from '../../common/glance/search-for.ts'
import { account, minute, notification, now, rust } from '../../common/testing/samples.ts'
import { type InboxFilter, wholeInbox } from './inbox-filter.ts'
import { listEntries } from './list-entries.ts'

const day = 24 * 60 * minute

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

it('kinds in chat belong to the same group as those outside chat', () => {
  const groups = Object.fromEntries(notificationKinds.map((kind) => [kind, kindGroup(kind)]))
  expect(groups).toMatchObject({ chat_mention: 'mentions', chat_message: 'messages', chat_quoted: groups['quoted'] })
})
