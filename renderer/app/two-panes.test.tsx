// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { account, attempt, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'
import { setWidth } from '../testing/set-width.ts'

// happy-dom lays nothing out; this is how high and wide everything is.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(640)
})

const two = snapshot({
  accounts: [
    account({ items: [notification({ title: 'Of Meta' })] }),
    account({ id: 'account-2', site: rust, items: [notification({ title: 'Of Rust' })] }),
  ],
})

const wide = (first = two) => renderApp(first, undefined, false, 1000)
const main = () => within(screen.getByRole('main'))

describe('a wide window', () => {
  it('has the inbox beside the overview, with nothing to go back to, and says once what is new', async () => {
    wide()
    screen.getByRole('navigation', { name: 'Accounts' })
    expect(main().getByText(/Of Meta/)).toBeTruthy()
    expect(main().getByText(/Of Rust/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Back to the overview' })).toBeNull()
    expect(screen.getAllByText('Nothing new')).toHaveLength(1)
  })

  it('shows another view beside it, and afterwards the focus is where that was opened', async () => {
    const { user } = wide()
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(main().getByRole('region', { name: 'Alerts' })).toBeTruthy()
    screen.getByRole('navigation', { name: 'Accounts' })
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(main().getByText(/Of Meta/)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }))
  })

  it('has a button to the inbox only where the inbox is not beside it', async () => {
    const { user } = wide()
    const inbox = () => screen.queryByRole('button', { name: 'All' })
    expect(inbox()).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Access' }))
    act(() => setWidth(360))
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(inbox()).not.toBeNull()
  })

  it('keeps the focus at the forum whose inbox was opened', async () => {
    const { user } = wide()
    const meta = screen.getByRole('link', { name: 'Show the notifications of eve on Meta' })
    await user.click(meta)
    expect(main().queryByText(/Of Rust/)).toBeNull()
    expect(document.activeElement).toBe(meta)
    expect(meta.getAttribute('aria-current')).toBe('page')
  })

  it('loses no focus when a key leads back to the inbox', async () => {
    const { user } = wide()
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.keyboard('go')
    expect(main().getByText(/Of Meta/)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }))
  })

  it('becomes the popup and back without losing what is shown', async () => {
    const { user } = renderApp(two)
    await user.click(screen.getByRole('button', { name: 'Access' }))
    expect(screen.queryByRole('navigation')).toBeNull()
    act(() => setWidth(1000))
    screen.getByRole('navigation', { name: 'Accounts' })
    screen.getByRole('heading', { level: 1, name: 'Access' })
    act(() => setWidth(360))
    screen.getByRole('heading', { level: 1, name: 'Access' })
    expect(screen.queryByRole('navigation')).toBeNull()
  })

  it.each([
    ['folded groups are passed over', '2', 'Digit2'],
    ['a keyboard with other signs in the place of digits is no hindrance', 'é', 'Digit2'],
  ])('a digit with Ctrl shows the forum that stands in that place: %s', (_, key, code) => {
    const group = (id: string, accounts: string[], isFolded: boolean) => ({ id, name: id, accounts, isFolded })
    const groups = [group('folded', ['account-1'], true), group('open', ['account-2'], false)]
    const three = snapshot({
      accounts: [...two.accounts, account({ id: 'account-3', username: 'third' })],
    })
    wide({ ...three, preferences: { ...three.preferences, overview: { ungrouped: ['account-3'], groups } } })
    act(
      () => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, ctrlKey: true, bubbles: true })),
    )
    expect(window.location.hash).toBe('#/inbox?forum=account-2')
  })

  it('has one pane while there is no forum', () => {
    wide(snapshot())
    expect(screen.queryByRole('navigation')).toBeNull()
    expect(main().getByRole('button', { name: 'Add a forum' })).toBeTruthy()
  })

  it('has two as soon as a sign-in is pending', () => {
    wide(snapshot({ attempts: [attempt()] }))
    screen.getByRole('navigation', { name: 'Accounts' })
  })
})
