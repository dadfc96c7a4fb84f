// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { account, minute, notification, now, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

// happy-dom lays nothing out; this is how high and wide everything is.
beforeEach(() => {
  window.localStorage.clear()
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
})

const items = ['Plans', 'Seeds', 'Crabs'].map((title, place) =>
  notification({ id: 3 - place, title, createdAt: now - (place + 1) * minute }),
)
const [plans, ...others] = items
const rustOne = account({ id: 'account-2', site: rust, items: [] })
const withItems = (list: typeof items) => snapshot({ accounts: [account({ items: list }), rustOne] })
const news = notification({ id: 4, title: 'News', createdAt: now })

const open = (first = withItems(items)) => {
  const app = renderApp(first, undefined, false, 1200)
  const pane = within(screen.getByRole('complementary', { name: 'Selected notification' }))
  return {
    ...app,
    pane,
    list: within(screen.getByRole('list', { name: 'Notifications' })),
    title: () => pane.queryByRole('heading')?.textContent,
    show: (name: string) => app.user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), name),
  }
}

describe('what is read beside the list', () => {
  it('stays when news comes above it, also before anything was selected', () => {
    const { push, title } = open()
    expect(title()).toBe('Plans')
    push(withItems([news, ...items]))
    expect(title()).toBe('Plans')
  })

  it('stays when it is read, snoozed or moved by another order', async () => {
    const { push, title, list, user, show } = open()
    await user.click(list.getByRole('link', { name: /Seeds/ }))
    await user.unhover(list.getByRole('link', { name: /Seeds/ }))
    const read = items.map((item) => (item.title === 'Seeds' ? { ...item, read: true } : item))
    push(withItems(read))
    expect(title()).toBe('Seeds')
    await show('Unread first')
    expect(title()).toBe('Seeds')
    push(
      snapshot({ accounts: [account({ items, snoozed: [{ notification: 2, until: now + 60 * minute }] }), rustOne] }),
    )
    expect(title()).toBe('Seeds')
  })

  it('is the next one after it is removed, which then stays', async () => {
    const { push, title, show, user } = open()
    await user.click(screen.getByRole('link', { name: /Seeds/ }))
    await user.unhover(screen.getByRole('link', { name: /Seeds/ }))
    await show('Unread only')
    const read = items.map((item) => (item.title === 'Seeds' ? { ...item, read: true } : item))
    push(withItems(read))
    expect(title()).toBe('Crabs')
    await show('Newest first')
    expect(title()).toBe('Crabs')
    if (plans === undefined) throw new Error('there is no notification')
    push(withItems([plans]))
    expect(title()).toBe('Plans')
    push(withItems([plans, ...others]))
    expect(title()).toBe('Plans')
  })

  it.each([
    ['Mark as read', snapshot({ accounts: [account({ items }), rustOne] })],
    [
      'Bring back now',
      snapshot({ accounts: [account({ items, snoozed: [{ notification: 3, until: now + 60 * minute }] }), rustOne] }),
    ],
  ])('keeps the focus when its button “%s” goes', async (name, first) => {
    const { pane, push, user } = open(first)
    pane.getByRole('button', { name }).focus()
    await user.keyboard('{Enter}')
    push(withItems(items.map((item) => ({ ...item, read: true }))))
    expect(document.activeElement).toBe(pane.getByRole('link', { name: 'Open' }))
  })
})
