// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { account, counts, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const withNew = (notifications: number) => snapshot({ accounts: [account({ counts: counts({ notifications }) })] })
/** What the one region for it says; the line in the header is no such region. */
const announced = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .filter((text) => text !== '')
    .join('|')

describe('what is new', () => {
  it('is not announced when the page is opened, for then it is read', () => {
    renderApp(withNew(1))
    screen.getByText('1 new on 1 forum')
    expect(announced()).toBe('')
  })

  it('is announced at once, and what follows soon after in one', () => {
    const { push, elapse } = renderApp(withNew(1))
    push(withNew(2))
    expect(announced()).toBe('2 new on 1 forum')
    push(withNew(3))
    elapse(2000)
    push(withNew(4))
    expect(announced()).toBe('2 new on 1 forum')
    within(screen.getByRole('banner')).getByText('4 new on 1 forum')
    elapse(2999)
    expect(announced()).toBe('2 new on 1 forum')
    elapse(1)
    expect(announced()).toBe('4 new on 1 forum')
  })

  it('is announced at once again after a calm while', () => {
    const { push, elapse } = renderApp(withNew(1))
    push(withNew(2))
    elapse(60_000)
    push(withNew(3))
    expect(announced()).toBe('3 new on 1 forum')
  })

  it('is announced while another view is open, and not again when the overview comes back', async () => {
    const { user, push, elapse } = renderApp(withNew(1))
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    push(withNew(2))
    expect(announced()).toBe('2 new on 1 forum')
    elapse(10_000)
    const region = screen.getAllByText('2 new on 1 forum')
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(region.every(({ isConnected }) => isConnected)).toBe(true)
    expect(announced()).toBe('2 new on 1 forum')
  })

  it('is not announced when it is what was announced last', () => {
    const { push, elapse } = renderApp(withNew(1))
    push(withNew(2))
    push(withNew(3))
    push(withNew(2))
    elapse(10_000)
    expect(announced()).toBe('2 new on 1 forum')
  })
})
