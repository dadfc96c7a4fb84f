// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import { account, attempt, snapshot } from '../../common/testing/samples.ts'
import { begun, dialog, found, names, submitAddress, withAttempt, withOpenedPage } from '../testing/begin-attempt.ts'
import { deferred } from '../testing/deferred.ts'
import { pressEscape, renderApp } from '../testing/render-app.tsx'

describe('giving an address', () => {
  it('inspects the address and at once starts an attempt with the address that was found', async () => {
    const { host, push } = await withAttempt()
    expect(host.sent).toEqual([
      ['site.inspect', { address: 'meta.example' }],
      ['attempt.begin', { address: 'https://meta.example' }],
    ])
    push(snapshot({ attempts: [attempt()] }))
    dialog().getByText('Discourse Notifier will ask Meta for permission to:')
    dialog().getByText('Read and clear notifications')
    dialog().getByText('Read user session info')
    const link = dialog().getByRole('link', { name: 'Open Meta to approve' })
    expect(link.getAttribute('href')).toBe('/open/attempt-1')
    expect(link.getAttribute('target')).toBe('_blank')
    expect(document.activeElement).toBe(link)
  })

  it('shows the icon of a forum that is known from another account', async () => {
    const { push } = await withAttempt()
    push(snapshot({ attempts: [attempt()], accounts: [account({ username: 'mallory', icon: '/image/cafe' })] }))
    expect(screen.getByRole('dialog').querySelector('img')?.getAttribute('src')).toBe('/image/cafe')
  })

  it('shows below the field what is wrong with the address, and focuses the field', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', () => fail('not_discourse', { host: 'example.org' }))
    await submitAddress(user, 'example.org')
    expect(dialog().getByRole('alert').textContent).toContain('example.org answered, but not like a Discourse forum.')
    const field = dialog().getByLabelText('Address')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field)
    expect(names(host)).toEqual(['site.inspect'])
  })

  it('offers the address that a site redirects to', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', ({ address }) =>
      address === 'https://meta.example'
        ? found
        : fail('site_redirects', { host: 'meta.example', address: 'https://meta.example' }),
    )
    host.answer('attempt.begin', () => begun)
    await submitAddress(user, 'www.example')
    await user.click(dialog().getByRole('button', { name: 'Use meta.example' }))
    expect(host.sent.at(-2)).toEqual(['site.inspect', { address: 'https://meta.example' }])
    expect(host.sent.at(-1)).toEqual(['attempt.begin', { address: 'https://meta.example' }])
  })

  it('inspects only once however often Continue is pressed', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', () => new Promise(() => undefined))
    await submitAddress(user)
    dialog().getByText('Checking this address')
    await user.click(dialog().getByRole('button', { name: 'Continue' }))
    expect(names(host)).toEqual(['site.inspect'])
  })

  it('does not continue with an address after the dialog was closed', async () => {
    const { user, host } = renderApp(snapshot())
    const look = deferred<typeof found>()
    host.answer('site.inspect', () => look.promise)
    await submitAddress(user)
    pressEscape(screen.getByRole('dialog'))
    await act(async () => look.resolve(found))
    expect(names(host)).toEqual(['site.inspect'])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('dismisses an attempt that was started for a dialog that has closed since', async () => {
    const { user, host } = renderApp(snapshot())
    const begin = deferred<typeof begun>()
    host.answer('site.inspect', () => found)
    host.answer('attempt.begin', () => begin.promise)
    await submitAddress(user)
    await user.click(dialog().getByRole('button', { name: 'Close' }))
    begin.resolve(begun)
    await expect.poll(() => host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
  })
})

describe('a keychain that does not answer', () => {
  const failure = fail('keychain_unavailable', { reason: 'nobody there' })

  it.each([
    ['Try again', 'vault.retry'],
    ['Keep them until I quit', 'vault.useSession'],
  ] as const)('%s goes on where it stopped', async (button, command) => {
    const { user, host, push } = renderApp(snapshot())
    host.answer('site.inspect', () => found)
    host.answer('attempt.begin', () => failure)
    await submitAddress(user)
    expect(dialog().getByRole('alert').textContent).toContain('No keychain answers')
    host.answer('attempt.begin', () => begun)
    await user.click(dialog().getByRole('button', { name: button }))
    expect(names(host)).toEqual(['site.inspect', 'attempt.begin', command, 'attempt.begin'])
    push(snapshot({ attempts: [attempt()] }))
    dialog().getByRole('link', { name: 'Open Meta to approve' })
  })

  it('stays open with the reason when trying again did not help', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', () => found)
    host.answer('attempt.begin', () => failure)
    host.answer('vault.retry', () => fail('keychain_locked'))
    await submitAddress(user)
    await user.click(dialog().getByRole('button', { name: 'Try again' }))
    expect(dialog().getByRole('alert').textContent).toContain('The keychain is locked')
    expect(names(host).at(-1)).toBe('vault.retry')
  })
})

describe('an address without encryption', () => {
  it('is used only when the user insists, with the warning on the screen', async () => {
    const { user, host } = renderApp(snapshot())
    host.answer('site.inspect', () => fail('address_not_encrypted', { host: 'old.example' }))
    await submitAddress(user, 'http://old.example')
    expect(dialog().getByRole('alert').textContent).toContain('anyone in between could read your key')
    host.answer('site.inspect', () => found)
    host.answer('attempt.begin', () => begun)
    await user.click(dialog().getByRole('button', { name: 'Use it without encryption' }))
    expect(host.sent.slice(-2)).toEqual([
      ['site.inspect', { address: 'http://old.example', allowPlain: true }],
      ['attempt.begin', { address: 'https://meta.example', allowPlain: true }],
    ])
  })
})

describe('signing in again', () => {
  const refused = account({
    state: { kind: 'needsSignIn', failure: fail('key_missing', { host: 'meta.example' }).failure },
  })

  it('starts an attempt for the existing account', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts: [refused] }))
    host.answer('attempt.begin', () => begun)
    await user.click(screen.getByRole('button', { name: 'Sign in to Meta as eve' }))
    expect(host.sent).toEqual([['attempt.begin', { address: 'https://meta.example', account: 'account-1' }]])
    push(snapshot({ accounts: [refused], attempts: [attempt({ account: 'account-1' })] }))
    screen.getByRole('dialog', { name: 'Sign in again' })
    dialog().getByRole('link', { name: 'Open Meta to approve' })
  })

  it('remains an attempt for that account when it is started over', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts: [refused] }))
    host.answer('attempt.begin', () => begun)
    await user.click(screen.getByRole('button', { name: 'Sign in to Meta as eve' }))
    push(snapshot({ accounts: [refused], attempts: [attempt({ account: 'account-1', state: { kind: 'expired' } })] }))
    await user.click(dialog().getByRole('button', { name: 'Start again' }))
    expect(host.sent.at(-1)).toEqual([
      'attempt.begin',
      { address: 'https://meta.example', method: 'redirect', account: 'account-1' },
    ])
  })

  it('can be tried again when the forum could not be reached', async () => {
    const { user, host } = renderApp(snapshot({ accounts: [refused] }))
    host.answer('attempt.begin', () => fail('timed_out', { host: 'meta.example', seconds: 10 }))
    await user.click(screen.getByRole('button', { name: 'Sign in to Meta as eve' }))
    expect(dialog().getByRole('alert').textContent).toContain('meta.example did not answer within 10 s.')
    await user.click(dialog().getByRole('button', { name: 'Try again' }))
    expect(names(host)).toEqual(['attempt.begin', 'attempt.begin'])
  })
})

describe('a shell that asks for the dialog', () => {
  it('gets it with the fragment #add, which is removed from the address again', () => {
    renderApp(snapshot({ accounts: [account()] }), undefined, false, 360, '#add')
    screen.getByRole('dialog', { name: 'Add a forum' })
    expect(window.location.hash).toBe('')
  })
})

describe('a sign-in that cannot succeed', () => {
  it('leaves nothing behind when its dialog is closed before the forum was opened', async () => {
    const { user, host } = await withAttempt()
    await user.click(dialog().getByRole('button', { name: 'Close' }))
    expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
  })

  it('leaves nothing behind either where a code was shown, or when the user has seen how it ended', async () => {
    const code = await withAttempt({ method: 'device', userCode: 'ABCD-EFGH' })
    await code.user.click(dialog().getByRole('button', { name: 'Close' }))
    expect(code.host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
    cleanup()
    for (const state of [{ kind: 'done', account: 'account-1' }, { kind: 'expired' }, { kind: 'denied' }] as const) {
      const { user, host, push } = await withOpenedPage()
      push(snapshot({ accounts: [account()], attempts: [attempt({ state })] }))
      await user.click(dialog().getByRole('button', { name: 'Close' }))
      expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
      cleanup()
    }
  })

  it('continues when the forum was opened, or when a copied code may be typed elsewhere', async () => {
    const opened = await withOpenedPage()
    await opened.user.click(dialog().getByRole('button', { name: 'Close' }))
    expect(names(opened.host)).not.toContain('attempt.dismiss')
    cleanup()
    const code = await withAttempt({ method: 'device', userCode: 'ABCD-EFGH' })
    await code.user.click(dialog().getByRole('button', { name: 'Copy the code ABCD-EFGH' }))
    dialog().getByRole('link', { name: 'Open Meta to approve' })
    await code.user.click(dialog().getByRole('button', { name: 'Close' }))
    expect(names(code.host)).not.toContain('attempt.dismiss')
  })

  it('is resumed by the same address, not started a second time', async () => {
    const app = renderApp(snapshot({ attempts: [attempt()] }))
    app.host.answer('site.inspect', () => found)
    await submitAddress(app.user)
    dialog().getByText(/Meta/, { selector: 'h2, h3, p, span, a, strong, bdi' })
    expect(names(app.host)).toEqual(['site.inspect'])
  })

  it('is not started for an empty address', async () => {
    const app = renderApp(snapshot())
    await app.user.click(screen.getByRole('button', { name: 'Add a forum' }))
    await app.user.click(dialog().getByRole('button', { name: 'Continue' }))
    expect(app.host.sent.filter(([name]) => name === 'site.inspect')).toEqual([])
    expect(document.activeElement).toBe(screen.getByLabelText('Address'))
  })
})

describe('the box for a code', () => {
  const failure = fail('redirect_invalid').failure
  const failed = { state: { kind: 'waiting', failure }, method: 'paste', methods: ['paste'] } as const

  it('connects with Enter', async () => {
    const { user, host } = renderApp(snapshot({ attempts: [attempt({ method: 'paste', methods: ['paste'] })] }))
    await user.click(screen.getByRole('button', { name: 'Continue signing in to Meta' }))
    await user.type(dialog().getByLabelText('Code from the forum'), 'a code{Enter}')
    expect(host.sent).toEqual([['attempt.accept', { text: 'a code' }]])
  })

  it('says nothing about an earlier code beside an empty field', async () => {
    const { user, push } = renderApp(snapshot({ attempts: [attempt(failed)] }))
    await user.click(screen.getByRole('button', { name: 'Continue signing in to Meta' }))
    expect(dialog().queryByRole('alert')).toBeNull()
    push(
      snapshot({
        attempts: [attempt({ ...failed, state: { kind: 'waiting', failure: fail('too_many_tries').failure } })],
      }),
    )
    dialog().getByRole('alert')
  })
})
