// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import { attempt, snapshot } from '../../common/testing/samples.ts'
import { dialog, withAttempt } from '../testing/begin-attempt.ts'
import { deferred } from '../testing/deferred.ts'

const byCode = { method: 'device', methods: ['device', 'redirect', 'paste'], userCode: 'ABCD-2345' } as const

describe('signing in by device code', () => {
  it('shows the code before and after the page was opened, and copies it on a click', async () => {
    const { user } = await withAttempt(byCode)
    const code = dialog().getByRole('button', { name: 'Copy the code ABCD-2345' })
    expect(code.textContent).toBe('ABCD-2345')
    await user.click(code)
    expect(await navigator.clipboard.readText()).toBe('ABCD-2345')
    dialog().getByText('Copied.')
    await user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
    dialog().getByText('Waiting for your approval in the browser')
    // What had the focus has gone.
    expect(document.activeElement).toBe(dialog().getByRole('link', { name: 'Open again' }))
    dialog().getByRole('button', { name: 'Copy the code ABCD-2345' })
    expect(dialog().queryByLabelText('Code from the forum')).toBeNull()
  })

  it('offers the other methods, and says why one cannot be used', async () => {
    const { user, host, push } = await withAttempt(byCode)
    await user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
    host.answer('attempt.switch', () => fail('attempt_expired'))
    await user.click(dialog().getByRole('button', { name: 'Return via the browser instead' }))
    expect(dialog().getByRole('alert').textContent).toContain('This sign-in has expired.')
    host.answer('attempt.switch', () => ok(null))
    await user.click(dialog().getByRole('button', { name: 'Paste a code from the forum instead' }))
    expect(host.sent.at(-1)).toEqual(['attempt.switch', { attempt: 'attempt-1', method: 'paste' }])
    push(snapshot({ attempts: [attempt({ ...byCode, method: 'paste' })] }))
    dialog().getByLabelText('Code from the forum')
    dialog().getByRole('link', { name: 'Open the approval page' })
    dialog().getByRole('button', { name: 'Type a short code on the forum instead' })
  })

  it('says that the user refused, and can be started again', async () => {
    const { user, host, push } = await withAttempt(byCode)
    push(snapshot({ attempts: [attempt({ ...byCode, state: { kind: 'denied' } })] }))
    expect(dialog().getByRole('status').textContent).toBe('The request was denied on the forum. Nothing was changed.')
    await user.click(dialog().getByRole('button', { name: 'Start again' }))
    expect(host.sent.slice(-2)).toEqual([
      ['attempt.dismiss', { attempt: 'attempt-1' }],
      ['attempt.begin', { address: 'https://meta.example', method: 'device' }],
    ])
  })

  it('that ended while the dialog was closed keeps its line on the overview', async () => {
    const { user, push } = await withAttempt(byCode)
    await user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
    await user.keyboard('{Escape}')
    push(snapshot({ attempts: [attempt({ ...byCode, state: { kind: 'denied' } })] }))
    screen.getByText('The request was denied on the forum. Nothing was changed.')
  })
})

describe('access that expires', () => {
  it('is offered where the forum supports it, and requested at once', async () => {
    const { user, host, push } = await withAttempt({ ...byCode, canLimitAccess: true })
    await user.selectOptions(dialog().getByLabelText('Access ends'), 'after 30 days')
    expect(host.sent.at(-1)).toEqual(['attempt.limit', { attempt: 'attempt-1', days: 30 }])
    push(snapshot({ attempts: [attempt({ ...byCode, canLimitAccess: true, accessDays: 30, userCode: 'WXYZ-6789' })] }))
    dialog().getByRole('button', { name: 'Copy the code WXYZ-6789' })
    await user.selectOptions(dialog().getByLabelText('Access ends'), 'when I revoke it')
    expect(host.sent.at(-1)).toEqual(['attempt.limit', { attempt: 'attempt-1', days: null }])
  })

  it('cannot be changed again before there is a result', async () => {
    const { user, host } = await withAttempt({ ...byCode, canLimitAccess: true })
    const done = deferred<Result<null>>()
    host.answer('attempt.limit', () => done.promise)
    await user.selectOptions(dialog().getByLabelText('Access ends'), 'after 30 days')
    expect(dialog().getByLabelText('Access ends')).toHaveProperty('disabled', true)
    done.resolve(ok(null))
    await expect.poll(() => dialog().getByLabelText('Access ends')).toHaveProperty('disabled', false)
  })

  it('is not offered elsewhere', async () => {
    await withAttempt()
    expect(dialog().queryByLabelText('Access ends')).toBeNull()
  })
})
