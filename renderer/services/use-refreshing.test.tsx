// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { account, now, rust, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { renderApp } from '../testing/render-app.tsx'

const accounts = [account()]
const isAnnounced = () => screen.queryAllByRole('status').some(({ textContent }) => textContent === 'checked just now')

describe('checking all accounts', () => {
  it('is done once at a time, by button or key, and is announced when it is over although nothing has changed', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    const done = deferred<Result<null>>()
    host.answer('account.refresh', () => done.promise)
    const button = screen.getByRole('button', { name: 'Check now' })
    await user.click(button)
    await user.keyboard('r')
    expect(host.sent).toEqual([['account.refresh', {}]])
    expect(button.getAttribute('aria-busy')).toBe('true')
    expect(isAnnounced()).toBe(false)
    await act(async () => done.resolve(ok(null)))
    expect(button.hasAttribute('aria-busy')).toBe(false)
    expect(isAnnounced()).toBe(true)
  })

  it('is not announced as done when it failed; the reason is', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    host.answer('account.refresh', () => fail('offline', { host: 'meta.example' }))
    await user.keyboard('r')
    expect(isAnnounced()).toBe(false)
    expect(screen.getByRole('alert').textContent).toContain('cannot reach meta.example')
  })
  it('is done although a forum failed, if that forum says why in the list: no banner repeats it', async () => {
    const failure = { code: 'connection_refused', params: { host: rust.host } } as const
    const down = account({ id: 'account-2', site: rust, state: { kind: 'stale', since: 0, failure } })
    const { user, host } = renderApp(snapshot({ accounts: [account({ checkedAt: now }), down] }))
    host.answer('account.refresh', () => fail(failure.code, failure.params))
    await user.keyboard('r')
    expect(host.sent).toEqual([['account.refresh', {}]])
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByRole('banner').textContent).toContain('checked just now')
    expect(screen.queryAllByRole('status').some(({ textContent }) => textContent === '1 not reachable')).toBe(true)
  })

  it('and what another command could not do is said, whatever the list says', async () => {
    const failure = { code: 'connection_refused', params: { host: rust.host } } as const
    const down = account({ id: 'account-2', site: rust, state: { kind: 'stale', since: 0, failure } })
    const { user, host } = renderApp(snapshot({ accounts: [...accounts, down] }))
    host.answer('notification.read', () => fail(failure.code, failure.params))
    host.answer('account.opened', () => fail(failure.code, failure.params))
    await user.click(screen.getAllByRole('link')[0] ?? document.body)
    expect(screen.getByRole('alert').textContent).toContain('refuses connections')
  })
})
