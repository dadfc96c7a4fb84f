// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail } from '../../common/contract/failure.ts'
import { attempt, snapshot } from '../../common/testing/samples.ts'
import { dialog, withAttempt } from '../testing/begin-attempt.ts'

const optionalScopes = ['one_time_password']
const asked = { optionalScopes, scopes: ['notifications', 'session_info', 'one_time_password'] }
const tick = () => dialog().getByRole<HTMLInputElement>('checkbox', { name: /Create a one-time login token/ })

describe('the optional scope', () => {
  it('is off until it is ticked; what is needed cannot be unticked', async () => {
    const { user, host, push } = await withAttempt({ optionalScopes })
    expect(dialog().getAllByRole('checkbox')).toEqual([tick()])
    expect(tick().checked).toBe(false)
    expect(dialog().getAllByText('needed')).toHaveLength(2)
    await user.click(tick())
    expect(host.sent.at(-1)).toEqual([
      'attempt.scope',
      { attempt: 'attempt-1', scope: 'one_time_password', wanted: true },
    ])
    push(snapshot({ attempts: [attempt(asked)] }))
    expect(tick().checked).toBe(true)
    expect(dialog().getAllByText('needed')).toHaveLength(2)
    await user.click(tick())
    expect(host.sent.at(-1)).toMatchObject(['attempt.scope', { wanted: false }])
  })

  it('says that the sign-in method has changed for it', async () => {
    const byCode = { method: 'device', methods: ['device', 'redirect', 'paste'], userCode: 'ABCD-2345' } as const
    const { user, push } = await withAttempt({ ...byCode, optionalScopes })
    await user.click(tick())
    push(snapshot({ attempts: [attempt({ ...asked, methods: ['redirect', 'paste'] })] }))
    dialog().getByText(/Meta does not offer this with a short code/)
    expect(dialog().queryByRole('button', { name: /Copy the code/ })).toBeNull()
  })

  it('stays off when the forum does not allow it, and says so', async () => {
    const { user, host } = await withAttempt({ optionalScopes })
    host.answer('attempt.scope', () => fail('scope_not_allowed', { host: 'meta.example' }))
    await user.click(tick())
    expect(dialog().getByRole('alert').textContent).toContain('does not let apps create one-time login tokens')
    expect(tick().checked).toBe(false)
  })

  it('is not there where it cannot be used', async () => {
    await withAttempt()
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})
