// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { MenuButton } from './menu-button.tsx'

afterEach(() => {
  cleanup()
  document.dir = ''
})

const choose = vi.fn()
const items = ['Apple', 'Banana', 'Blueberry'].map((label) => ({ label, onChoose: () => choose(label) }))
const open = () => {
  render(
    <>
      <MenuButton icon="more" label="Fruit" items={items} />
      <a href="#next">Next</a>
    </>,
  )
  return userEvent.setup()
}
const button = () => screen.getByRole('button', { name: 'Fruit' })
/** Opened by a click, and loaded. */
const openMenu = async () => {
  const user = open()
  await user.click(button())
  await screen.findByRole('menu', { name: 'Fruit' })
  return user
}

// The first test of this file is the only one before anything is loaded.
describe('a menu', () => {
  it('that is asked for before it is loaded opens as soon as it is', async () => {
    const user = open()
    button().focus()
    await user.keyboard('{ArrowUp}')
    expect(button().getAttribute('aria-expanded')).toBe('true')
    await screen.findByRole('menu', { name: 'Fruit' })
    expect(document.activeElement?.textContent).toBe('Blueberry')
  })

  it('goes to what is typed', async () => {
    const user = await openMenu()
    expect(document.activeElement?.textContent).toBe('Apple')
    await user.keyboard('blu')
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Blueberry'))
    await user.keyboard('{Enter}')
    expect(choose).toHaveBeenCalledExactlyOnceWith('Blueberry')
    expect(document.activeElement).toBe(button())
  })

  it('that opens under a pressed pointer, as a context menu does, chooses nothing when that is let go', async () => {
    choose.mockClear()
    const user = await openMenu()
    const item = screen.getByRole('menuitem', { name: 'Banana' })
    fireEvent.pointerUp(item, { button: 2, pointerType: 'mouse' })
    expect(choose).not.toHaveBeenCalled()
    expect(screen.queryByRole('menu')).not.toBeNull()
    await user.click(item)
    expect(choose).toHaveBeenCalledExactlyOnceWith('Banana')
  })

  it('is left by Tab, which goes on from its button', async () => {
    const user = await openMenu()
    await user.tab()
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Next' }))
  })

  it('runs the way of the page', async () => {
    document.dir = 'rtl'
    await openMenu()
    expect(screen.getByRole('menu').dir).toBe('rtl')
  })
})
