// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { account, attempt, meta, now, rust, snapshot } from '../../common/testing/samples.ts'
import { dialog, names, submitAddress, withAttempt, withOpenedPage } from '../testing/begin-attempt.ts'
import { renderApp } from '../testing/render-app.tsx'

const done = { kind: 'done', account: 'account-1' } as const

describe('an address that leads nowhere', () => {
  const failing = async (failure: ReturnType<typeof fail>) => {
    const app = renderApp(snapshot())
    app.host.answer('site.inspect', () => failure)
    await submitAddress(app.user)
    return app
  }

  it('of a forum that asks us to wait can be tried again after a countdown', async () => {
    const { host, user, elapse } = await failing(fail('rate_limited', { host: 'meta.example', seconds: 20 }))
    const again = () => dialog().getByRole('button', { name: /^Try again/ })
    expect(again().textContent).toBe('Try again: 0:20')
    await user.click(again())
    expect(names(host)).toEqual(['site.inspect'])
    elapse(20_000)
    expect(again().textContent).toBe('Try again')
    await user.click(again())
    expect(names(host)).toEqual(['site.inspect', 'site.inspect'])
  })

  it('of a server without encryption can be used as it is, after a question', async () => {
    const { host, user } = await failing(fail('tls_missing', { host: 'meta.example' }))
    await user.click(dialog().getByRole('button', { name: 'Use http://meta.example' }))
    expect(host.sent.at(-1)).toEqual(['site.inspect', { address: 'http://meta.example' }])
  })

  it('is not reported while the field is empty', async () => {
    const { host, user } = renderApp(snapshot())
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    await user.click(dialog().getByRole('button', { name: 'Continue' }))
    dialog().getByText('Type the address of a forum first.')
    expect(names(host)).toEqual([])
  })
})

describe('signing in again', () => {
  it('does not call an account connected whose key the forum refuses', async () => {
    const refused = fail('access_refused', { host: 'meta.example' }).failure
    const { push } = await withAttempt()
    push(
      snapshot({
        accounts: [account({ state: { kind: 'needsSignIn', failure: refused } })],
        attempts: [attempt()],
      }),
    )
    expect(dialog().queryByText(/Already connected/)).toBeNull()
  })
})

describe('a sign-in that is done', () => {
  it('says what comes next, and leads to another forum', async () => {
    const { user, host, push } = await withOpenedPage()
    push(snapshot({ accounts: [account()], attempts: [attempt({ state: done })] }))
    dialog().getByText(/appear in the list and as alerts from now on/)
    await user.click(dialog().getByRole('button', { name: 'Add another forum' }))
    expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
    expect(dialog().getByLabelText('Address')).toHaveProperty('value', '')
  })
})

describe('after a sign-in', () => {
  it('the focus moves to the new account', async () => {
    const { user, push } = await withOpenedPage()
    push(snapshot({ accounts: [account()], attempts: [attempt({ state: done })] }))
    await user.click(dialog().getByRole('button', { name: 'Done' }))
    expect(document.activeElement?.closest('[data-account]')?.getAttribute('data-account')).toBe('account-1')
  })
})

describe('several addresses at once', () => {
  it('are signed in to one after the other', async () => {
    const { user, host, push } = renderApp(snapshot())
    host.answer('site.inspect', ({ address }) => ok(address.includes('meta') ? meta : rust))
    host.answer('attempt.begin', ({ address }) =>
      ok({ attempt: address === meta.base ? 'attempt-1' : 'attempt-2', expiresAt: now + 600_000 }),
    )
    await submitAddress(user, 'meta.example rust.example')
    expect(host.sent[0]).toEqual(['site.inspect', { address: 'meta.example' }])
    push(snapshot({ attempts: [attempt()] }))
    dialog().getByText('1 more address')
    push(snapshot({ accounts: [account()], attempts: [attempt({ state: done })] }))
    dialog().getByText('1 more address')
    expect(document.activeElement).toBe(dialog().getByRole('button', { name: 'Next: rust.example' }))
    await user.keyboard('{Enter}')
    expect(host.sent.slice(-3)).toEqual([
      ['attempt.dismiss', { attempt: 'attempt-1' }],
      ['site.inspect', { address: 'rust.example' }],
      ['attempt.begin', { address: rust.base }],
    ])
    push(snapshot({ accounts: [account()], attempts: [attempt({ id: 'attempt-2', site: rust })] }))
    dialog().getByRole('link', { name: 'Open Rust Users to approve' })
  })

  it.each([
    ['paste', null],
    ['device', 'ABCD-EFGH'],
  ] as const)(
    'can be opened while an earlier one waits for approval by %s, which stays pending',
    async (method, userCode) => {
      const first = attempt({ method, methods: [method], userCode })
      const { user, host, push } = renderApp(snapshot())
      host.answer('site.inspect', ({ address }) => ok(address.includes('meta') ? meta : rust))
      host.answer('attempt.begin', ({ address }) =>
        ok({ attempt: address === meta.base ? 'attempt-1' : 'attempt-2', expiresAt: now + 600_000 }),
      )
      await submitAddress(user, 'meta.example rust.example blog.example')
      push(snapshot({ attempts: [first] }))
      await user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
      dialog().getByText('2 more addresses')
      await user.click(dialog().getByRole('button', { name: 'Next: rust.example' }))
      push(snapshot({ attempts: [first, attempt({ id: 'attempt-2', site: rust })] }))
      expect(names(host)).not.toContain('attempt.dismiss')
      // This one was not opened, so that skipping it ends it.
      await user.click(dialog().getByRole('button', { name: 'Next: blog.example' }))
      expect(host.sent.filter(([name]) => name === 'attempt.dismiss')).toEqual([
        ['attempt.dismiss', { attempt: 'attempt-2' }],
      ])
    },
  )

  it('continue after one that is not a forum', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', ({ address }) => fail('not_discourse', { host: address }))
    await submitAddress(user, 'blog.example, rust.example; meta.example')
    expect(dialog().getByRole('alert').textContent).toContain('blog.example')
    dialog().getByText('2 more addresses')
    await user.click(dialog().getByRole('button', { name: 'Next: rust.example' }))
    expect(dialog().getByLabelText('Address')).toHaveProperty('value', 'rust.example')
    expect(dialog().getByRole('alert').textContent).toContain('rust.example')
    dialog().getByText('1 more address')
  })

  it('are one when they lead to the same forum', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', ({ address }) => fail('offline', { host: address }))
    await submitAddress(user, 'Rust.example https://rust.example/latest')
    expect(host.sent[0]).toEqual(['site.inspect', { address: 'Rust.example' }])
    expect(dialog().queryByText(/more address/)).toBeNull()
  })

  it('are forgotten when the dialog closes', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', ({ address }) => fail('not_discourse', { host: address }))
    await submitAddress(user, 'blog.example rust.example')
    await user.click(dialog().getByRole('button', { name: 'Close' }))
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    expect(dialog().queryByRole('button', { name: /^Next/ })).toBeNull()
    expect(dialog().queryByRole('alert')).toBeNull()
  })
})

describe('forums to pick from', () => {
  it('are the administrator’s first, then large public ones, and none is contacted before it is picked', async () => {
    const { user, host } = renderApp(snapshot({ presetSites: ['https://forum.example'] }))
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    dialog().getByText('Suggested by your administrator')
    dialog().getByRole('button', { name: 'forum.example' })
    expect(names(host)).toEqual([])
    await user.click(dialog().getByText('Large public forums'))
    host.answer('site.inspect', () => fail('offline', { host: 'discuss.python.org' }))
    await user.click(dialog().getByRole('button', { name: 'Python' }))
    expect(host.sent).toEqual([['site.inspect', { address: 'discuss.python.org' }]])
  })

  it('leave out those that are already connected', async () => {
    const site = { ...meta, base: 'https://meta.discourse.org' }
    const { user } = renderApp(snapshot({ accounts: [account({ site })], presetSites: [site.base] }))
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    expect(dialog().queryByText('Suggested by your administrator')).toBeNull()
    expect(dialog().queryByRole('button', { name: 'Discourse Meta' })).toBeNull()
  })
})
