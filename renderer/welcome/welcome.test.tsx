// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../common/contract/failure.ts'
import { account, attempt, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const choices = () => within(screen.getByRole('region', { name: 'Optional' }))

describe('where no forum has been added', () => {
  it('says what this is, how signing in works, and what it does not do', () => {
    renderApp(snapshot())
    screen.getByRole('heading', { name: 'All your forums in one place' })
    const steps = within(screen.getByRole('list', { name: 'How signing in works' })).getAllByRole('listitem')
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      'You enter the address of a forum.',
      'You approve in your browser. Your password stays there.',
      'This computer keeps a key, which you can revoke at any time.',
    ])
    screen.getByText(/Never posts in your name/)
  })

  it('leads to the first forum with one button, which is the first thing to do', async () => {
    const { user } = renderApp(snapshot())
    await user.click(screen.getByRole('button', { name: 'Add a forum' }))
    screen.getByRole('dialog', { name: 'Add a forum' })
  })

  it('offers nothing that needs a forum', () => {
    renderApp(snapshot())
    expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Pause alerts' })).toBeNull()
    screen.getByRole('button', { name: 'Settings' })
  })

  it('has at hand what a newcomer may want: starting at login, where the shell can, and a test', async () => {
    const { user, host, push } = renderApp(snapshot())
    expect(choices().queryByRole('switch')).toBeNull()
    push(snapshot({ openAtLogin: false }))
    await user.click(choices().getByRole('switch', { name: 'Start when I log in' }))
    host.answer('alert.test', () => ok({ kind: 'shown' }))
    await user.click(choices().getByRole('button', { name: 'Send a test notification' }))
    expect(host.sent).toEqual([
      ['preferences.change', { general: { openAtLogin: true } }],
      ['alert.test', {}],
    ])
    choices().getByText(/The system accepted it/)
  })

  it('is shown again after the last account is gone, and not while a sign-in waits', () => {
    const { push } = renderApp(snapshot({ accounts: [account()] }))
    const title = () => screen.queryByRole('heading', { name: 'All your forums in one place' })
    expect(title()).toBeNull()
    push(snapshot())
    expect(title()).not.toBeNull()
    push(snapshot({ attempts: [attempt()] }))
    expect(title()).toBeNull()
  })
})
