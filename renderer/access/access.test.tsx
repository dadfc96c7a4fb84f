// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, now, rust, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { pressEscape, renderApp } from '../testing/render-app.tsx'

const showAccess = async (first: Snapshot) => {
  const app = renderApp(first)
  await app.user.click(screen.getByRole('button', { name: 'Access' }))
  return app
}

const dialog = () => within(screen.getByRole('dialog'))

const two = snapshot({ accounts: [account(), account({ id: 'account-2', site: rust })] })
const withRust = (state: AccountView['state']) =>
  snapshot({ accounts: [account(), account({ id: 'account-2', site: rust, state })] })

describe('the access view', () => {
  const cells = (row: HTMLElement) => [
    within(row).getByRole('button', { expanded: false }).textContent?.slice(1),
    ...within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ]

  it('is a table with a row for each account', async () => {
    const limited = account({ id: 'account-2', site: rust, expiresAt: Date.UTC(2027, 0, 2, 12), lastUsedAt: null })
    await showAccess(snapshot({ accounts: [account(), limited] }))
    const table = within(screen.getByRole('table', { name: 'What these forums let this computer do' }))
    const heads = table.getAllByRole('columnheader').map(({ textContent }) => textContent)
    expect(heads).toEqual(['Forum', 'Approved', 'Last used', 'Expires', 'Revoke'])
    const [, first, second] = table.getAllByRole('row')
    if (first === undefined || second === undefined) throw new Error('no rows')
    expect(cells(first)).toEqual([
      'Meta eve',
      'Approved Oct 1, 2026',
      'Last used 2 min. ago',
      'Expires When unused',
      'Revoke',
    ])
    expect(cells(second).slice(2, 4)).toEqual(['Last used Not yet', 'Expires Jan 2, 2027'])
    screen.getByText(/ends automatically after about 180 days without use/)
  })

  it('is in reach from all notifications, in a window with room for one view', async () => {
    const { user } = renderApp(two)
    await user.keyboard('gi')
    await screen.findByRole('heading', { level: 1, name: 'All notifications' })
    await user.click(screen.getByRole('button', { name: 'Access' }))
    await screen.findByRole('table', { name: 'What these forums let this computer do' })
  })

  it('expands a row to show what the access is for, in words, and where to see it on the forum', async () => {
    const odd = account({ scopes: ['notifications', 'bookmarks_calendar'] })
    const { user } = await showAccess(snapshot({ accounts: [odd] }))
    const opener = screen.getByRole('button', { name: 'Meta eve' })
    expect(opener.getAttribute('aria-expanded')).toBe('false')
    expect(screen.queryByRole('term')).toBeNull()
    await user.click(opener)
    expect(opener.getAttribute('aria-expanded')).toBe('true')
    const facts = screen.getAllByRole('definition').map(({ textContent }) => textContent)
    expect(facts).toEqual(['meta.example', 'Read and clear notificationsbookmarks_calendar', '4'])
    expect(screen.getByRole('link', { name: 'View on the forum Meta' }).getAttribute('href')).toBe(
      'https://meta.example/u/eve/preferences/apps',
    )
    await user.click(opener)
    expect(screen.queryByRole('term')).toBeNull()
  })

  it('goes back to where it was opened', async () => {
    const { user } = await showAccess(snapshot())
    screen.getByText('No forum has given this computer access.')
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Access' }))
  })
})

describe('revoking', () => {
  const revoke = 'Revoke access to Rust Users as eve'
  it('first names the forum and what happens, with the harmless answer focused', async () => {
    const { user, host } = await showAccess(two)
    await user.click(screen.getByRole('button', { name: revoke }))
    screen.getByRole('dialog', { name: 'Revoke access to Rust Users?' })
    dialog().getByText(/Rust Users will refuse this computer’s key for eve from now on/)
    expect(document.activeElement).toBe(dialog().getByRole('button', { name: 'Cancel' }))
    await user.click(dialog().getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(host.sent).toEqual([])
  })

  it('does nothing when the question is closed with Esc', async () => {
    const { user, host } = await showAccess(two)
    await user.click(screen.getByRole('button', { name: revoke }))
    pressEscape(screen.getByRole('dialog'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(host.sent).toEqual([])
  })

  it('waits for the forum, then the account goes with the next snapshot', async () => {
    const { user, host, push } = await showAccess(two)
    const done = deferred<Result<null>>()
    host.answer('account.revoke', () => done.promise)
    await user.click(screen.getByRole('button', { name: revoke }))
    await user.click(dialog().getByRole('button', { name: 'Revoke access' }))
    dialog().getByText('Revoking access to Rust Users')
    await user.click(dialog().getByRole('button', { name: 'Revoke access' }))
    expect(host.sent).toEqual([['account.revoke', { account: 'account-2' }]])
    done.resolve(ok(null))
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    push(snapshot({ accounts: [account()] }))
    expect(screen.queryByRole('button', { name: revoke })).toBeNull()
    const announced = 'Rust Users no longer accepts this computer’s key for eve.'
    expect(screen.getByText(announced).closest('[role=status]')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    await user.click(screen.getByRole('button', { name: 'Access' }))
    expect(screen.queryByText(announced)).toBeNull()
  })

  it('says in place why it failed, and can be tried again', async () => {
    const { user, host, push } = await showAccess(two)
    const failure = { code: 'connection_refused', params: { host: 'rust.example' } } as const
    host.answer('account.revoke', () => fail(failure.code, failure.params))
    await user.click(screen.getByRole('button', { name: revoke }))
    await user.click(dialog().getByRole('button', { name: 'Revoke access' }))
    push(withRust({ kind: 'revoking', failure }))
    // The cause alone: there is no address here to be checked, and nothing to be done.
    expect(dialog().getByRole('alert').textContent).toBe('The connection was refused.')
    dialog().getByText(/the forum is asked again automatically/)
    host.answer('account.revoke', () => ok(null))
    await user.click(dialog().getByRole('button', { name: 'Revoke access' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it.each([
    ['which was never asked for', fail('not_running').failure, { kind: 'fresh' }, 'is not running'],
    [
      'without the key',
      fail('revoke_without_key', { host: 'rust.example' }).failure,
      { kind: 'revoking', failure: fail('revoke_without_key', { host: 'rust.example' }).failure },
      'Revoke the access on the forum',
    ],
  ] as const)('does not claim to retry a revocation %s', async (_, failure, state, words) => {
    const { user, host, push } = await showAccess(two)
    host.answer('account.revoke', () => ({ ok: false, failure }))
    await user.click(screen.getByRole('button', { name: revoke }))
    await user.click(dialog().getByRole('button', { name: 'Revoke access' }))
    push(withRust(state))
    expect(dialog().getByRole('alert').textContent).toContain(words)
    expect(dialog().queryByText(/asked again automatically/)).toBeNull()
  })

  it('shows that it is in progress instead of offering it again', async () => {
    await showAccess(snapshot({ accounts: [account({ state: { kind: 'revoking', failure: null }, checkedAt: now })] }))
    screen.getByText('Revoking access to Meta')
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull()
  })

  it.each([
    ['offline', 'No connection to the forum.'],
    ['connection_refused', 'The connection was refused.'],
    ['dns_failed', 'The server’s name was not found.'],
    ['site_unavailable', 'The forum has a problem (error 502).'],
  ] as const)(
    'of a forum that is down (%s) says the cause and that it goes on, and gives no advice about the address',
    async (code, cause) => {
      const params = { host: 'meta.example', status: 502 }
      await showAccess(snapshot({ accounts: [account({ state: { kind: 'revoking', failure: { code, params } } })] }))
      const said = `Not revoked yet. ${cause} Trying again automatically.`
      const note = screen.getByText(said)
      expect(note.getAttribute('role')).toBe('status')
      expect(note.closest('tr, li, div')?.textContent).not.toMatch(/[Cc]heck the address|port/)
      screen.getByRole('button', { name: 'Try again' })
    },
  )

  it('that the forum could not do yet says why, is retried automatically, and can be ended here', async () => {
    const state = { kind: 'revoking', failure: { code: 'read_only', params: { host: 'meta.example' } } } as const
    const { user, host } = await showAccess(snapshot({ accounts: [account({ state })] }))
    screen.getByText(/Not revoked yet\. The forum is in read-only mode\. Trying again automatically\./)
    host.answer('account.revoke', () => fail('read_only', { host: 'meta.example' }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.queryByRole('alert')).toBeNull()
    host.answer('account.revoke', () => fail('not_running'))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.getByRole('alert').textContent).toContain('is not running')
    host.answer('account.forget', () => ok(null))
    await user.click(screen.getByRole('button', { name: 'Remove from this computer only: Meta as eve' }))
    expect(dialog().getByText(/Revoke the access on the forum/).textContent).toContain('Preferences, Apps')
    await user.click(dialog().getByRole('button', { name: 'Remove from this computer only' }))
    expect(host.sent.map(([name]) => name)).toEqual(['account.revoke', 'account.revoke', 'account.forget'])
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('a revocation that only the user can finish', () => {
  const pendingWith = async (failure: Failure) =>
    await showAccess(snapshot({ accounts: [account({ state: { kind: 'revoking', failure } })] }))

  it('says what to do, and does not claim to retry automatically', async () => {
    await pendingWith({ code: 'revoke_without_key', params: { host: 'meta.example' } })
    const text = screen.getByText(/The key for meta\.example is not on this computer/).textContent
    expect(text).not.toContain('by itself')
  })

  it('follows the forum to where it moved, in one press', async () => {
    const { user, host } = await pendingWith({
      code: 'site_moved',
      params: { host: 'meta.example', target: 'new.example' },
    })
    host.answer('account.move', () => fail('move_refused', { host: 'new.example', username: 'eve' }))
    await user.click(screen.getByRole('button', { name: 'Move to new.example: eve of Meta' }))
    expect(host.sent).toEqual([['account.move', { account: 'account-1', host: 'new.example' }]])
    expect(screen.getByRole('alert').textContent).toContain('new.example does not accept the key of eve')
  })
})

describe('revoking everything', () => {
  it('names every forum, asks each, and leaves what failed on the page', async () => {
    const { user, host } = await showAccess(two)
    await user.click(screen.getByRole('button', { name: 'Revoke everything' }))
    expect(
      dialog()
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringContaining('Meta'), expect.stringContaining('Rust')])
    host.answer('account.revoke', () => fail('read_only', { host: 'rust.example' }))
    await user.click(dialog().getByRole('button', { name: 'Revoke everything' }))
    expect(host.sent.map(([name]) => name)).toEqual(['account.revoke', 'account.revoke'])
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByText(/no longer accepts/)).toBeNull()
  })

  it('names those that have been revoked', async () => {
    const { user, host } = await showAccess(two)
    await user.click(screen.getByRole('button', { name: 'Revoke everything' }))
    host.answer('account.revoke', (input) =>
      input.account === 'account-2' ? ok(null) : fail('read_only', { host: 'meta.example' }),
    )
    await user.click(dialog().getByRole('button', { name: 'Revoke everything' }))
    expect(screen.getAllByText(/no longer accepts/).map(({ textContent }) => textContent)).toEqual([
      'Rust Users no longer accepts this computer’s key for eve.',
    ])
  })

  it('tells two accounts of one forum apart', async () => {
    const both = [account(), account({ id: 'account-2', username: 'mallory' })]
    const { user } = await showAccess(snapshot({ accounts: both }))
    await user.click(screen.getByRole('button', { name: 'Revoke everything' }))
    await user.click(dialog().getByRole('button', { name: 'Revoke everything' }))
    expect(screen.getAllByText(/no longer accepts/).map(({ textContent }) => textContent)).toEqual([
      'Meta no longer accepts this computer’s key for eve.',
      'Meta no longer accepts this computer’s key for mallory.',
    ])
  })

  it('stays open with the reason when nothing was requested, since the page behind it has none', async () => {
    const { user, host } = await showAccess(two)
    await user.click(screen.getByRole('button', { name: 'Revoke everything' }))
    host.answer('account.revoke', () => fail('not_running'))
    await user.click(dialog().getByRole('button', { name: 'Revoke everything' }))
    expect(dialog().getByRole('alert').textContent).toContain('is not running')
  })

  it('is not offered for a single account', async () => {
    await showAccess(snapshot({ accounts: [account()] }))
    expect(screen.queryByRole('button', { name: 'Revoke everything' })).toBeNull()
  })
})

describe('the key pair', () => {
  const made = { createdAt: Date.UTC(2026, 10, 23, 11) }

  it('is shown with its age and purpose, and can be replaced', async () => {
    const { user, host } = await showAccess(snapshot({ keypair: made }))
    screen.getByText(/This computer’s key pair: created Nov 23, 2026/)
    screen.getByText(/Creating a new one does not affect your accounts/)
    await user.click(screen.getByRole('button', { name: 'Create a new one' }))
    expect(host.sent).toEqual([['keypair.rotate', {}]])
    screen.getByText('A new key pair was created.')
  })

  it('stays while sign-ins are pending, and says what to do', async () => {
    const { user, host } = await showAccess(snapshot({ keypair: { createdAt: null } }))
    screen.getByText(/created some time ago/)
    host.answer('keypair.rotate', () => fail('sign_ins_waiting', { count: 2 }))
    await user.click(screen.getByRole('button', { name: 'Create a new one' }))
    expect(screen.getByRole('alert').textContent).toContain('Finish or cancel them first; nothing was changed.')
    expect(screen.queryByText('A new key pair was created.')).toBeNull()
  })

  it('is not mentioned before there is one', async () => {
    await showAccess(snapshot())
    expect(screen.queryByText(/key pair/)).toBeNull()
  })
})

describe('opening a forum logged in', () => {
  it('is a link of our own where it is possible', async () => {
    const { links } = account()
    const signedIn = '/open-signed-in/cafe'
    const accounts = [account({ links: { ...links, signedIn } }), account({ id: 'account-2', username: 'mallory' })]
    const { user } = await showAccess(snapshot({ accounts }))
    for (const name of ['Meta eve', 'Meta mallory']) await user.click(screen.getByRole('button', { name }))
    const [link, ...others] = screen.getAllByRole('link', { name: /^Open logged in/ })
    expect(others).toEqual([])
    expect(link?.getAttribute('aria-label')).toBe('Open logged in: Meta as eve')
    expect(link?.getAttribute('href')).toBe(signedIn)
  })
})
