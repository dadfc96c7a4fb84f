// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import type { AccountState, Snapshot } from '../../common/contract/snapshot.ts'
import { account, attempt, counts, minute, now, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp as renderAt } from '../testing/render-app.tsx'

/** The list of forums stands beside the inbox, in a wide window. */
const renderApp = (first: Snapshot) => renderAt(first, undefined, false, 1000)

const row = (name: RegExp) => {
  const item = screen.getByRole('link', { name }).closest('li')
  if (item === null) throw new Error('the link stands in no row')
  return item
}

describe('the overview', () => {
  it('says in one line how much is new, and on how many forums', () => {
    const other = account({ id: 'account-2', site: rust, counts: counts({ chat: 2 }) })
    renderApp(snapshot({ accounts: [account({ counts: counts({ notifications: 3, messages: 1 }) }), other] }))
    screen.getByText('6 new on 2 forums')
    expect(document.title).toBe('(6) Discourse Notifier')
  })

  it('shows how much is new on a forum, and says the kinds to those who listen', () => {
    renderApp(snapshot({ accounts: [account({ counts: counts({ notifications: 3, messages: 1 }) })] }))
    within(row(/Show the notifications of eve on Meta/)).getByText('4')
    within(row(/Show the notifications of eve on Meta/)).getByText('3 notifications, 1 personal message')
  })

  it('shortens a number that would not fit and keeps the whole one for those who listen', () => {
    renderApp(snapshot({ accounts: [account({ counts: counts({ notifications: 1200 }) })] }))
    within(row(/Show the notifications of eve on Meta/)).getByText('999+')
    within(row(/Show the notifications of eve on Meta/)).getByText('1,200 notifications')
  })

  it('tells apart several accounts on one forum by their user names', () => {
    const both = [account(), account({ id: 'account-2', username: 'mallory' })]
    renderApp(snapshot({ accounts: both }))
    expect(row(/Show the notifications of eve on Meta/).textContent).toContain('eve')
    expect(row(/Show the notifications of mallory on Meta/).textContent).toContain('mallory')
  })

  const failure = fail('timed_out', { host: 'meta.example', seconds: 10 }).failure
  const states: [AccountState, string][] = [
    [{ kind: 'new' }, 'nothing new'],
    [{ kind: 'maintenance', since: now, failure }, 'No answer (timed out after 10 s).'],
    [{ kind: 'fresh' }, 'nothing new'],
    [{ kind: 'stale', since: now, failure }, 'No answer (timed out after 10 s). Trying again automatically.'],
    [{ kind: 'offline', since: now, failure }, 'No answer (timed out after 10 s). Trying again automatically.'],
    [{ kind: 'limited', until: now + 5 * minute }, 'rate limited by the forum until'],
    [{ kind: 'locked' }, 'waiting for the keychain'],
    [{ kind: 'revoking', failure: null }, 'revoking access'],
    [
      { kind: 'needsSignIn', failure: fail('access_refused', { host: 'meta.example' }).failure },
      'Access was revoked or has expired. Sign in again.',
    ],
  ]
  it.each(states)('describes the state %o, also where the line is cut off', (state, sentence) => {
    renderApp(snapshot({ accounts: [account({ state })] }))
    expect(row(/Show the notifications of eve on Meta/).textContent).toContain(sentence)
    expect(screen.getByRole('link', { name: /Show the notifications of eve on Meta/ }).title).toContain(sentence)
  })

  it('gives an account that waits for the keychain the means to ask it again', async () => {
    const { user, host } = renderApp(snapshot({ accounts: [account({ state: { kind: 'locked' } })] }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(host.sent).toEqual([['vault.retry', {}]])
  })

  it('takes an account along to where its forum moved, in one press', async () => {
    const moved = fail('site_moved', { host: 'meta.example', target: 'new.example' }).failure
    const state = { kind: 'stale', since: now, failure: moved } as const
    const { user, host } = renderApp(snapshot({ accounts: [account({ state })] }))
    await user.click(screen.getByRole('button', { name: 'Move to new.example: eve of Meta' }))
    expect(host.sent).toEqual([['account.move', { account: 'account-1', host: 'new.example' }]])
  })

  it('opens the notifications in a new tab that knows nothing of this page', () => {
    renderAt(snapshot({ accounts: [account()] }))
    const link = screen.getByRole('link', { name: 'Open the notifications of eve on Meta' })
    expect(link.getAttribute('href')).toBe('https://meta.example/u/eve/notifications')
    expect(link.getAttribute('target')).toBe('_blank')
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
  })

  it('asks for the counts of an account anew when the user comes back from its page, once', async () => {
    const { user, host } = renderAt(snapshot({ accounts: [account()] }))
    act(() => void window.dispatchEvent(new Event('focus')))
    await user.click(screen.getByRole('link', { name: /eve on Meta/ }))
    expect(host.sent).toEqual([['account.opened', { account: 'account-1' }]])
    await act(async () => void window.dispatchEvent(new Event('focus')))
    await act(async () => void window.dispatchEvent(new Event('focus')))
    expect(host.sent.slice(1)).toEqual([['account.refresh', { account: 'account-1' }]])
  })

  it('refreshes all accounts, and says why that did not work', async () => {
    const { user, host } = renderApp(snapshot({ accounts: [account()] }))
    host.answer('account.refresh', () => fail('internal'))
    await user.click(screen.getByRole('button', { name: 'Check now' }))
    expect(host.sent).toEqual([['account.refresh', {}]])
    expect(screen.getByRole('alert').textContent).toContain('Something went wrong')
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('follows the snapshots as they arrive', () => {
    const { push } = renderApp(snapshot({ accounts: [account()] }))
    const header = within(screen.getByRole('navigation', { name: 'Accounts' }))
    header.getByText('Nothing new')
    push(snapshot({ accounts: [account({ counts: counts({ notifications: 1 }) })] }))
    header.getByText('1 new on 1 forum')
  })
})

describe('sign-ins that wait', () => {
  it('stand above the accounts with the time that is left', () => {
    renderApp(snapshot({ attempts: [attempt()] }))
    const list = within(screen.getByRole('list', { name: 'Pending sign-ins' }))
    list.getByText('waiting for your approval')
    expect(list.getByRole('timer', { name: '9:41 left' }).textContent).toBe('9:41')
  })

  it('can be gone on with in the dialog', async () => {
    const { user } = renderApp(snapshot({ attempts: [attempt()] }))
    await user.click(screen.getByRole('button', { name: 'Continue signing in to Meta' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Add a forum' }))
    expect(dialog.getByRole('link', { name: 'Open the approval page' }).getAttribute('href')).toBe('/open/attempt-1')
    expect(screen.queryByRole('list', { name: 'Pending sign-ins' })).toBeNull()
  })

  it('can be cancelled', async () => {
    const { user, host } = renderApp(snapshot({ attempts: [attempt()] }))
    await user.click(screen.getByRole('button', { name: 'Cancel signing in to Meta' }))
    expect(host.sent).toEqual([['attempt.dismiss', { attempt: 'attempt-1' }]])
  })

  it('say so when the time is over', () => {
    renderApp(snapshot({ accounts: [account()], attempts: [attempt({ state: { kind: 'expired' } })] }))
    screen.getByText(/sign-in has expired/)
    screen.getByRole('button', { name: 'Start again with Meta' })
  })

  it('are not mentioned any more when they became an account without this page', () => {
    const done = attempt({ state: { kind: 'done', account: 'account-1' } })
    renderApp(snapshot({ accounts: [account()], attempts: [done] }))
    expect(screen.queryByRole('list', { name: 'Pending sign-ins' })).toBeNull()
  })
})
