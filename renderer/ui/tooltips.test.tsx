// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { account, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

const button = (name: string) => screen.getByRole('button', { name })
const tooltip = () => screen.queryByRole('tooltip', { hidden: true })
const rest = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const open = async () => {
  const { user } = renderApp(snapshot({ accounts: [account()] }))
  await user.hover(screen.getByRole('heading', { level: 1 }))
  return user
}

describe('a tooltip', () => {
  it('appears where the pointer rests for half a second, and goes with Esc', async () => {
    const user = await open()
    await user.hover(button('Settings'))
    await rest(400)
    expect(tooltip()).toBeNull()
    await rest(200)
    expect(tooltip()?.textContent).toBe('Settings')
    expect(button('Settings').hasAttribute('title')).toBe(false)
    await user.keyboard('{Escape}')
    expect(tooltip()).toBeNull()
  })

  it('appears at once where Tab leads', async () => {
    const user = await open()
    button('Access').focus()
    expect(tooltip()).toBeNull()
    await user.tab()
    expect(tooltip()?.textContent).toBe('Settings')
    await user.tab({ shift: true })
    expect(tooltip()?.textContent).toBe('Access')
  })

  it('appears at once where an arrow key leads beside a row', async () => {
    const user = await open()
    act(() => screen.getByRole('link', { name: /eve on Meta/ }).focus())
    await user.keyboard('{ArrowRight}')
    expect(tooltip()?.textContent).toBe('More for eve on Meta')
    await user.keyboard('{ArrowLeft}')
    expect(tooltip()).toBeNull()
  })

  it('is not announced twice: the button has the same name', async () => {
    const user = await open()
    button('Access').focus()
    await user.tab()
    expect(button('Settings').hasAttribute('aria-describedby')).toBe(false)
    expect(screen.queryByRole('tooltip')).toBeNull()
    expect(tooltip()?.closest('[aria-hidden=true]')).not.toBeNull()
  })

  it('goes as its button is pressed, and does not come back while the pointer stays', async () => {
    const user = await open()
    await user.hover(button('Check now'))
    await rest(600)
    expect(tooltip()?.textContent).toBe('Check now')
    await user.click(button('Check now'))
    expect(tooltip()).toBeNull()
    await rest(2000)
    expect(tooltip()).toBeNull()
  })

  it('does not appear for the button of an open menu, nor for the focus that comes back from it', async () => {
    const user = await open()
    button('Pause alerts').focus()
    await user.keyboard('{Enter}')
    screen.getByRole('menu')
    await user.hover(button('Pause alerts'))
    await rest(600)
    expect(tooltip()).toBeNull()
    await user.keyboard('{Escape}')
    expect(document.activeElement).toBe(button('Pause alerts'))
    expect(tooltip()).toBeNull()
  })

  it('does not appear for a finger', async () => {
    await open()
    fireEvent.pointerOver(button('Settings'), { pointerType: 'touch' })
    await rest(1000)
    expect(tooltip()).toBeNull()
  })

  it('lies in the dialog that its button is in, and leaves Esc to a dialog that opens', async () => {
    const user = await open()
    await user.keyboard('n')
    const dialog = screen.getByRole('dialog')
    expect(tooltip()).toBeNull()
    await user.hover(button('Close'))
    await rest(600)
    expect(dialog.contains(tooltip())).toBe(true)
  })
})
