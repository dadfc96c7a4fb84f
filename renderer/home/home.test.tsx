// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { defaultAccount } from '../../common/preferences/preferences.ts'
import { account, attempt, counts, notification, now, rust, snapshot } from '../../common/testing/samples.ts'
import { begun } from '../testing/begin-attempt.ts'
import { renderApp } from '../testing/render-app.tsx'

const metaNews = (some: Partial<AccountView> = {}) =>
  account({
    counts: counts({ notifications: 2, messages: 1 }),
    items: [
      notification({ id: 3, excerpt: 'It is out' }),
      notification({ id: 2, kind: 'private_message', actor: 'tomas', title: 'Lunch', topic: 8 }),
      notification({ id: 1, kind: 'liked', read: true, topic: 9 }),
    ],
    ...some,
  })
const quiet = (id: string) => account({ id, site: rust, username: id, items: [notification({ read: true })] })
const { failure } = fail('access_refused', { host: 'meta.example' })
const refused = (id: string) => account({ id, username: id, state: { kind: 'needsSignIn', failure } })

const news = () => within(screen.getByRole('list', { name: 'News for eve on Meta' }))
const focused = () => document.activeElement?.textContent?.replace('Unread: ', '')

describe('the home', () => {
  it('says what is new under its forum, and nothing that was read', () => {
    renderApp(snapshot({ accounts: [metaNews()] }))
    expect(
      news()
        .getAllByRole('link')
        .map((link) => link.textContent?.replace('Unread: ', '')),
    ).toEqual(['mika mentioned you in “Release notes”', expect.stringContaining('tomas')])
    news().getByText('It is out')
    screen.getByRole('img', { name: '1 personal message' })
  })

  it('lists as many rows as its heading and the header count, though more are unread', () => {
    // Seen in the forum's own menu: unread there, and not counted (protocol.md 5.1).
    const seen = [notification({ id: 1, topic: 10 }), notification({ id: 0, topic: 11 })]
    renderApp(snapshot({ accounts: [metaNews({ items: [...(metaNews().items ?? []).slice(0, 2), ...seen] })] }))
    expect(news().getAllByRole('link')).toHaveLength(3)
    expect(document.querySelector('header')?.textContent).toContain('3 new on 1 forum')
  })

  it('shows what is counted separately below the heading of a forum, even one with nothing new', async () => {
    const apart = (some: AccountView): AccountView => ({
      ...some,
      counts: { ...counts({ notifications: some.counts?.notifications ?? 0 }), topics: { new: 4, unread: 1 } },
    })
    renderApp(snapshot({ accounts: [apart(metaNews()), apart(quiet('ines'))] }))
    expect(await screen.findAllByText('4 new topics, 1 unread topic')).toHaveLength(2)
  })

  it.each([
    ['network_login', 'link', 'Open meta.example', 'https://meta.example'],
    ['proxy_auth', 'link', 'Network settings', '#/settings/network'],
    ['site_moved', 'button', 'Move to new.example: eve of Meta', null],
  ] as const)('has beside a trouble what helps: %s', async (code, role, name, href) => {
    const params = { host: 'meta.example', target: 'new.example', proxy: 'proxy.example' }
    const state = { kind: 'stale', since: now, failure: { code, params } } as const
    const { user, host } = renderApp(snapshot({ accounts: [account({ state })] }))
    const remedy = await screen.findByRole(role, { name })
    expect(remedy.getAttribute('href')).toBe(href)
    if (href !== null) return
    await user.click(remedy)
    expect(host.sent).toEqual([['account.move', { account: 'account-1', host: 'new.example' }]])
  })

  it('has no button where the app retries automatically', async () => {
    const { failure: late } = fail('timed_out', { host: 'meta.example', seconds: 10 })
    renderApp(snapshot({ accounts: [account({ state: { kind: 'stale', since: now, failure: late } })] }))
    expect(screen.getByRole('list', { name: 'Accounts' }).querySelectorAll('button, a')).toHaveLength(2)
  })

  it('opens the post itself and marks it as read, unless the user does not want that', async () => {
    const first = snapshot({ accounts: [metaNews()] })
    const { user, host, push } = renderApp(first)
    const link = news().getByRole('link', { name: /mentioned you/ })
    expect(link.getAttribute('href')).toBe('https://meta.example/t/7/2')
    await user.click(link)
    expect(host.sent).toEqual([
      ['account.opened', { account: 'account-1' }],
      ['notification.read', { account: 'account-1', notification: 3 }],
    ])
    const { general } = first.preferences
    push({ ...first, preferences: { ...first.preferences, general: { ...general, readOnOpen: false } } })
    await user.click(news().getByRole('link', { name: /mentioned you/ }))
    expect(host.sent.slice(2)).toEqual([['account.opened', { account: 'account-1' }]])
  })

  it('puts what is about one topic and of one kind in one row, and marks all of it', async () => {
    const items = [notification({ id: 3 }), notification({ id: 2, actor: 'ines' }), notification({ id: 1, topic: 8 })]
    const counted = counts({ notifications: 3 })
    const { user, host } = renderApp(snapshot({ accounts: [metaNews({ items, counts: counted })] }))
    expect(news().getAllByRole('listitem')).toHaveLength(2)
    news().getByText('+1')
    await user.click(news().getAllByRole('button', { name: /^Mark as read/ })[0] ?? document.body)
    expect(host.sent).toEqual([
      ['notification.read', { account: 'account-1', notification: 3 }],
      ['notification.read', { account: 'account-1', notification: 2 }],
    ])
  })

  it('shows three rows of a forum, and the others on request', async () => {
    const items = [1, 2, 3, 4, 5].map((id) => notification({ id, topic: id }))
    const { user } = renderApp(snapshot({ accounts: [metaNews({ items, counts: counts({ notifications: 5 }) })] }))
    expect(news().getAllByRole('link')).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: '2 more' }))
    expect(news().getAllByRole('link')).toHaveLength(5)
  })

  it('has what needs the user at the top, with the remedy, and counts it in the header', async () => {
    const old = account({ id: 'old', username: 'ada', state: { kind: 'needsSignIn', failure } })
    const offline = account({ id: 'offline', username: 'bob', state: { kind: 'offline', since: now, failure } })
    const { user, host } = renderApp(snapshot({ accounts: [metaNews(), offline, old] }))
    host.answer('attempt.begin', () => begun)
    const [first, second] = within(screen.getByRole('list', { name: 'Accounts' })).getAllByRole('listitem')
    within(first ?? document.body).getByText('Access was refused')
    within(second ?? document.body).getByText('Not reachable')
    within(screen.getByRole('banner')).getByText('1 needs you')
    within(screen.getByRole('banner')).getByText('1 not reachable')
    await user.click(screen.getByRole('button', { name: 'Sign in to Meta as ada' }))
    expect(host.sent).toEqual([['attempt.begin', { address: 'https://meta.example', account: 'old' }]])
  })

  it('signs in to all forums that need it, one after the other', async () => {
    const accounts = [metaNews(), refused('ada'), refused('bob'), refused('cid')]
    const { user, host, push } = renderApp(snapshot({ accounts }))
    host.answer('attempt.begin', () => begun)
    await user.click(screen.getByRole('button', { name: 'Sign in to all' }))
    expect(host.sent).toEqual([['attempt.begin', { address: 'https://meta.example', account: 'ada' }]])
    push(snapshot({ accounts, attempts: [attempt({ account: 'ada', state: { kind: 'done', account: 'ada' } })] }))
    await user.click(await screen.findByRole('button', { name: 'Next: Meta' }))
    expect(host.sent.filter(([name]) => name === 'attempt.begin').at(-1)).toEqual([
      'attempt.begin',
      { address: 'https://meta.example', account: 'bob' },
    ])
  })

  it('shows two forums that need a sign-in as rows, and more as one row with their number', async () => {
    const { user, push } = renderApp(snapshot({ accounts: [metaNews(), refused('ada'), refused('bob')] }))
    expect(screen.getAllByText('Access was refused')).toHaveLength(2)
    expect(screen.queryByRole('button', { name: 'Sign in to all' })).toBeNull()
    const ten = ['ada', 'bob', 'cid', 'dan', 'eli', 'fay', 'gil', 'hal', 'ida', 'jon'].map(refused)
    push(snapshot({ accounts: [metaNews(), ...ten] }))
    expect(screen.queryByText('Access was refused')).toBeNull()
    screen.getByRole('button', { name: 'Sign in to all' })
    await user.click(screen.getByRole('button', { name: '10 forums need a sign-in' }))
    expect(screen.getAllByText('Access was refused')).toHaveLength(10)
    screen.getByRole('button', { name: 'Sign in to Meta as jon' })
    await user.click(screen.getByRole('button', { name: '10 forums need a sign-in' }))
    expect(screen.queryByText('Access was refused')).toBeNull()
  })

  it('shows forums that wait for a locked keychain as one row, with one button for all', async () => {
    const accounts = ['ada', 'bob', 'cid'].map((id) => account({ id, username: id, state: { kind: 'locked' } }))
    const { user, host } = renderApp(snapshot({ accounts }))
    screen.getByRole('button', { name: '3 forums are waiting for the keychain' })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(host.sent).toEqual([['vault.retry', {}]])
  })

  it('collapses trouble that needs nothing from the user once there is a lot of it, so that news stays in view', async () => {
    const late = (id: string, retryAt: number) =>
      account({ id, username: id, state: { kind: 'offline', since: now, failure, retryAt } })
    const accounts = [metaNews(), late('ada', now + 125 * 60_000), late('bob', now), late('cid', now)]
    const { user } = renderApp(snapshot({ accounts }))
    expect(screen.queryByText('Not reachable')).toBeNull()
    await user.click(screen.getByRole('button', { name: '3 not reachable' }))
    expect(screen.getAllByText('Not reachable')).toHaveLength(3)
    screen.getByText(/Trying again at 2:05\sPM\./)
  })

  it('shows the face of who did it with what was done, its letter without the picture, and else what was done', () => {
    const items = [
      notification({ id: 3, face: '/image/mika' }),
      notification({ id: 2, kind: 'reaction', topic: 8, actor: 'tomas', face: '/image/tomas', emoji: '🎉' }),
      notification({ id: 1, kind: 'liked', topic: 9 }),
    ]
    renderApp(snapshot({ accounts: [metaNews({ items, counts: counts({ notifications: 3 }) })] }))
    const [first, second, third] = news().getAllByRole('listitem')
    expect(first?.querySelector('img')?.getAttribute('src')).toBe('/image/mika')
    expect(second?.querySelector('img')?.parentElement?.textContent).toBe('🎉')
    expect(third?.querySelector('img')).toBeNull()
    fireEvent.error(first?.querySelector('img') ?? document.body)
    within(first ?? document.body).getByText('M')
  })

  it('collapses forums with nothing new once there are several', async () => {
    const many = ['ada', 'bob', 'cid', 'dan', 'eli'].map(quiet)
    const { user } = renderApp(snapshot({ accounts: [metaNews(), ...many] }))
    expect(screen.queryByRole('link', { name: /bob on Rust Users/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: '5 forums with nothing new' }))
    screen.getByRole('link', { name: /bob on Rust Users/ })
  })

  it('has a labelled icon for a forum that is muted', () => {
    const first = snapshot({ accounts: [metaNews()] })
    const muted = { level: 'nothing', kinds: {}, mutedTopics: [], rules: [], sound: true, inBadge: true } as const
    renderApp({ ...first, preferences: { ...first.preferences, accounts: { 'account-1': muted } } })
    screen.getByRole('img', { name: 'Muted' })
  })

  it('lists what is left out of the badge, and says that the header does not count it', () => {
    const other = { ...metaNews({ id: 'account-2', site: rust }), counts: counts({ messages: 2, chat: 1 }) }
    const first = snapshot({ accounts: [metaNews(), other] })
    const header = () => document.querySelector('header')?.textContent
    const { push } = renderApp(first)
    expect(header()).toContain('6 new on 2 forums')
    expect(screen.queryByText(/not in the badge/)).toBeNull()
    const { badge } = first.preferences
    const left = { ...defaultAccount, inBadge: false }
    const preferences = { ...first.preferences, accounts: { 'account-2': left } }
    push({ ...first, preferences })
    expect(header()).toContain('3 new on 1 forum')
    expect(header()).toContain('3 not in the badge')
    screen.getByRole('img', { name: '3 not in the badge' })
    expect(screen.getByRole('list', { name: 'News for eve on Rust Users' }).children).toHaveLength(1)
    // What is of a kind that is left out is neither.
    push({ ...first, preferences: { ...first.preferences, badge: { ...badge, counts: ['notifications', 'chat'] } } })
    expect(header()).toContain('3 new on 2 forums')
    expect(header()).toContain('3 not in the badge')
    expect(
      screen.getAllByRole('img', { name: /not in the badge/ }).map((sign) => sign.getAttribute('aria-label')),
    ).toEqual(['1 not in the badge', '2 not in the badge'])
  })

  it('is one tab stop, with arrow keys between rows and within one', async () => {
    const { user } = renderApp(snapshot({ accounts: [metaNews(), quiet('ada')] }))
    const list = screen.getByRole('list', { name: 'Accounts' })
    const stops = () => [...list.querySelectorAll<HTMLElement>('[data-stop]')].filter(({ tabIndex }) => tabIndex === 0)
    expect(stops()).toHaveLength(1)
    stops()[0]?.focus()
    expect(focused()).toBe('Meta')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('mika mentioned you in “Release notes”')
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^More for this notification/)
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Mark as read/)
    await user.keyboard('{ArrowLeft}{ArrowLeft}{End}')
    expect(focused()).toContain('Rust Users')
    await user.keyboard('{Home}')
    expect(focused()).toBe('Meta')
    expect(stops()).toHaveLength(1)
  })

  it('has buttons in the order of the Tab key beside the row at the keys only', async () => {
    const { user } = renderApp(snapshot({ accounts: [refused('old'), metaNews(), quiet('ada'), quiet('bob')] }))
    const list = screen.getByRole('list', { name: 'Accounts' })
    const tabbable = () =>
      [...list.querySelectorAll<HTMLElement>('a, button')]
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((element) => element.getAttribute('aria-label') ?? element.textContent)
    expect(tabbable()).toEqual([
      'Open the notifications of old on Meta',
      'Sign in to Meta as old',
      'More for old on Meta',
    ])
    act(() => list.querySelector<HTMLElement>('[data-stop]')?.focus())
    await user.keyboard('{End}')
    expect(tabbable()).toEqual(['Open the notifications of bob on Rust Users', 'More for bob on Rust Users'])
  })

  it('opens the menu of a row with the arrow key at its button, and stays in the row', async () => {
    const { user } = renderApp(snapshot({ accounts: [metaNews(), quiet('ada')] }))
    act(() => screen.getByRole('button', { name: 'More for eve on Meta' }).focus())
    await user.keyboard('{ArrowDown}')
    const menu = await screen.findByRole('menu')
    expect(menu.contains(document.activeElement)).toBe(true)
  })

  it('does not move under the pointer: what arrives waits behind a button, what is read stays', async () => {
    const { push, user } = renderApp(snapshot({ accounts: [metaNews()] }))
    const list = screen.getByRole('list', { name: 'Accounts' })
    fireEvent.pointerOver(list, { pointerType: 'mouse' })
    fireEvent.pointerEnter(list, { pointerType: 'mouse' })
    const arrived = notification({ id: 9, kind: 'quoted', topic: 70 })
    const left = (metaNews().items ?? []).slice(1)
    push(snapshot({ accounts: [metaNews({ items: [arrived, ...left] })] }))
    expect(news().getAllByRole('link')[0]?.textContent).toBe('mika mentioned you in “Release notes”')
    await user.click(screen.getByRole('button', { name: '1 new' }))
    expect(news().getAllByRole('link')[0]?.textContent).toContain('mika quoted you')
    act(() => void fireEvent.pointerLeave(list))
    expect(screen.queryByRole('button', { name: '1 new' })).toBeNull()
  })

  it('holds nothing under the pointer before it has all forums, and then says nothing of what came with them', () => {
    const { push } = renderApp(
      snapshot({ accounts: [metaNews()], unlisted: { news: 4, forums: 2, uncounted: 0, quiet: 6 } }),
    )
    expect(document.querySelector('header')?.textContent).toContain('7 new on 3 forums')
    screen.getByRole('button', { name: '6 forums with nothing new' })
    const list = screen.getByRole('list', { name: 'Accounts' })
    fireEvent.pointerOver(list, { pointerType: 'mouse' })
    fireEvent.pointerEnter(list, { pointerType: 'mouse' })
    const other = metaNews({ id: 'other', username: 'other', site: rust })
    push(snapshot({ accounts: [metaNews(), other] }))
    screen.getByRole('list', { name: 'News for other on Rust Users' })
    expect(screen.queryByRole('button', { name: /^\d+ new$/ })).toBeNull()
    push(snapshot({ accounts: [metaNews(), { ...other, items: [notification({ id: 9, topic: 70 })] }] }))
    screen.getByRole('button', { name: '1 new' })
  })

  it('says no other number under the pointer than the header does', () => {
    const quiet = Array.from({ length: 6 }, (_, index) =>
      account({ id: `quiet-${index}`, site: { ...rust, base: `https://f${index}.example`, title: `F${index}` } }),
    )
    const { push } = renderApp(snapshot({ accounts: quiet }))
    const list = screen.getByRole('list', { name: 'Accounts' })
    fireEvent.pointerOver(list, { pointerType: 'mouse' })
    fireEvent.pointerEnter(list, { pointerType: 'mouse' })
    const [first, ...others] = quiet
    if (first === undefined) throw new Error('a sample is missing')
    push(
      snapshot({ accounts: [{ ...first, counts: counts({ notifications: 1 }), items: [notification()] }, ...others] }),
    )
    expect(document.querySelector('header')?.textContent).toContain('1 new on 1 forum')
    screen.getByRole('button', { name: '1 new' })
    screen.getByRole('button', { name: '5 forums with nothing new' })
  })

  it('says of the forums in trouble what the header says, whatever it is', () => {
    const states = [
      { kind: 'offline', since: now, failure },
      { kind: 'stale', since: now, failure },
      { kind: 'maintenance', since: now, failure },
      { kind: 'limited', until: now },
      { kind: 'revoking', failure: null },
    ] as const
    renderApp(snapshot({ accounts: states.map((state, at) => account({ id: `a${at}`, username: `u${at}`, state })) }))
    const said = ['1 not reachable', '2 not up to date', '1 rate limited', '1 being revoked']
    const header = within(screen.getByRole('banner'))
    for (const one of said) header.getByText(one)
    screen.getByRole('button', { name: said.join(', ') })
  })

  it('counts the forums in trouble as the header does, also under the pointer', () => {
    const offline = { kind: 'offline', since: now, failure } as const
    const forums = (troubled: number) =>
      Array.from({ length: 6 }, (_, index) =>
        account({ id: `a${index}`, username: `user${index}`, ...(index < troubled ? { state: offline } : {}) }),
      )
    const { push } = renderApp(snapshot({ accounts: forums(3) }))
    const list = screen.getByRole('list', { name: 'Accounts' })
    fireEvent.pointerOver(list, { pointerType: 'mouse' })
    fireEvent.pointerEnter(list, { pointerType: 'mouse' })
    push(snapshot({ accounts: forums(5) }))
    within(screen.getByRole('banner')).getByText('5 not reachable')
    screen.getByRole('button', { name: '5 not reachable' })
  })
})

describe('the menu of a notification', () => {
  const openMenu = () => fireEvent.contextMenu(news().getByRole('link', { name: /mentioned you/ }))
  const choose = async (user: ReturnType<typeof renderApp>['user'], name: string | RegExp) =>
    user.click(await screen.findByRole('menuitem', { name }))

  it('is the context menu of its row, and snoozes it with undo', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts: [metaNews()] }))
    const until = now + 3 * 60 * 60_000
    host.answer('notification.snooze', () => ok({ until }))
    openMenu()
    await choose(user, /^In 3 hours · 3:00\sPM$/)
    expect(host.sent).toEqual([['notification.snooze', { account: 'account-1', notification: 3, for: 'later' }]])
    push(snapshot({ accounts: [metaNews({ snoozed: [{ notification: 3, until }] })] }))
    // It stays in its place while the pointer is over the list.
    act(() => void fireEvent.pointerLeave(screen.getByRole('list', { name: 'Accounts' })))
    expect(news().queryByRole('link', { name: /mentioned you/ })).toBeNull()
    await screen.findByText(/^Snoozed until/)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(host.sent.slice(1)).toEqual([['notification.unsnooze', { account: 'account-1', notification: 3 }]])
  })

  it('mutes a topic with undo, and copies the link', async () => {
    const { user, host } = renderApp(snapshot({ accounts: [metaNews()] }))
    openMenu()
    await choose(user, 'Mute this topic')
    expect(host.sent).toEqual([['topic.mute', { account: 'account-1', topic: 7 }]])
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(host.sent.slice(1)).toEqual([['preferences.change', { accounts: { 'account-1': { mutedTopics: [] } } }]])
    openMenu()
    await choose(user, 'Copy link')
    expect(await window.navigator.clipboard.readText()).toBe('https://meta.example/t/7/2')
  })
})
