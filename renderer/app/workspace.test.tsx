// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import { account, now, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

describe('what concerns the whole program', () => {
  it('is a keychain that does not answer, with both ways on', async () => {
    const failure = fail('keychain_unavailable', { reason: 'nobody there' }).failure
    const { user, host, push } = renderApp(snapshot({ vault: { kind: 'unavailable', failure } }))
    expect(screen.getByRole('alert').textContent).toContain('Your keys cannot be kept safely')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await user.click(screen.getByRole('button', { name: 'Keep them until I quit' }))
    expect(host.sent).toEqual([
      ['vault.retry', {}],
      ['vault.useSession', {}],
    ])
    push(snapshot({ vault: { kind: 'session' } }))
    expect(screen.queryByRole('alert')).toBeNull()
    screen.getByText('Keys are kept in memory only. After you quit, you sign in again.')
  })

  it('is a notice, until it is dismissed', async () => {
    const failure = fail('settings_damaged', { file: 'settings.json.damaged' }).failure
    const { user, host } = renderApp(snapshot({ notices: [{ id: 'n', failure, at: now }] }))
    expect(screen.getByRole('alert').textContent).toContain('It was kept as settings.json.damaged')
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(host.sent).toEqual([['notice.dismiss', { notice: 'n' }]])
  })

  it('is a newer version, which is fetched on the user’s word', async () => {
    const failure = fail('update_available', { version: '2.0.0' }).failure
    const { user, host } = renderApp(snapshot({ notices: [{ id: 'n', failure, at: now }] }))
    expect(screen.getByRole('alert').textContent).toContain('Version 2.0.0')
    expect(host.sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Download' }))
    expect(host.sent).toEqual([['update.download', {}]])
  })

  it('is a newer version that comes another way, with the page to get it from', () => {
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
    expect(screen.getByRole('alert').textContent).toContain('The numbers may be old')
    screen.getByRole('link', { name: /eve on Meta/ })
    push(snapshot({ accounts: [account()] }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each([
    ['noToken', 'including the part behind #'],
    ['signedOut', 'was started anew'],
  ] as const)('shows no numbers to a page without rights: %s', (connection, sentence) => {
    const { host } = renderApp(snapshot({ accounts: [account()] }))
    act(() => host.setConnection(connection))
    expect(screen.getByRole('status').textContent).toContain(sentence)
    expect(screen.queryByRole('link')).toBeNull()
  })
})
