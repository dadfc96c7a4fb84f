// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { inOrder } from '../../common/preferences/arrange.ts'
import {
  changePreferences,
  defaultAccount,
  defaultPreferences,
  type PreferencesChange,
} from '../../common/preferences/preferences.ts'
import { account, counts, snapshot } from '../../common/testing/samples.ts'
import { renderApp as renderAt } from '../testing/render-app.tsx'

/** The list of forums stands beside the inbox, in a wide window. */
const renderApp = (first: Snapshot) => renderAt(first, undefined, false, 1000)

const accounts = ['Alpha', 'Beta', 'Gamma'].map((title, index) =>
  account({
    id: title.toLowerCase(),
    site: { base: `https://${title}.example`, host: `${title}.example`, title, color: null },
    // Each has news, so that none comes before another.
    counts: counts({ notifications: Math.max(1, index) }),
  }),
)
const group = (name: string, members: string[], isFolded = false) => ({
  id: name.toLowerCase(),
  name,
  isFolded,
  accounts: members,
})

/** The snapshot as the engine gives it after a change. */
const changed = (change: PreferencesChange, before: Snapshot = snapshot({ accounts })): Snapshot => {
  const preferences = changePreferences(before.preferences, change)
  return { ...before, preferences, accounts: inOrder(preferences.overview, before.accounts) }
}
const grouped = changed({
  overview: { ungrouped: ['alpha'], groups: [group('Work', ['beta', 'gamma']), group('Fun', [])] },
})

const link = (name: string) => screen.getByRole('link', { name: new RegExp(`on ${name}$`) })
const list = () => screen.getByRole('list', { name: 'Accounts' })
/** What stands in the list from top to bottom: titles of accounts, and of groups in brackets. */
const order = () =>
  [...list().children].map((entry) => {
    const heading = entry.querySelector('h2')?.textContent
    return heading === undefined || heading === null ? (entry.querySelector('a')?.textContent ?? '-') : `[${heading}]`
  })
const openMenu = async (user: ReturnType<typeof renderApp>['user'], name: string) => {
  await user.click(screen.getByRole('button', { name: `More for ${name}` }))
  return within(screen.getByRole('menu'))
}
const overviewOf = ([name, input]: readonly [string, unknown] = ['', undefined]) => {
  expect(name).toBe('preferences.change')
  return (input as PreferencesChange).overview
}

describe('by keyboard', () => {
  it('forums and groups are one tab stop, with arrow keys between and within them', async () => {
    const { user } = renderApp(grouped)
    const stops = () => [...list().querySelectorAll<HTMLElement>('a, button')].filter(({ tabIndex }) => tabIndex === 0)
    expect(stops()).toEqual([link('Alpha'), screen.getByRole('button', { name: 'More for eve on Alpha' })])
    link('Alpha').focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Work/ }))
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More for the group Work' }))
    expect(stops()).toHaveLength(2)
    await user.keyboard('{End}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Fun/ }))
    await user.keyboard('{ArrowUp}')
    expect(document.activeElement).toBe(link('Gamma'))
    expect(stops()).toHaveLength(2)
  })

  it('an account moves at once, keeps the focus, and its new place is announced', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts }))
    link('Alpha').focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
    expect(document.activeElement).toBe(link('Alpha'))
    screen.getByText('Alpha moved to 2 of 3')
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowUp}{/Alt}')
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
    expect(host.sent.map(overviewOf)).toEqual(
      [
        ['beta', 'alpha', 'gamma'],
        ['beta', 'gamma', 'alpha'],
        ['beta', 'alpha', 'gamma'],
      ].map((ungrouped) => ({ ungrouped, groups: [] })),
    )
    push(changed({ overview: { ungrouped: ['beta', 'alpha', 'gamma'] } }))
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
  })

  it('an account goes over the borders of groups, and unfolds the one it comes to', async () => {
    const { user } = renderApp(changed({ overview: { groups: [group('Work', ['gamma'], true)] } }))
    link('Beta').focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(order()).toEqual(['Alpha', '[Work3 new]', 'Beta', 'Gamma'])
    expect(document.activeElement).toBe(link('Beta'))
    screen.getByText('Beta moved to 1 of 2 in Work')
  })

  it('a group moves from its heading', async () => {
    const { user } = renderApp(grouped)
    screen.getByRole('button', { name: /^Work/ }).focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(order()).toEqual(['Alpha', '[Fun]', '-', '[Work3 new]', 'Beta', 'Gamma'])
    screen.getByText('Work moved to 2 of 2')
  })

  it('arrows alone move nothing', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    link('Alpha').focus()
    await user.keyboard('{ArrowDown}{Control>}{Alt>}{ArrowDown}{/Alt}{/Control}')
    expect(host.sent).toEqual([])
  })
})

it('a move that is refused is taken back, with the reason', async () => {
  const { user, host } = renderApp(snapshot({ accounts }))
  host.answer('preferences.change', () => fail('settings_not_saved', { reason: 'ENOSPC', file: '/s.json' }))
  link('Alpha').focus()
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(order()).toEqual(['Alpha', 'Beta', 'Gamma'])
  expect(screen.getByRole('alert').textContent).toContain('/s.json')
})

describe('before the user has arranged anything', () => {
  const some = (news: readonly number[]) =>
    snapshot({ accounts: accounts.map((one, at) => ({ ...one, counts: counts({ notifications: news[at] ?? 0 }) })) })

  const focusWindow = (hasFocus: boolean) => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus)
    fireEvent(window, new Event(hasFocus ? 'focus' : 'blur'))
  }
  afterEach(() => vi.restoreAllMocks())

  it('forums with news come first, and the first move keeps the order that was seen', async () => {
    focusWindow(false)
    const { user, host, push } = renderApp(some([0, 0, 1]))
    expect(order()).toEqual(['Gamma', 'Alpha', 'Beta'])
    push(some([0, 2, 1]))
    expect(order()).toEqual(['Beta', 'Gamma', 'Alpha'])
    link('Alpha').focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(host.sent.map(overviewOf)).toEqual([{ ungrouped: ['beta', 'alpha', 'gamma'], groups: [] }])
    push(changed({ overview: { ungrouped: ['beta', 'alpha', 'gamma'] } }, some([0, 0, 1])))
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
  })

  it('none moves while the window has the focus, or the pointer is over them', () => {
    focusWindow(true)
    const { push } = renderApp(some([0, 0, 1]))
    push(some([0, 1, 0]))
    expect(order()).toEqual(['Gamma', 'Alpha', 'Beta'])
    focusWindow(false)
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
    fireEvent.pointerEnter(list())
    push(some([0, 0, 1]))
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
    fireEvent.pointerLeave(list())
    expect(order()).toEqual(['Gamma', 'Alpha', 'Beta'])
  })

  it('a forum that is added meanwhile comes last', () => {
    focusWindow(true)
    const { push } = renderApp(snapshot({ accounts: some([0, 1, 0]).accounts.slice(0, 2) }))
    push(some([0, 1, 5]))
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
  })

  it('Ctrl with a number shows the forum that stands there', async () => {
    const { user } = renderApp(some([0, 0, 1]))
    await user.keyboard('{Control>}1{/Control}')
    expect(window.location.hash).toBe('#/inbox?forum=gamma')
  })
})

describe('by menu', () => {
  it('an account is muted, and alerts again by the level for all', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts }))
    const [{ id } = account()] = accounts
    await user.click((await openMenu(user, 'eve on Alpha')).getByRole('menuitem', { name: 'Mute alerts' }))
    expect(host.sent).toContainEqual(['preferences.change', { accounts: { [id]: { level: 'nothing' } } }])
    const muted = { ...defaultPreferences, accounts: { [id]: { ...defaultAccount, level: 'nothing' as const } } }
    push(snapshot({ accounts, preferences: muted }))
    await user.click((await openMenu(user, 'eve on Alpha')).getByRole('menuitem', { name: 'Show alerts again' }))
    expect(host.sent).toContainEqual(['preferences.change', { accounts: { [id]: { level: null } } }])
  })

  it('an account moves up and down, as far as there is room', async () => {
    const { user } = renderApp(snapshot({ accounts }))
    let menu = await openMenu(user, 'eve on Alpha')
    expect(menu.getByRole('menuitem', { name: 'Move up' }).getAttribute('aria-disabled')).toBe('true')
    await user.click(menu.getByRole('menuitem', { name: 'Move up' }))
    await user.click(menu.getByRole('menuitem', { name: 'Move down' }))
    expect(order()).toEqual(['Beta', 'Alpha', 'Gamma'])
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More for eve on Alpha' }))
    menu = await openMenu(user, 'eve on Gamma')
    expect(menu.getByRole('menuitem', { name: 'Move down' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('an account goes to a group and back, by keys alone', async () => {
    const { user } = renderApp(grouped)
    screen.getByRole('button', { name: 'More for eve on Alpha' }).focus()
    await user.keyboard('{ArrowDown}')
    const chosen = screen.getAllByRole('menuitemradio')
    expect(chosen.map((item) => [item.textContent, item.getAttribute('aria-checked')])).toEqual([
      ['No group', 'true'],
      ['Work', 'false'],
      ['Fun', 'false'],
    ])
    await user.keyboard('{End}{ArrowUp}{ArrowUp}{ArrowUp}{Enter}')
    expect(order()).toEqual(['[Work3 new]', 'Beta', 'Gamma', '[Fun1 new]', 'Alpha'])
    screen.getByText('Alpha moved to 1 of 1 in Fun')
    await user.click((await openMenu(user, 'eve on Beta')).getByRole('menuitemradio', { name: 'No group' }))
    expect(order()).toEqual(['Beta', '[Work2 new]', 'Gamma', '[Fun1 new]', 'Alpha'])
  })

  it('a new group is made around an account and named in place', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull()
    const menu = await openMenu(user, 'eve on Beta')
    expect(menu.queryAllByRole('menuitemradio')).toEqual([])
    await user.click(menu.getByRole('menuitem', { name: 'New group…' }))
    const field = screen.getByRole('textbox', { name: 'Name of the group' })
    expect(document.activeElement).toBe(field)
    await user.keyboard(' Work {Enter}')
    expect(order()).toEqual(['Alpha', 'Gamma', '[Work1 new]', 'Beta'])
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Work/ }))
    expect(overviewOf(host.sent.at(-1))?.groups).toEqual([{ ...group('Work', ['beta']), id: 'group-1' }])
  })

  it('no fifty-first group is offered', async () => {
    const groups = Array.from({ length: 50 }, (_, index) => group(`G${index}`, []))
    const { user } = renderApp(changed({ overview: { groups } }))
    const menu = await openMenu(user, 'eve on Alpha')
    expect(menu.queryByRole('menuitem', { name: 'New group…' })).toBeNull()
  })
})

describe('a group', () => {
  it('says how much is new in it, is folded and unfolded, and stays when it is empty', async () => {
    const { user } = renderApp(grouped)
    expect(order()).toEqual(['Alpha', '[Work3 new]', 'Beta', 'Gamma', '[Fun]', '-'])
    screen.getByText('No accounts in this group')
    const fold = screen.getByRole('button', { name: /^Work/ })
    expect(fold.getAttribute('aria-expanded')).toBe('true')
    await user.click(fold)
    expect(fold.getAttribute('aria-expanded')).toBe('false')
    expect(order()).toEqual(['Alpha', '[Work3 new]', '[Fun]', '-'])
    await user.keyboard('{Enter}')
    expect(order()).toEqual(['Alpha', '[Work3 new]', 'Beta', 'Gamma', '[Fun]', '-'])
  })

  it('says that an account in it needs the user while it is folded', () => {
    const failure = fail('access_refused', { host: 'alpha.example' }).failure
    const first = account({ id: 'alpha', state: { kind: 'needsSignIn', failure } })
    renderApp(changed({ overview: { groups: [group('Work', ['alpha'], true)] } }, snapshot({ accounts: [first] })))
    within(screen.getByRole('button', { name: /^Work/ })).getByText('1 account needs you')
  })

  it.each([
    ['{Enter}', 'Job', '[Job3 new]'],
    ['{Escape}', 'Job', '[Work3 new]'],
    ['{Tab}', 'Job', '[Job3 new]'],
    ['{Enter}', ' ', '[Work3 new]'],
  ])('is renamed in place, ending with %s', async (key, name, heading) => {
    const { user } = renderApp(grouped)
    await user.click((await openMenu(user, 'the group Work')).getByRole('menuitem', { name: 'Rename' }))
    await user.keyboard(`${name}${key}`)
    expect(order()[1]).toBe(heading)
  })

  it('is removed without its accounts, and the focus has a place to be', async () => {
    const { user } = renderApp(grouped)
    await user.click((await openMenu(user, 'the group Work')).getByRole('menuitem', { name: 'Remove group' }))
    expect(order()).toEqual(['Alpha', 'Beta', 'Gamma', '[Fun]', '-'])
    expect(list().contains(document.activeElement)).toBe(true)
  })

  it('comes back by Undo as it was, with its accounts in it', async () => {
    const { user, host } = renderApp(grouped)
    await user.click((await openMenu(user, 'the group Work')).getByRole('menuitem', { name: 'Remove group' }))
    expect(screen.getByText(/The group Work was removed/).closest('[role=status]')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(overviewOf(host.sent.at(-1))).toEqual(grouped.preferences.overview)
  })

  it('is not offered to be undone when its removal was refused', async () => {
    const { user, host } = renderApp(grouped)
    host.answer('preferences.change', () => fail('settings_not_saved', { reason: 'full', file: 'x' }))
    await user.click((await openMenu(user, 'the group Work')).getByRole('menuitem', { name: 'Remove group' }))
    screen.getByRole('alert')
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('moves among the groups by menu', async () => {
    const { user } = renderApp(grouped)
    await user.click((await openMenu(user, 'the group Fun')).getByRole('menuitem', { name: 'Move up' }))
    expect(order()).toEqual(['Alpha', '[Fun]', '-', '[Work3 new]', 'Beta', 'Gamma'])
  })
})

describe('by dragging', () => {
  afterEach(() => vi.restoreAllMocks())

  /** Takes an account by its handle in a list where everything is 40 px high. */
  const take = (name: string) => {
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
      const index = this.parentElement === list() ? [...list().children].indexOf(this) : 0
      return new DOMRect(0, index * 40, 300, 40)
    })
    const handle = link(name).closest('li')?.querySelector('[data-handle]')
    if (!(handle instanceof HTMLElement)) throw new Error('no handle')
    handle.setPointerCapture = () => undefined
    const from = (handle.closest('li')?.getBoundingClientRect().top ?? 0) + 20
    const at = { pointerId: 1, isPrimary: true, button: 0, bubbles: true }
    fireEvent.pointerDown(handle, { ...at, clientY: from })
    return {
      to: (y: number) => fireEvent.pointerMove(handle, { ...at, clientY: y }),
      drop: (y: number) => fireEvent.pointerUp(handle, { ...at, clientY: y }),
      cancel: () => fireEvent.pointerCancel(handle, at),
    }
  }
  const line = () => list().nextElementSibling

  it('an account goes where the line stands', () => {
    const { host } = renderApp(grouped)
    const held = take('Gamma')
    held.to(141)
    expect(line()).toBeNull()
    held.to(45)
    expect(line()?.getAttribute('style')).toContain('40px')
    expect(order()[3]).toBe('Gamma')
    held.to(2)
    held.drop(2)
    expect(line()).toBeNull()
    expect(order()).toEqual(['Gamma', 'Alpha', '[Work1 new]', 'Beta', '[Fun]', '-'])
    expect(host.sent).toHaveLength(1)
  })

  it('Esc lets go of it, and so does the system', async () => {
    const { user, host } = renderApp(grouped)
    const held = take('Gamma')
    held.to(2)
    await user.keyboard('{Escape}')
    expect(line()).toBeNull()
    held.drop(2)
    const again = take('Gamma')
    again.to(2)
    again.cancel()
    again.drop(2)
    expect(host.sent).toEqual([])
  })

  it('puts nothing anywhere when it only comes back, or is a mere click', () => {
    const { host } = renderApp(grouped)
    take('Gamma').drop(141)
    const held = take('Gamma')
    held.to(2)
    held.to(139)
    held.drop(139)
    expect(host.sent).toEqual([])
  })

  it('takes what has changed meanwhile as it is now', () => {
    const { push } = renderApp(grouped)
    const held = take('Gamma')
    held.to(2)
    const rest = grouped.accounts.filter(({ id }) => id !== 'alpha')
    push({ ...grouped, accounts: rest })
    act(() => void held.drop(2))
    expect(order()).toEqual(['Gamma', '[Work1 new]', 'Beta', '[Fun]', '-'])
  })
})

it('the order is the default for who has never moved anything', () => {
  expect(defaultPreferences.overview).toEqual({ ungrouped: [], groups: [] })
  renderApp(snapshot({ accounts }))
  expect(order()).toEqual(['Alpha', 'Beta', 'Gamma'])
})
