// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { account, attempt, counts, notification, now, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

describe('what concerns the whole app', () => {
  it('is a keychain that does not answer, with both remedies', async () => {
    const failure = fail('keychain_unavailable', { reason: 'nobody there' }).failure
    const accounts = [account()]
    const { user, host, push } = renderApp(snapshot({ accounts, vault: { kind: 'unavailable', failure } }))
    expect(screen.getByRole('alert').textContent).toContain('Your keys cannot be kept safely')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await user.click(screen.getByRole('button', { name: 'Keep them until I quit' }))
    expect(host.sent).toEqual([
      ['vault.retry', {}],
      ['vault.useSession', {}],
    ])
    push(snapshot({ accounts, vault: { kind: 'session' } }))
    expect(screen.queryByRole('alert')).toBeNull()
    const said = () => screen.queryByText('Keys are kept in memory only. After you quit, you sign in again.')
    expect(said()).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(said()).toBeNull()
    push(snapshot({ accounts, vault: { kind: 'keychain' } }))
    push(snapshot({ accounts, vault: { kind: 'session' } }))
    expect(said()).toBeNull()
  })

  it('is not a keychain that nothing needs yet: a user who adds a forum is told then', () => {
    const failure = fail('keychain_unavailable', { reason: 'nobody there' }).failure
    renderApp(snapshot({ vault: { kind: 'unavailable', failure } }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('is a notice, until it is dismissed', async () => {
    const failure = fail('settings_damaged', { file: 'settings.json.damaged' }).failure
    const { user, host } = renderApp(snapshot({ notices: [{ id: 'n', failure, at: now }] }))
    expect(screen.getByRole('alert').textContent).toContain('It was kept as settings.json.damaged')
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(host.sent).toEqual([['notice.dismiss', { notice: 'n' }]])
  })

  it('is a newer version, which is downloaded when the user asks', async () => {
    const failure = fail('update_available', { version: '2.0.0' }).failure
    const { user, host } = renderApp(snapshot({ notices: [{ id: 'n', failure, at: now }] }))
    expect(screen.getByRole('alert').textContent).toContain('Version 2.0.0')
    expect(host.sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Download' }))
    expect(host.sent).toEqual([['update.download', {}]])
  })

  it('is a newer version that has to be installed by hand, with the page to get it from', () => {
    const page = 'https://github.com/someone/discourse-notifier/releases'
    const failure = fail('update_elsewhere', { version: '2.0.0', page }).failure
    renderApp(snapshot({ notices: [{ id: 'n', failure, at: now }] }))
    expect(screen.getByRole('link', { name: 'Open the page' }).getAttribute('href')).toBe(page)
    expect(screen.queryByRole('button', { name: 'Download' })).toBeNull()
  })
})

describe('the connection', () => {
  it('keeps the numbers on the screen when it is lost, and says that they may be old', () => {
    const { host, push } = renderApp(snapshot({ accounts: [account()] }))
    act(() => host.setConnection('lost'))
    expect(screen.getByRole('alert').textContent).toContain('What you see may be out of date')
    screen.getByRole('link', { name: /eve on Meta/ })
    push(snapshot({ accounts: [account()] }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('that is lost is all that is reported, even when a command fails in the meantime', async () => {
    const { host, user } = renderApp(snapshot({ accounts: [account()] }))
    host.answer('account.refresh', () => fail('not_running'))
    act(() => host.setConnection('lost'))
    await user.click(screen.getByRole('button', { name: 'Check now' }))
    expect(screen.getAllByRole('alert')).toHaveLength(1)
  })

  it('that is back ends what was said of it wherever a command failed meanwhile', async () => {
    const first = snapshot({ accounts: [account({ counts: counts({ notifications: 1 }), items: [notification()] })] })
    const { host, user, push } = renderApp(first)
    host.answer('marking.begin', () => ok({ marking: 'marking-1' }))
    await user.click(screen.getByRole('button', { name: 'Mark all as read on Meta as eve' }))
    for (const name of ['marking.undo', 'account.refresh', 'site.inspect'] as const) {
      host.answer(name, () => fail('not_running'))
    }
    act(() => host.setConnection('lost'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await user.click(screen.getByRole('button', { name: 'Check now' }))
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    await user.type(await screen.findByLabelText('Address'), 'meta.example{Enter}')
    const said = () => screen.queryAllByText(/is not running/)
    expect(said().length).toBeGreaterThan(2)
    push(first)
    expect(said()).toEqual([])
    expect(screen.getByLabelText('Address')).toHaveProperty('value', 'meta.example')
  })

  it.each([
    ['noToken', 'Run discourse-notifier open to open it.'],
    ['signedOut', 'This page was logged out. Run discourse-notifier open'],
  ] as const)('shows no numbers to a page without rights: %s', (connection, sentence) => {
    const { host } = renderApp(snapshot({ accounts: [account()] }))
    act(() => host.setConnection(connection))
    expect(screen.getByRole('status').textContent).toContain(sentence)
    expect(screen.queryByRole('link')).toBeNull()
  })
})

describe('the address', () => {
  // happy-dom lays nothing out; this is how high and wide everything is.
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
  })
  afterEach(() => void vi.restoreAllMocks())

  const go = (steps: () => void) =>
    act(async () => {
      steps()
      window.dispatchEvent(new PopStateEvent('popstate'))
    })
  const first = snapshot({ accounts: [account({ items: [notification({ kind: 'liked' }), notification({ id: 2 })] })] })

  it('follows the view, and leads to it: reload and bookmarks', async () => {
    const { user } = renderApp(first)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(window.location.hash).toBe('#/settings')
    cleanup()
    renderApp(first, undefined, false, 360, '#/settings')
    await screen.findByRole('heading', { level: 1, name: 'Settings' })
  })

  it('of Back and Forward is followed, and the focus is where the view was opened', async () => {
    const { user } = renderApp(first)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await go(() => window.history.replaceState(null, '', '#/'))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }))
    await go(() => window.history.replaceState(null, '', '#/settings'))
    screen.getByRole('heading', { level: 1, name: 'Settings' })
  })

  it('of the inbox shows what there is to do while there is no forum, and no filters for nothing', async () => {
    renderApp(snapshot({}), undefined, false, 360, '#/inbox?kind=likes')
    screen.getByRole('button', { name: 'Add a forum' })
    expect(screen.queryByRole('searchbox')).toBeNull()
    cleanup()
    renderApp(snapshot({ attempts: [attempt()] }), undefined, false, 1000, '#/inbox')
    await screen.findByText('No forums yet', { selector: 'main p' })
    expect(screen.queryByRole('searchbox')).toBeNull()
  })

  it('keeps what the inbox is filtered by', async () => {
    const { user } = renderApp(first, undefined, false, 360, '#/inbox?kind=likes')
    const list = await screen.findByRole('list', { name: 'Notifications' })
    expect(list.textContent).toContain('liked your post')
    expect(list.textContent).not.toContain('mentioned you')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Mentions')
    expect(window.location.hash).toBe('#/inbox?kind=mentions')
  })
})
