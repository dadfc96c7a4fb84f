// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { account, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const accounts = [account()]
const paused = { isQuiet: true, reason: 'paused', until: null } as const
const button = () => screen.getByRole('button', { name: 'Pause alerts' })
const focused = () => document.activeElement?.textContent

describe('the pause button', () => {
  it('opens a menu, pauses for what is chosen there, and then resumes, with the focus staying on it', async () => {
    const { user, host, push } = renderApp(snapshot({ accounts }))
    expect(button().getAttribute('aria-expanded')).toBe('false')
    await user.click(button())
    expect(button().getAttribute('aria-expanded')).toBe('true')
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      'For 30 minutes',
      'For 1 hour',
      'Until tomorrow',
      'Until you turn them back on',
    ])
    await user.click(screen.getByRole('menuitem', { name: 'Until tomorrow' }))
    expect(screen.queryByRole('menu')).toBeNull()
    push(snapshot({ accounts, quiet: paused }))
    screen.getByText('Alerts are paused until you turn them back on')
    const resume = screen.getByRole('button', { name: 'Resume alerts' })
    expect(document.activeElement).toBe(resume)
    expect(resume.hasAttribute('aria-haspopup')).toBe(false)
    await user.keyboard('{Enter}')
    expect(host.sent).toEqual([
      ['quiet.pause', { for: 'tomorrow' }],
      ['quiet.resume', {}],
    ])
  })

  it('can be used with the keyboard alone', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    button().focus()
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('For 30 minutes')
    await user.keyboard('{ArrowUp}')
    expect(focused()).toBe('Until you turn them back on')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(focused()).toBe('For 1 hour')
    await user.keyboard('{End}')
    expect(focused()).toBe('Until you turn them back on')
    await user.keyboard('{Home}')
    expect(focused()).toBe('For 30 minutes')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button())
    await user.keyboard('{ArrowUp}{Enter}')
    expect(host.sent).toEqual([['quiet.pause', { for: 'open' }]])
  })

  it('closes its menu when it is pressed again or loses the focus', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    await user.click(button())
    await user.click(button())
    expect(screen.queryByRole('menu')).toBeNull()
    await user.click(button())
    await user.tab()
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    expect(host.sent).toEqual([])
  })
})
