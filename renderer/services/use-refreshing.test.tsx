// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
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
})
