// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, attempt, counts, minute, notification, now, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const accounts = Array.from({ length: 500 }, (_, index) =>
  account({ id: `account-${index}`, username: `eve-${index}` }),
)
const busy = snapshot({ accounts })

/** One account is another one, and every other the same object as before. */
const change = (index: number, some: Partial<AccountView>): Snapshot => ({
  ...busy,
  accounts: busy.accounts.map((one, place) => (place === index ? { ...one, ...some } : one)),
})

/** The app, and how many rows were rendered: each asks once for a text that nothing else asks for. */
const open = (ownText: string, first: Snapshot = busy) => {
  const rendered = { rows: 0 }
  // As wide as the list of forums needs, beside the inbox.
  const count = (key: string) => {
    if (key === ownText) rendered.rows += 1
  }
  const app = renderApp(first, count, false, 1000)
  return { ...app, rendered }
}

describe('among hundreds of accounts', () => {
  it('only the row of the one that has changed is rendered again', () => {
    const { push, rendered } = open('inbox.openOf')
    expect(rendered.rows).toBe(500)
    push(change(321, { counts: counts({ notifications: 7 }) }))
    expect(rendered.rows).toBe(501)
    screen.getByText('7 notifications')
  })

  it('no row is rendered again for a change that concerns none', async () => {
    const { push, user, rendered } = open('inbox.openOf')
    push({ ...busy, attempts: [attempt()], notices: [{ id: 'n', failure: { code: 'internal' }, at: now }] })
    await user.click(screen.getByRole('button', { name: 'Check now' }))
    await user.click(screen.getByRole('button', { name: 'Continue signing in to Meta' }))
    screen.getByRole('dialog')
    expect(rendered.rows).toBe(500)
  })

  it('no row is rendered again for one that moves, nor as a menu opens', async () => {
    const { user, rendered } = open('inbox.openOf')
    screen.getByRole('link', { name: /eve-3 on Meta/ }).focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    screen.getByText('Meta moved to 5 of 500')
    expect(rendered.rows).toBe(500)
    await user.click(screen.getByRole('button', { name: 'More for eve-7 on Meta' }))
    await user.click(screen.getByRole('menuitem', { name: 'New group…' }))
    screen.getByRole('textbox')
    expect(rendered.rows).toBe(500)
  })

  it('a tick of the clock renders a row only when it has something else to say', () => {
    const limited = change(0, { state: { kind: 'limited', until: now + 12 * 60 * minute } })
    const { elapse, rendered } = open('inbox.openOf', limited)
    expect(rendered.rows).toBe(500)
    elapse(30_000)
    expect(rendered.rows).toBe(500)
    // What was said of tomorrow is said of today.
    elapse(12 * 60 * minute)
    expect(rendered.rows).toBe(501)
  })

  it('only the block of the one that has changed is rendered again in the access view', async () => {
    const { push, user, rendered } = open('access.revokeOf')
    await user.click(screen.getByRole('button', { name: 'Access' }))
    expect(rendered.rows).toBe(500)
    push(change(321, { scopes: ['read'] }))
    expect(rendered.rows).toBe(501)
  })

  it('only the forum that has changed is rendered again in the popup', () => {
    const news = accounts.slice(0, 60).map((one, index) => ({
      ...one,
      counts: counts({ notifications: 2 }),
      items: [notification({ id: 2 * index + 2 }), notification({ id: 2 * index + 1, kind: 'liked' })],
    }))
    const rendered = { forums: 0, rows: 0 }
    const { push } = renderApp(snapshot({ accounts: news }), (key) => {
      if (key === 'home.newsOf') rendered.forums += 1
      if (key === 'inbox.markOf') rendered.rows += 1
    })
    expect(rendered).toEqual({ forums: 60, rows: 120 })
    const [first, ...others] = news
    if (first === undefined) throw new Error('there is no first account')
    const [newest, ...older] = first.items
    if (newest === undefined) throw new Error('there is no notification')
    push({
      ...snapshot(),
      accounts: [{ ...first, items: [{ ...newest, title: 'Another title' }, ...older] }, ...others],
    })
    screen.getByRole('link', { name: /Another title/ })
    expect(rendered).toEqual({ forums: 61, rows: 121 })
  })

  it('only the row that has changed is rendered again in the inbox, whatever else has changed with its account', async () => {
    // happy-dom lays nothing out; this is how high and wide everything is.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
    const items = Array.from({ length: 20 }, (_, index) =>
      notification({ id: 20 - index, createdAt: now - index * minute }),
    )
    const everywhere = busy.accounts.map((one) => ({ ...one, items }))
    const { push, rendered } = open('inbox.markOf', { ...busy, accounts: everywhere })
    const list = within(await screen.findByRole('list', { name: 'Notifications' }))
    const before = rendered.rows
    expect(before).toBe(list.getAllByRole('link').length)
    const [first, ...others] = everywhere
    if (first === undefined) throw new Error('there is no first account')
    const updated = { ...first, counts: counts({ notifications: 7 }), checkedAt: now, isLive: true }
    push({ ...busy, accounts: [updated, ...others] })
    expect(rendered.rows).toBe(before)
    const changed = items.map((item, index) => (index === 0 ? { ...item, title: 'Another title' } : item))
    push({ ...busy, accounts: [{ ...updated, items: changed }, ...others] })
    list.getByRole('link', { name: /Another title/ })
    expect(rendered.rows).toBe(before + 1)
  })
})
