// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import { account, attempt, counts, now, snapshot } from '../../common/testing/samples.ts'
import { dialog, names, withAttempt, withOpenedPage } from '../testing/begin-attempt.ts'
import { pressEscape } from '../testing/render-app.tsx'

describe('where another program would receive the response', () => {
  const linkOwner = { kind: 'other', name: 'DiscourseHub' } as const
  const pasting = attempt({ method: 'paste', methods: ['paste'] })
  const useOurs = { name: 'Use Discourse Notifier' }

  it('is named before anything is opened and while waiting; choosing this app instead continues in the browser', async () => {
    const { user, host, push } = await withAttempt({ method: 'paste', methods: ['paste'] })
    push(snapshot({ attempts: [pasting], linkOwner }))
    dialog().getByText(/DiscourseHub opens discourse: links/)
    await user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
    dialog().getByText(/DiscourseHub opens discourse: links/)
    dialog().getByLabelText('Code from the forum')
    await user.click(dialog().getByRole('button', useOurs))
    expect(host.sent.slice(-2)).toEqual([
      ['preferences.change', { general: { openLinks: true } }],
      ['attempt.switch', { attempt: 'attempt-1', method: 'redirect' }],
    ])
    push(snapshot({ attempts: [attempt()], linkOwner: { kind: 'ours' } }))
    expect(dialog().queryByRole('button', useOurs)).toBeNull()
  })

  it('says why the system refuses, and pasting remains possible', async () => {
    const { user, host, push } = await withAttempt({ method: 'paste', methods: ['paste'] })
    push(snapshot({ attempts: [pasting], linkOwner }))
    host.answer('preferences.change', () => fail('handler_failed', { reason: 'not taken' }))
    await user.click(dialog().getByRole('button', useOurs))
    dialog().getByText(/could not be changed \(not taken\)/)
    expect(names(host)).not.toContain('attempt.switch')
  })

  it('does not matter for a device code', async () => {
    const { push } = await withAttempt()
    push(snapshot({ attempts: [attempt({ method: 'device', userCode: 'ABCD-EFGH' })], linkOwner }))
    expect(dialog().queryByRole('button', useOurs)).toBeNull()
  })
})

describe('waiting for the approval', () => {
  it('copies the link for another browser, and says so', async () => {
    const { user, host } = await withOpenedPage()
    await user.click(dialog().getByRole('button', { name: 'Copy link' }))
    expect(host.sent.at(-1)).toEqual(['attempt.copyLink', { attempt: 'attempt-1' }])
    dialog().getByRole('button', { name: 'Link copied' })
  })

  it('says beside it why the link could not be copied', async () => {
    const { user, host } = await withOpenedPage()
    host.answer('attempt.copyLink', () => fail('attempt_unknown'))
    await user.click(dialog().getByRole('button', { name: 'Copy link' }))
    expect(dialog().getByRole('alert').textContent).toContain('This sign-in no longer exists.')
    dialog().getByRole('button', { name: 'Copy link' })
  })

  it('begins when the page was opened, with the time that is left', async () => {
    await withOpenedPage()
    dialog().getByText('Waiting for your approval in the browser')
    expect(dialog().getByRole('timer').textContent).toBe('9:41')
    expect(dialog().getByRole('link', { name: 'Open again' }).getAttribute('href')).toBe('/open/attempt-1')
  })

  it('asks after half a minute whether the forum refuses, which nothing but the browser sees, and says what helps', async () => {
    const { user, elapse } = await withOpenedPage()
    const question = 'Does Meta show an error instead of asking you?'
    elapse(29_000)
    expect(dialog().queryByText(question)).toBeNull()
    elapse(2000)
    dialog().getByText(question)
    await user.click(dialog().getByRole('button', { name: 'It shows an error' }))
    dialog().getByText(/Meta may not allow apps, or not yet at your trust level/)
    dialog().getByRole('button', { name: 'Paste a code from the forum instead' })
  })

  it('says who is already connected before anything is opened', async () => {
    const { push } = await withAttempt()
    push(snapshot({ accounts: [account()], attempts: [attempt()] }))
    dialog().getByText(/Already connected as eve/)
  })

  it('ends automatically when the shell received the response, and says what is waiting', async () => {
    const { user, host, push } = await withOpenedPage()
    const state = { kind: 'done', account: 'account-1' } as const
    push(snapshot({ attempts: [attempt({ state: { kind: 'checking' } })] }))
    dialog().getByText('Checking the answer')
    const connected = account({ counts: counts({ notifications: 5 }) })
    push(snapshot({ accounts: [connected], attempts: [attempt({ state })] }))
    dialog().getByText('Connected to Meta as eve.')
    dialog().getByText('Waiting for you: 5 notifications.')
    await user.click(dialog().getByRole('button', { name: 'Done' }))
    expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('offers to open the forum logged in if a token for that arrived', async () => {
    const { push } = await withOpenedPage()
    const state = { kind: 'done', account: 'account-1' } as const
    push(snapshot({ accounts: [account()], attempts: [attempt({ state })] }))
    expect(dialog().queryByRole('link')).toBeNull()
    const links = { ...account().links, signedIn: '/open-signed-in/cafe' }
    push(snapshot({ accounts: [account({ links })], attempts: [attempt({ state })] }))
    const link = dialog().getByRole('link', { name: 'Open Meta logged in' })
    expect(link.getAttribute('href')).toBe('/open-signed-in/cafe')
  })

  it('accepts what is pasted at once, line breaks included', async () => {
    const { user, host } = await withOpenedPage()
    await user.click(dialog().getByLabelText('Code from the forum'))
    await user.paste('abc\ndef==\n')
    expect(host.sent.at(-1)).toEqual(['attempt.accept', { text: 'abc\ndef==\n' }])
  })

  it('submits what was typed on request, and nothing when nothing was typed', async () => {
    const { user, host } = await withOpenedPage()
    await user.click(dialog().getByRole('button', { name: 'Connect' }))
    expect(names(host)).not.toContain('attempt.accept')
    await user.type(dialog().getByLabelText('Code from the forum'), 'abc')
    await user.click(dialog().getByRole('button', { name: 'Connect' }))
    expect(host.sent.at(-1)).toEqual(['attempt.accept', { text: 'abc' }])
  })

  it('shows at the box why a response was refused, and accepts another one', async () => {
    const { user, host } = await withOpenedPage()
    host.answer('attempt.accept', () => fail('payload_rejected'))
    await user.click(dialog().getByLabelText('Code from the forum'))
    await user.paste('abc')
    expect(dialog().getByRole('alert').textContent).toContain('This answer does not belong to a sign-in')
    host.answer('attempt.accept', () => ok({ account: 'account-1', outcome: 'connected' }))
    await user.click(dialog().getByRole('button', { name: 'Connect' }))
    expect(dialog().queryByRole('alert')).toBeNull()
  })

  it('shows there too why a response was refused that arrived another way', async () => {
    const { push } = await withOpenedPage()
    const { failure } = fail('payload_rejected')
    push(snapshot({ attempts: [attempt({ state: { kind: 'waiting', failure } })] }))
    expect(dialog().getByRole('alert').textContent).toContain('This answer does not belong to a sign-in')
  })

  it('starts over when another try with the same attempt cannot succeed', async () => {
    const { user, host } = await withOpenedPage()
    host.answer('attempt.accept', () => fail('too_many_tries', { seconds: 60 }))
    await user.click(dialog().getByLabelText('Code from the forum'))
    await user.paste('abc')
    await user.click(dialog().getByRole('button', { name: 'Start again' }))
    expect(names(host).slice(-2)).toEqual(['attempt.dismiss', 'attempt.begin'])
  })

  it('refuses a text that no forum would send without sending it on', async () => {
    const { user, host } = await withOpenedPage()
    await user.click(dialog().getByLabelText('Code from the forum'))
    await user.paste('x'.repeat(20_001))
    dialog().getByText(/This is not an answer from a forum/)
    expect(names(host)).not.toContain('attempt.accept')
  })

  it('can switch to a code, which needs the other page opened', async () => {
    const { user, host, push } = await withOpenedPage()
    await user.click(dialog().getByRole('button', { name: 'Paste a code from the forum instead' }))
    expect(host.sent.at(-1)).toEqual(['attempt.switch', { attempt: 'attempt-1', method: 'paste' }])
    push(snapshot({ attempts: [attempt({ method: 'paste' })] }))
    const link = dialog().getByRole('link', { name: 'Open the approval page' })
    expect(document.activeElement).toBe(link)
    expect(dialog().queryByRole('button', { name: /show a code/ })).toBeNull()
    dialog().getByText('After you approve, the forum shows a long code. Paste it here.')
  })

  it('continues behind a closed dialog, and is cancelled only by Cancel', async () => {
    const { user, host } = await withOpenedPage()
    pressEscape(screen.getByRole('dialog'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(names(host)).not.toContain('attempt.dismiss')
    await user.click(screen.getByRole('button', { name: 'Continue signing in to Meta' }))
    dialog().getByRole('link', { name: 'Open again' })
    await user.click(dialog().getByRole('button', { name: 'Cancel' }))
    expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
  })

  it('shows in the overview how it ended when the dialog was closed before', async () => {
    const { user, host, push } = await withOpenedPage()
    pressEscape(screen.getByRole('dialog'))
    const state = { kind: 'done', account: 'account-1' } as const
    push(snapshot({ accounts: [account()], attempts: [attempt({ state })] }))
    screen.getByText('Connected to Meta as eve.')
    await user.click(screen.getByRole('button', { name: 'Done with Meta' }))
    expect(host.sent.at(-1)).toEqual(['attempt.dismiss', { attempt: 'attempt-1' }])
  })

  it('starts over with a new attempt when the time is up', async () => {
    const { user, host, push } = await withOpenedPage()
    push(snapshot({ attempts: [attempt({ state: { kind: 'expired' } })] }))
    host.answer('attempt.begin', () => ok({ attempt: 'attempt-2', expiresAt: now }))
    await user.click(dialog().getByRole('button', { name: 'Start again' }))
    expect(host.sent.slice(-2)).toEqual([
      ['attempt.dismiss', { attempt: 'attempt-1' }],
      ['attempt.begin', { address: 'https://meta.example', method: 'redirect' }],
    ])
    push(snapshot({ attempts: [attempt({ id: 'attempt-2' })] }))
    expect(dialog().getByRole('link', { name: 'Open Meta to approve' }).getAttribute('href')).toBe('/open/attempt-2')
  })

  it('closes the dialog when the attempt was dismissed elsewhere', async () => {
    const { push } = await withOpenedPage()
    push(snapshot())
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
