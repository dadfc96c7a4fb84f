// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type FailureCode, fail } from '../../common/contract/failure.ts'
import { account, attempt, meta, snapshot } from '../../common/testing/samples.ts'
import { begun, dialog, found, names } from '../testing/begin-attempt.ts'
import { renderApp } from '../testing/render-app.tsx'

type Clipboard = Parameters<ReturnType<typeof renderApp>['host']['setClipboard']>[0]

const openDialog = async (clipboard: Clipboard = {}, first = snapshot({ attempts: [attempt({ id: 'other' })] })) => {
  const app = renderApp(first)
  app.host.setClipboard(clipboard)
  app.host.answer('site.inspect', () => found)
  app.host.answer('attempt.begin', () => begun)
  await app.user.click(screen.getByRole('button', { name: 'Add a forum' }))
  return app
}
const field = () => dialog().getByLabelText<HTMLInputElement>('Address')
const pasteAt = (element: Element, text: string) =>
  act(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })

describe('an address on the clipboard', () => {
  it('is offered where the clipboard may be read without asking, and used with one click', async () => {
    const { user, host } = await openDialog({ look: async () => 'https://forum.example' })
    host.answer('site.inspect', () => new Promise(() => undefined))
    await user.click(await dialog().findByRole('button', { name: 'Use forum.example' }))
    expect(host.sent[0]).toEqual(['site.inspect', { address: 'https://forum.example' }])
    expect(field().value).toBe('https://forum.example')
    expect(dialog().queryByRole('button', { name: 'Use forum.example' })).toBeNull()
  })

  it('is read again when the user comes back from copying it', async () => {
    let copied: string | null = null
    await openDialog({ look: async () => copied })
    expect(dialog().queryByRole('button', { name: /^Use / })).toBeNull()
    copied = 'https://forum.example'
    await act(async () => void window.dispatchEvent(new Event('focus')))
    dialog().getByRole('button', { name: 'Use forum.example' })
  })

  it('is not read before the dialog is open, nor once it is closed', async () => {
    const { user, host } = renderApp(snapshot({ accounts: [account()] }))
    let looks = 0
    host.setClipboard({
      look: async () => {
        looks += 1
        return null
      },
    })
    window.dispatchEvent(new Event('focus'))
    expect(looks).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    expect(looks).toBe(1)
    await user.click(dialog().getByRole('button', { name: 'Close' }))
    window.dispatchEvent(new Event('focus'))
    expect(looks).toBe(1)
  })

  it('is not offered when it is that of a connected forum', async () => {
    await openDialog({ look: async () => meta.base }, snapshot({ accounts: [account()] }))
    await act(async () => undefined)
    expect(dialog().queryByRole('button', { name: /^Use / })).toBeNull()
  })

  it('is pasted with a button where the browser has to ask, without the text around it', async () => {
    const { user, host } = await openDialog({ paste: async () => 'Join us at https://forum.example/t/hello/1!' })
    await user.click(dialog().getByRole('button', { name: 'Paste' }))
    expect(host.sent[0]).toEqual(['site.inspect', { address: 'https://forum.example' }])
  })

  it('may be a list of several, whose words that are no address are kept to be told', async () => {
    const list = 'https://a.example\nnonsense\nhttps://b.example'
    const { user, host } = await openDialog({ paste: async () => list })
    pasteAt(field(), list)
    expect(field().value).toBe('https://a.example, nonsense, https://b.example')
    await user.clear(field())
    host.answer('site.inspect', () => fail('not_discourse', { host: 'a.example' }))
    await user.click(dialog().getByRole('button', { name: 'Paste' }))
    expect(host.sent[0]).toEqual(['site.inspect', { address: 'https://a.example' }])
    dialog().getByText('2 more addresses')
  })

  it.each([
    ['The clipboard holds no address.', 'hello world'],
    ['The browser does not let this page read the clipboard. Paste with the keyboard.', null],
  ])('may be missing: %s', async (sentence, text) => {
    const { user, host } = await openDialog({ paste: async () => text })
    await user.click(dialog().getByRole('button', { name: 'Paste' }))
    dialog().getByText(sentence)
    expect(document.activeElement).toBe(field())
    expect(host.sent).toEqual([])
  })

  it('has no such button where the clipboard may be read', async () => {
    await openDialog()
    expect(dialog().queryByRole('button', { name: 'Paste' })).toBeNull()
  })

  it('is used when it is pasted anywhere in the dialog, and filled in when pasted into the field', async () => {
    const { host } = await openDialog()
    pasteAt(field(), 'see https://forum.example/t/hello/1 for more')
    expect(field().value).toBe('https://forum.example')
    // Also on an Arabic page.
    expect(field().dir).toBe('ltr')
    expect(host.sent).toEqual([])
    pasteAt(screen.getByRole('dialog'), 'nothing of interest')
    expect(host.sent).toEqual([])
    pasteAt(screen.getByRole('dialog'), 'other.example')
    await expect.poll(() => host.sent[0]).toEqual(['site.inspect', { address: 'other.example' }])
  })
})

describe('what is wrong with an address', () => {
  const failing = async (code: FailureCode) => {
    const app = await openDialog()
    const params = { host: 'forum.example', seconds: 10, status: 502, reason: 'x', count: 5, proxy: 'p', file: 'f' }
    app.host.answer('site.inspect', () => fail(code, params))
    await app.user.type(field(), 'forum.example{Enter}')
    expect(field().getAttribute('aria-invalid')).toBe('true')
    const note = document.getElementById(field().getAttribute('aria-describedby') ?? '')
    expect(note?.closest('[role=alert]')).not.toBeNull()
    return app
  }
  const remedies = () => [...screen.getByRole('dialog').querySelectorAll('[role=alert] button')]

  it.each([
    'dns_failed',
    'connection_refused',
    'connection_lost',
    'timed_out',
    'offline',
    'tls_failed',
    'site_busy',
    'server_password',
    'answer_unreadable',
    'not_running',
    'internal',
  ] as const)('can be tried again, for it may pass: %s', async (code) => {
    const { user, host } = await failing(code)
    expect(remedies().map(({ textContent }) => textContent)).toEqual(['Try again'])
    await user.click(dialog().getByRole('button', { name: 'Try again' }))
    expect(names(host)).toEqual(['site.inspect', 'site.inspect'])
  })

  it.each(['network_login', 'site_challenges', 'firewall_refuses'] as const)(
    'is looked at in the browser, and then tried again: %s',
    async (code) => {
      const { user, host } = await failing(code)
      const link = dialog().getByRole('link', { name: 'Open forum.example' })
      expect(link.getAttribute('href')).toBe('https://forum.example')
      await user.click(dialog().getByRole('button', { name: 'Try again' }))
      expect(names(host)).toEqual(['site.inspect', 'site.inspect'])
    },
  )

  it('leads to an address without encryption where the forum has no other', async () => {
    const app = await openDialog()
    const params = { host: 'forum.example:8080', address: 'http://forum.example:8080' }
    app.host.answer('site.inspect', () => fail('network_login', params))
    await app.user.type(field(), 'http://forum.example:8080{Enter}')
    const link = await dialog().findByRole('link', { name: 'Open forum.example:8080' })
    expect(link.getAttribute('href')).toBe('http://forum.example:8080')
  })

  it('is fixed with a button where the forum supports encryption', async () => {
    const app = await openDialog()
    app.host.answer('site.inspect', () => fail('address_has_https', { host: 'forum.example', address: meta.base }))
    await app.user.type(field(), 'http://forum.example{Enter}')
    await app.user.click(dialog().getByRole('button', { name: 'Use https' }))
    expect(app.host.sent.at(-1)).toEqual(['site.inspect', { address: meta.base }])
  })

  it.each(['address_invalid', 'not_discourse', 'site_too_old', 'site_refuses_apps', 'tls_wrong_host'] as const)(
    'leaves the user in the field, for another address helps: %s',
    async (code) => {
      await failing(code)
      expect(remedies()).toEqual([])
      expect(document.activeElement).toBe(field())
    },
  )

  it.each(['proxy_failed', 'proxy_auth', 'tls_untrusted', 'tls_self_signed', 'certificate_unreadable'] as const)(
    'leads to the settings of the network: %s',
    async (code) => {
      const { user } = await failing(code)
      await user.click(dialog().getByRole('button', { name: 'Network settings' }))
      expect(screen.queryByRole('dialog')).toBeNull()
      const heading = await screen.findByRole('heading', { name: 'Network' })
      await expect.poll(() => document.activeElement).toBe(heading)
    },
  )

  it('leads to the pending sign-ins when there are too many', async () => {
    const { user } = await failing('too_many_attempts')
    await user.click(dialog().getByRole('button', { name: 'Pending sign-ins' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    screen.getByRole('list', { name: 'Pending sign-ins' })
  })

  it('keeps the user’s decision about encryption when it is tried again', async () => {
    const { user, host } = await failing('address_not_encrypted')
    host.answer('site.inspect', () => fail('timed_out', { host: 'forum.example', seconds: 10 }))
    await user.click(dialog().getByRole('button', { name: 'Use it without encryption' }))
    await user.click(dialog().getByRole('button', { name: 'Try again' }))
    expect(host.sent.at(-1)).toEqual(['site.inspect', { address: 'forum.example', allowPlain: true }])
  })
})
