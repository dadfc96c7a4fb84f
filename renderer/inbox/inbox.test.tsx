// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, counts, minute, notification, now, rust, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { renderApp } from '../testing/render-app.tsx'

// happy-dom lays nothing out; this is how high and wide everything is.
beforeEach(() => {
  window.localStorage.clear()
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
})

const hour = 60 * minute

const metaAccount = (some: Partial<AccountView> = {}) =>
  account({
    items: [
      notification({ id: 3, excerpt: 'It is out' }),
      notification({ id: 2, kind: 'liked', actor: 'tomas', createdAt: now - 2 * hour }),
      notification({ id: 1, kind: 'replied', read: true, title: 'Plans', createdAt: now - 24 * hour }),
    ],
    ...some,
  })
const rustAccount = (some: Partial<AccountView> = {}) =>
  account({
    id: 'account-2',
    site: rust,
    items: [notification({ id: 9, kind: 'private_message', title: 'Crabs', createdAt: now - hour })],
    ...some,
  })

const both = (some: Partial<AccountView> = {}) => snapshot({ accounts: [metaAccount(some), rustAccount()] })

const showInbox = async (first: Snapshot) => {
  const app = renderApp(first)
  await app.user.click(screen.getByRole('button', { name: 'All' }))
  await screen.findByRole('searchbox')
  return app
}

const list = () => within(screen.getByRole('list', { name: 'Notifications' }))
const sentences = () =>
  list()
    .queryAllByRole('link')
    .map((link) => link.textContent?.replace('Unread: ', ''))
const all = [
  'mika mentioned you in “Release notes”',
  'mika sent you a message: “Crabs”',
  'tomas liked your post in “Release notes”',
  'mika replied in “Plans”',
]
const focused = () => document.activeElement?.textContent?.replace('Unread: ', '')

describe('the inbox', () => {
  it('does not move under the pointer: what arrives waits behind a button, what is read stays', async () => {
    const { push } = await showInbox(both())
    const ul = screen.getByRole('list', { name: 'Notifications' })
    fireEvent.pointerOver(ul, { pointerType: 'mouse' })
    fireEvent.pointerEnter(ul, { pointerType: 'mouse' })
    const [newest, ...older] = metaAccount().items ?? []
    if (newest === undefined) throw new Error('a sample is missing')
    const arrived = notification({ id: 30, kind: 'quoted', title: 'Roses', createdAt: now })
    push(both({ items: [arrived, { ...newest, read: true }, ...older.slice(1)] }))
    expect(sentences()).toEqual(all)
    expect(list().queryByRole('link', { name: /Unread: mika mentioned/ })).toBeNull()
    act(() => screen.getByRole('button', { name: '1 new' }).click())
    expect(sentences()).toEqual(['mika quoted you in “Roses”', ...all.filter((text) => !text.startsWith('tomas'))])
    expect(screen.queryByRole('button', { name: '1 new' })).toBeNull()
  })

  it('shows older ones that were loaded at once, and all of another filter, while the pointer is over it', async () => {
    const { push, user } = await showInbox(both())
    const ul = screen.getByRole('list', { name: 'Notifications' })
    fireEvent.pointerOver(ul, { pointerType: 'mouse' })
    fireEvent.pointerEnter(ul, { pointerType: 'mouse' })
    const old = notification({ id: -1, kind: 'quoted', read: true, title: 'Roses', createdAt: now - 50 * hour })
    push(both({ items: [...(metaAccount().items ?? []), old] }))
    expect(sentences()).toEqual([...all, 'mika quoted you in “Roses”'])
    const arrived = notification({ id: 30, kind: 'liked', actor: 'aiko', title: 'Tulips', topic: 70, createdAt: now })
    push(both({ items: [arrived, ...(metaAccount().items ?? [])] }))
    await user.selectOptions(screen.getByLabelText('Kind'), 'likes')
    expect(sentences()).toEqual(['aiko liked your post in “Tulips”', 'tomas liked your post in “Release notes”'])
  })

  describe('shows the likes of one topic as one row', () => {
    const like = (id: number, actor: string) =>
      notification({ id, kind: 'liked', actor, createdAt: now - (40 - id) * minute })
    const likes = [like(33, 'aiko'), like(32, 'ben'), like(31, 'cleo')]
    const liked = (items = likes) => snapshot({ accounts: [account({ items, counts: counts({ notifications: 3 }) })] })
    const read = likes.map(({ id }) => ['notification.read', { account: 'account-1', notification: id }])

    it('which says how many more there are, and is marked as a whole', async () => {
      const { user, host } = await showInbox(liked())
      expect(sentences()).toEqual(['aiko liked your post in “Release notes”'])
      list().getByText('+2')
      await user.click(list().getByRole('button', { name: /^Mark as read/ }))
      expect(host.sent).toEqual(read)
    })

    it('which is opened and marked by keyboard as a whole', async () => {
      const { user, host, push } = await showInbox(liked())
      await user.click(list().getByRole('link'))
      expect(host.sent).toEqual([['account.opened', { account: 'account-1' }], ...read])
      push(liked([like(33, 'aiko'), { ...like(32, 'ben'), read: true }, like(31, 'cleo')]))
      act(() => list().getByRole('link').focus())
      await user.keyboard('m')
      expect(host.sent.slice(4)).toEqual([read[0], read[2]])
    })

    it('of which each is found and counted', async () => {
      const { user } = await showInbox(liked())
      await user.type(screen.getByRole('searchbox'), 'cleo')
      expect(sentences()).toEqual(['cleo liked your post in “Release notes”'])
      await user.clear(screen.getByRole('searchbox'))
      await user.selectOptions(screen.getByLabelText('Kind'), 'likes')
      screen.getByText('3 notifications shown')
    })

    it('which does not change under the pointer when another comes', async () => {
      const { push } = await showInbox(liked())
      const ul = screen.getByRole('list', { name: 'Notifications' })
      fireEvent.pointerOver(ul, { pointerType: 'mouse' })
      fireEvent.pointerEnter(ul, { pointerType: 'mouse' })
      push(liked([like(34, 'dan'), ...likes]))
      expect(sentences()).toEqual(['aiko liked your post in “Release notes”'])
      list().getByText('+2')
      act(() => screen.getByRole('button', { name: '1 new' }).click())
      expect(sentences()).toEqual(['dan liked your post in “Release notes”'])
      list().getByText('+3')
    })

    it('and marks all that it shows at once', async () => {
      const { user, host } = await showInbox(liked())
      host.answer('marking.begin', () => ok({ marking: 'marking-1' }))
      await user.selectOptions(screen.getByLabelText('Kind'), 'likes')
      await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
      expect(host.sent).toEqual([
        ['marking.begin', { accounts: [{ account: 'account-1', notifications: [33, 32, 31] }] }],
      ])
      await user.click(await screen.findByRole('button', { name: 'Undo' }))
      expect(host.sent.at(-1)).toEqual(['marking.undo', { marking: 'marking-1' }])
    })
  })

  it('says what is new in the same words and numbers as the overview', async () => {
    const three = [metaAccount({ counts: counts({ notifications: 2, chat: 1 }) }), rustAccount()]
    const { user } = renderApp(snapshot({ accounts: three }))
    const line = screen.getByText('3 new on 1 forum')
    await user.click(screen.getByRole('button', { name: 'All' }))
    const heading = await screen.findByRole('heading', { level: 1, name: 'All notifications' })
    expect(heading.nextElementSibling?.textContent).toBe(line.textContent)
  })

  it('lists the notifications of all accounts by day, with forum, excerpt and age', async () => {
    await showInbox(both())
    expect(sentences()).toEqual(all)
    expect(
      list()
        .getAllByRole('heading')
        .map(({ textContent }) => textContent),
    ).toEqual(['Today', 'Yesterday'])
    const [first] = list().getAllByRole('listitem')
    if (first === undefined) throw new Error('no row')
    expect([first.getAttribute('aria-posinset'), first.getAttribute('aria-setsize')]).toEqual(['1', '4'])
    within(first).getByText('Meta')
    within(first).getByText('It is out')
    within(first).getByText('10 min. ago')
  })

  it('tells accounts on one forum apart by their usernames', async () => {
    const mallory = metaAccount({ id: 'account-2', username: 'mallory' })
    await showInbox(snapshot({ accounts: [metaAccount(), mallory, rustAccount({ id: 'account-3' })] }))
    expect(list().getAllByText('Meta · mallory')).toHaveLength(3)
    expect(list().getAllByText('Rust Users')).toHaveLength(1)
  })

  it('opens what a notification is about in a new tab, and marks it as read', async () => {
    const { user, host } = await showInbox(both())
    const link = list().getByRole('link', { name: /mentioned you/ })
    expect(link.getAttribute('href')).toBe('https://meta.example/t/7/2')
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer'])
    await user.click(link)
    expect(host.sent).toEqual([
      ['account.opened', { account: 'account-1' }],
      ['notification.read', { account: 'account-1', notification: 3 }],
    ])
  })

  it('renders only the rows in view, however many there are', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => notification({ id: 1000 - index, createdAt: now - index }))
    const { user } = await showInbox(snapshot({ accounts: [account({ items })] }))
    expect(list().getAllByRole('listitem').length).toBeLessThan(40)
    expect(list().getAllByRole('listitem')[0]?.getAttribute('aria-setsize')).toBe('1000')
    await user.keyboard('j{End}')
    expect(document.activeElement?.closest('li')?.getAttribute('aria-posinset')).toBe('1000')
  })

  it('goes back to where it was opened', async () => {
    const { user } = await showInbox(both())
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'All' }))
  })
})

describe('the keyboard in the inbox', () => {
  it('moves from row to row, and only one row is a tab stop', async () => {
    const { user } = await showInbox(both())
    await user.keyboard('j')
    expect(focused()).toBe(all[0])
    await user.keyboard('jj{ArrowUp}')
    expect(focused()).toBe(all[1])
    await user.keyboard('kkk')
    expect(focused()).toBe(all[0])
    await user.keyboard('{End}')
    expect(focused()).toBe(all[3])
    expect(
      list()
        .getAllByRole('link')
        .filter(({ tabIndex }) => tabIndex === 0),
    ).toHaveLength(1)
  })

  it('marks the row it is at as read, and does nothing at one that is', async () => {
    const { user, host } = await showInbox(both())
    await user.keyboard('m')
    expect(host.sent).toEqual([])
    await user.keyboard('jjm{End}m')
    expect(host.sent).toEqual([['notification.read', { account: 'account-2', notification: 9 }]])
  })

  it('stays in its place when the row it is at goes', async () => {
    const { user, push } = await showInbox(both())
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Unread only')
    screen.getByRole('combobox', { name: 'Show' }).blur()
    await user.keyboard('jjm')
    push(snapshot({ accounts: [metaAccount(), rustAccount({ items: [] })] }))
    expect(sentences()).toEqual([all[0], all[2]])
    expect(focused()).toBe(all[2])
  })

  it('stays on its row when something arrives above, and when a row moves', async () => {
    const { user, push } = await showInbox(both())
    await user.keyboard('jj')
    const arrived = notification({ id: 8, kind: 'quoted', createdAt: now })
    push(snapshot({ accounts: [metaAccount({ items: [arrived] }), rustAccount()] }))
    expect(focused()).toBe(all[1])
    push(snapshot({ accounts: [metaAccount({ items: [arrived] }), rustAccount({ items: [] })] }))
    expect(focused()).toBe('mika quoted you in “Release notes”')
  })

  it('searches with /, and comes back with Esc or to what was found with Enter', async () => {
    const { user } = await showInbox(both())
    await user.keyboard('/crab')
    expect(sentences()).toEqual([all[1]])
    screen.getByText('1 notification shown')
    await user.keyboard('{Enter}')
    expect(focused()).toBe(all[1])
    await user.keyboard('/{Escape}')
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('')
    expect(sentences()).toEqual(all)
    expect(focused()).toBe(all[1])
  })

  it('types letters into the search, and leaves those with Ctrl to the browser', async () => {
    const { user, host } = await showInbox(both())
    await user.keyboard('/jm')
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('jm')
    await user.keyboard('{Escape}{Control>}m{/Control}')
    expect(host.sent).toEqual([])
  })
})

describe('what is shown of the inbox', () => {
  it('is chosen by forum, kind and order', async () => {
    const { user } = await showInbox(both())
    const choose = (label: string, option: string) =>
      user.selectOptions(screen.getByRole('combobox', { name: label }), option)
    await choose('Forum', 'Meta')
    expect(sentences()).toEqual([all[0], all[2], all[3]])
    await choose('Kind', 'Likes')
    expect(sentences()).toEqual([all[2]])
    await choose('Forum', 'Rust Users')
    screen.getByText('Nothing found', { ignore: '[role=status]' })
    await user.click(screen.getByRole('button', { name: 'Show everything' }))
    expect(sentences()).toEqual(all)
    await choose('Show', 'Unread first')
    expect(
      list()
        .getAllByRole('heading')
        .map(({ textContent }) => textContent),
    ).toEqual(['Unread', 'Yesterday'])
  })

  it('keeps kind and order for the next time, but neither forum nor search', async () => {
    const { user } = await showInbox(both())
    await user.selectOptions(screen.getByLabelText('Kind'), 'Likes')
    await user.selectOptions(screen.getByLabelText('Show'), 'Unread first')
    await user.selectOptions(screen.getByLabelText('Forum'), 'Rust Users')
    await user.type(screen.getByRole('searchbox'), 'crab')
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    await user.click(screen.getByRole('button', { name: 'All' }))
    expect(window.location.hash).toBe('#/inbox?kind=likes&show=unreadFirst')
    expect(sentences()).toEqual([all[2]])
  })

  it('is everything again when the account it was about is gone', async () => {
    const { user, push } = await showInbox(both())
    await user.selectOptions(screen.getByRole('combobox', { name: 'Forum' }), 'Rust Users')
    push(snapshot({ accounts: [metaAccount()] }))
    expect(sentences()).toHaveLength(3)
    expect(screen.queryByRole('combobox', { name: 'Forum' })).toBeNull()
  })

  it.each([
    [null, 'Not loaded yet'],
    [[], 'No notifications yet'],
  ])('is said in words when there is nothing: %o', async (items, words) => {
    await showInbox(snapshot({ accounts: [account({ items })] }))
    screen.getByText(words)
    expect(screen.queryByRole('list', { name: 'Notifications' })).toBeNull()
  })

  it('is nothing when all is read and only the unread is asked for', async () => {
    const { user } = await showInbox(snapshot({ accounts: [account({ items: [notification({ read: true })] })] }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Unread only')
    screen.getByText('Nothing unread', { selector: 'main *' })
    expect(screen.queryByRole('button', { name: 'Mark all as read' })).toBeNull()
  })

  it('is the last known data with its age when a forum cannot be reached', async () => {
    const failure = fail('timed_out', { host: 'meta.example', seconds: 10 }).failure
    const offline = { state: { kind: 'offline', since: now, failure }, checkedAt: now - 2 * hour } as const
    const { push } = await showInbox(both(offline))
    screen.getByText(/^Meta, as of 2 hr. ago: No answer \(timed out after 10 s\)\./)
    expect(sentences()).toEqual(all)
    push(snapshot({ accounts: [metaAccount(offline), rustAccount(offline)] }))
    screen.getByText('2 not reachable')
  })
})

describe('older notifications', () => {
  it('are loaded on a press, of the accounts that have some, with the reason when that fails', async () => {
    const { user, host, push } = await showInbox(both({ hasOlder: true }))
    host.answer('account.loadOlder', () => fail('timed_out', { host: 'meta.example', seconds: 10 }))
    const button = () => screen.getByRole('button', { name: 'Load older notifications' })
    await user.click(button())
    expect(host.sent).toEqual([['account.loadOlder', { account: 'account-1' }]])
    screen.getByRole('alert')
    push(both())
    expect(screen.queryByRole('button', { name: 'Load older notifications' })).toBeNull()
  })
})

describe('marking as read', () => {
  it('is requested once, and shows that it is in progress', async () => {
    const { user, host } = await showInbox(both())
    const done = deferred<Result<null>>()
    host.answer('notification.read', () => done.promise)
    const button = () => list().getByRole('button', { name: 'Mark as read: mika sent you a message: “Crabs”' })
    await user.click(button())
    await user.click(button())
    expect(host.sent).toEqual([['notification.read', { account: 'account-2', notification: 9 }]])
    expect(button().getAttribute('aria-busy')).toBe('true')
    expect(list().getAllByRole('button', { busy: true })).toHaveLength(1)
    await act(async () => done.resolve(ok(null)))
    expect(list().queryAllByRole('button', { busy: true })).toEqual([])
  })

  it('is a click on the dot, and a refusal by the forum is shown in place', async () => {
    const { user, host } = await showInbox(both())
    host.answer('notification.read', () => fail('read_only', { host: 'meta.example' }))
    await user.click(screen.getByRole('button', { name: `Mark as read: ${all[0]}` }))
    expect(host.sent).toEqual([['notification.read', { account: 'account-1', notification: 3 }]])
    expect(within(screen.getByRole('region', { name: 'Filters' })).getByRole('alert').textContent).toContain(
      'read-only mode',
    )
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  const begun = (marking: string) => () => ok({ marking })
  const undo = () => screen.queryByRole('button', { name: 'Undo' })

  it('of everything happens at once, is announced, and can be undone', async () => {
    const { user, host } = await showInbox(
      snapshot({ accounts: [metaAccount({ counts: counts({ notifications: 2 }) })] }),
    )
    host.answer('marking.begin', begun('marking-1'))
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    expect(host.sent).toEqual([['marking.begin', { accounts: [{ account: 'account-1' }] }]])
    expect((await screen.findByText('2 marked as read · Meta')).closest('[role=status]')).not.toBeNull()
    // The button may be gone with the last unread row, so the keyboard goes on in the view.
    expect(document.activeElement).toBe(screen.getByRole('main'))
    await user.keyboard('{Control>}z{/Control}')
    expect(host.sent.at(-1)).toEqual(['marking.undo', { marking: 'marking-1' }])
    screen.getByText('Undone.')
  })

  it('of what a filter leaves marks only that, and says how much it is', async () => {
    const { user, host } = await showInbox(both())
    host.answer('marking.begin', begun('marking-1'))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Likes')
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    expect(host.sent).toEqual([['marking.begin', { accounts: [{ account: 'account-1', notifications: [2] }] }]])
    await screen.findByText('1 marked as read · Meta')
  })

  const failure = { code: 'offline' } as const
  const dead = account({
    id: 'account-3',
    state: { kind: 'offline', since: now, failure },
    items: [notification({ id: 50 })],
  })
  const refused = account({
    id: 'account-4',
    state: { kind: 'needsSignIn', failure },
    counts: counts({ notifications: 1 }),
    items: [notification({ id: 51, kind: 'liked' })],
  })

  it('of several accounts is one step, and says which stay unread because their forum cannot be asked', async () => {
    const read = account({ id: 'account-5', state: { kind: 'offline', since: now, failure }, items: [] })
    const { user, host } = await showInbox(snapshot({ accounts: [...both().accounts, dead, refused, read] }))
    host.answer('marking.begin', begun('marking-1'))
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    expect(host.sent).toEqual([['marking.begin', { accounts: [{ account: 'account-1' }, { account: 'account-2' }] }]])
    await screen.findByText('3 marked as read · 2 forums · still unread: 1 needs you, 1 not reachable')
  })

  it('of what a filter leaves says it too', async () => {
    const { user, host } = await showInbox(snapshot({ accounts: [...both().accounts, dead, refused] }))
    host.answer('marking.begin', begun('marking-1'))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Likes')
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    expect(host.sent).toEqual([['marking.begin', { accounts: [{ account: 'account-1', notifications: [2] }] }]])
    await screen.findByText(/^1 marked as read · Meta.* · still unread: 1 needs you$/)
  })

  it('asks even forums in trouble if there are no others, so that the user learns why', async () => {
    const { user, host } = await showInbox(snapshot({ accounts: [dead, refused] }))
    host.answer('marking.begin', () => fail('key_missing', { host: 'meta.example' }))
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    expect(host.sent).toEqual([['marking.begin', { accounts: [{ account: 'account-3' }, { account: 'account-4' }] }]])
    await screen.findByRole('alert')
  })

  it('is sent when the offer ends, another takes its place, or the page is left', async () => {
    const { user, host, elapse } = await showInbox(both())
    const mark = async (marking: string) => {
      host.answer('marking.begin', begun(marking))
      await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
      await screen.findByRole('button', { name: 'Undo' })
    }
    const sent = () => host.sent.flatMap(([name, input]) => (name === 'marking.send' ? [input] : []))
    await mark('first')
    await mark('second')
    expect(sent()).toEqual([{ marking: 'first' }])
    elapse(7000)
    expect(undo()).not.toBeNull()
    elapse(2000)
    expect(undo()).toBeNull()
    await mark('third')
    act(() => void window.dispatchEvent(new Event('pagehide')))
    expect(sent()).toEqual([{ marking: 'first' }, { marking: 'second' }, { marking: 'third' }])
    expect(undo()).toBeNull()
  })

  it('waits as long as the pointer or the keyboard is at the offer', async () => {
    const { user, host, elapse } = await showInbox(both())
    host.answer('marking.begin', begun('marking-1'))
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    await user.hover(await screen.findByRole('button', { name: 'Undo' }))
    const kept = () => host.sent.filter(([name]) => name === 'marking.keep').length
    expect(kept()).toBe(1)
    elapse(20_000)
    expect(kept()).toBeGreaterThan(1)
    expect(undo()).not.toBeNull()
  })

  it('that the vault refuses says so in place', async () => {
    const { user, host } = await showInbox(both())
    host.answer('marking.begin', () => fail('keychain_locked'))
    await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
    await screen.findByRole('alert')
    expect(undo()).toBeNull()
  })
})

describe('in a wide window', () => {
  const showWide = (first: Snapshot, width = 1000) => renderApp(first, undefined, false, width)
  const tab = (name: RegExp) => screen.getByRole('tab', { name })
  const read = () => within(screen.getByRole('complementary', { name: 'Selected notification' }))

  const tabs = () => screen.getAllByRole('tab').map(({ textContent }) => textContent)

  it('the kinds are tabs with how many are new, and arrow keys choose among them', async () => {
    const snoozed = [{ notification: 2, until: now + hour }]
    const accounts = [
      metaAccount({ snoozed, counts: counts({ notifications: 1 }) }),
      rustAccount({ counts: counts({ messages: 1 }) }),
    ]
    const { user } = showWide(snapshot({ accounts }))
    expect(tabs()).toEqual(['All kinds2', 'Mentions1', 'Replies', 'Messages1', 'Likes', 'Other'])
    await user.click(tab(/Messages/))
    expect(sentences()).toEqual([all[1]])
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(tab(/Likes/))
    expect(sentences()).toEqual([all[2]])
    await user.keyboard('{Home}')
    expect(sentences()).toEqual(all)
  })

  it('the numbers of the tabs are those of the header, also when a forum died before it counted its last rows', () => {
    const died = { state: { kind: 'offline', since: now, failure: { code: 'offline' } } } as const
    // Three unread rows, of which the forum has counted one; and a chat, which no list contains.
    showWide(both({ ...died, counts: counts({ notifications: 1, chat: 1 }) }))
    expect(document.querySelector('header')?.textContent).toContain('2 new on 1 forum')
    expect(tabs()).toEqual(['All kinds2', 'Mentions1', 'Replies', 'Messages', 'Likes', 'Other'])
  })

  it('the tabs leave out what the badge does', () => {
    const first = both({ counts: counts({ notifications: 1, messages: 1 }) })
    const { preferences } = first
    const { push } = showWide({
      ...first,
      preferences: { ...preferences, badge: { ...preferences.badge, counts: [] } },
    })
    expect(tabs()).toEqual(['All kinds', 'Mentions', 'Replies', 'Messages', 'Likes', 'Other'])
    const left = { level: 'everything', kinds: {}, mutedTopics: [], rules: [], sound: true, inBadge: false } as const
    push({ ...first, preferences: { ...preferences, accounts: { 'account-1': left, 'account-2': left } } })
    expect(tabs()).toEqual(['All kinds', 'Mentions', 'Replies', 'Messages', 'Likes', 'Other'])
  })

  it('the reading pane shows all likes of one topic, and marks them', async () => {
    const like = (id: number, actor: string) =>
      notification({ id, kind: 'liked', actor, createdAt: now - 50 * minute + id })
    const { user, host } = showWide(
      snapshot({ accounts: [account({ items: [like(2, 'aiko'), like(1, 'ben')] })] }),
      1200,
    )
    await read().findByText('aiko')
    read().getByText('ben')
    await user.click(read().getByRole('button', { name: 'Mark as read' }))
    expect(host.sent).toEqual([2, 1].map((id) => ['notification.read', { account: 'account-1', notification: id }]))
  })

  it('a forum that is pressed, or its number with Ctrl, shows its own notifications, and all forums those of all', async () => {
    const { user } = showWide(both())
    await user.click(screen.getByRole('link', { name: 'Show the notifications of eve on Rust Users' }))
    expect(sentences()).toEqual([all[1]])
    expect(window.location.hash).toBe('#/inbox?forum=account-2')
    await user.keyboard('{Control>}1{/Control}')
    expect(sentences()).toEqual([all[0], all[2], all[3]])
    await user.click(screen.getByRole('link', { name: /^All forums/ }))
    expect(sentences()).toEqual(all)
  })

  it('what is wrong with a forum is above the list, with the remedy', () => {
    const { failure } = fail('access_refused', { host: 'meta.example' })
    showWide(both({ state: { kind: 'needsSignIn', failure } }))
    const trouble = within(screen.getByRole('list', { name: '1 needs you' }))
    trouble.getByRole('button', { name: 'Sign in to Meta as eve' })
  })

  it('shows what is snoozed as a separate choice, and brings it back', async () => {
    const { user, host } = await showInbox(both({ snoozed: [{ notification: 3, until: now + 20 * hour }] }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Snoozed')
    expect(sentences()).toEqual([all[0]])
    list().getByText(/^Snoozed until/)
    await user.click(list().getByRole('button', { name: 'Bring back now' }))
    expect(host.sent).toEqual([['notification.unsnooze', { account: 'account-1', notification: 3 }]])
    // It is no unread one meanwhile.
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Unread only')
    expect(sentences()).toEqual([all[1], all[2]])
  })

  it('says so when nothing is snoozed', async () => {
    const { user } = await showInbox(both())
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Snoozed')
    screen.getByText('Nothing snoozed')
  })

  it('keeps kind and order for another tab, but not what is snoozed or the search words', async () => {
    const first = await showInbox(both())
    await first.user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Unread only')
    await first.user.type(screen.getByRole('searchbox'), 'crabs')
    await first.user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Snoozed')
    cleanup()
    await showInbox(both())
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Show' }).value).toBe('unreadOnly')
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('')
    expect(sentences()).toEqual([all[0], all[1], all[2]])
  })

  it('shows only the name of who did it in bold in unread rows, not the whole sentence', async () => {
    await showInbox(both())
    const [first] = list().getAllByRole('link')
    expect(first?.querySelector('b')?.textContent).toBe('mika')
  })

  it('with room for it, one click selects a notification to read it beside the list, and two open it', async () => {
    const { user, host } = showWide(both(), 1200)
    read().getByText('It is out')
    const crabs = list().getByRole('link', { name: /Crabs/ })
    await user.click(crabs)
    expect(crabs.getAttribute('aria-current')).toBe('true')
    read().getByRole('heading', { name: 'Crabs' })
    expect(host.sent).toEqual([])
    await user.dblClick(crabs)
    expect(host.sent).toEqual([
      ['account.opened', { account: 'account-2' }],
      ['notification.read', { account: 'account-2', notification: 9 }],
    ])
    await user.keyboard('{ArrowDown}')
    expect(read().getByRole('article').textContent).toContain('tomas liked your post')
    await user.click(read().getByRole('button', { name: 'Mark as read' }))
    expect(host.sent.at(-1)).toEqual(['notification.read', { account: 'account-1', notification: 2 }])
  })
})
