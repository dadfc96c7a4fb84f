// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { NotificationItem } from '../../common/contract/notification.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { account, minute, notification, now } from '../../common/testing/samples.ts'
import { wholeInbox } from './inbox-filter.ts'
import { createListEntries } from './list-entries.ts'
import { useHeldEntries } from './use-held-entries.ts'

const itemOf = (id: number, some: Partial<NotificationItem> = {}) =>
  notification({ id, createdAt: now - (100 - id) * minute, ...some })

/** Renders the hook with accounts; `show` renders it with others. */
const render = (accounts: readonly AccountView[]) => {
  const list = createListEntries({ ...wholeInbox, order: 'unreadOnly' }, () => '')
  const { result, rerender } = renderHook((shown: readonly AccountView[]) => useHeldEntries(list, shown, 'unread'), {
    initialProps: accounts,
  })
  return {
    show: rerender,
    hold: () => act(() => result.current.hold()),
    release: () => act(() => result.current.release()),
    entries: () => result.current.entries,
    arrived: () => result.current.arrived,
    rows: () => result.current.entries.flatMap(({ items }) => items.map(({ id, read }) => (read ? `${id} read` : id))),
  }
}

it('keeps rows in their places while they are held: what is read or gone appears as read, what arrives waits', () => {
  const others = account({ id: 'account-2', items: [itemOf(50)] })
  const held = render([account({ items: [itemOf(60), itemOf(40), itemOf(30)] }), others])
  held.hold()
  held.show([account({ items: [itemOf(70), itemOf(60, { read: true }), itemOf(30), itemOf(20)] }), others])
  expect(held.rows()).toEqual(['60 read', 50, '40 read', 30, 20])
  expect(held.arrived()).toBe(1)
  held.show([account({ items: [itemOf(70), itemOf(60)] })])
  expect(held.rows()).toEqual([60, '50 read', '40 read', '30 read'])
  held.release()
  expect(held.rows()).toEqual([70, 60])
})

it('leaves the rows of all other accounts as they are while one changes', () => {
  const accounts = Array.from({ length: 500 }, (_, index) =>
    account({ id: `account-${index}`, items: [itemOf(90), itemOf(80)] }),
  )
  const held = render(accounts)
  held.hold()
  const before = new Set(held.entries())
  const change = (items: readonly NotificationItem[]) =>
    held.show(accounts.map((one, index) => (index === 7 ? { ...one, items } : one)))
  change([itemOf(95), itemOf(90, { read: true }), itemOf(80)])
  const after = held.entries()
  expect(after.filter((entry) => !before.has(entry)).map((entry) => entry.account.id)).toEqual([
    'account-7',
    'account-7',
  ])
  // Once more with another account: what was made for the first is used again.
  held.show(
    accounts.map((one, index) =>
      index === 7 ? (after.find(({ account: { id } }) => id === one.id)?.account ?? one) : { ...one },
    ),
  )
  const again = held.entries().filter(({ account: { id } }) => id === 'account-7')
  expect(again.every((entry) => after.includes(entry))).toBe(true)
})
