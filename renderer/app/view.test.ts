import { describe, expect, it } from 'vitest'
import { wholeInbox } from '../inbox/inbox-filter.ts'
import { addressOf, type View, viewAt } from './view.ts'

describe('the address of a view', () => {
  it.each<[string, View]>([
    ['#/', { kind: 'overview' }],
    ['#/access', { kind: 'access' }],
    ['#/diagnostics', { kind: 'diagnostics' }],
    ['#/settings', { kind: 'settings' }],
    ['#/settings/network', { kind: 'settings', section: 'network' }],
    ['#/settings/quiet', { kind: 'settings', section: 'quiet' }],
    ['#/account/a%2F1', { kind: 'account', account: 'a/1' }],
    ['#/inbox', { kind: 'inbox', filter: wholeInbox }],
    ['#/inbox?forum=a1&kind=likes', { kind: 'inbox', filter: { ...wholeInbox, account: 'a1', group: 'likes' } }],
    [
      '#/inbox?show=unreadOnly&search=a%26b+c%25',
      { kind: 'inbox', filter: { ...wholeInbox, order: 'unreadOnly', search: 'a&b c%' } },
    ],
  ])('is %s', (address, view) => {
    expect(addressOf(view)).toBe(address)
    expect(viewAt(address)).toEqual(view)
  })

  it.each(['', '#', '#token=0', '#add', '#/no-such-view', '#/account'])(
    'leads to the overview where it is none: %j',
    (address) => {
      expect(viewAt(address)).toEqual({ kind: 'overview' })
    },
  )

  it('is read leniently, since it may be typed by hand', () => {
    expect(viewAt('#/settings/no-such-section')).toEqual({ kind: 'settings' })
    expect(viewAt('#/account/%')).toEqual({ kind: 'account', account: '%' })
  })

  it('has the default for an unknown filter value', () => {
    expect(viewAt('#/inbox?kind=spam&show=oldest')).toEqual({ kind: 'inbox', filter: wholeInbox })
  })
})
