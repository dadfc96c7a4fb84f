// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { account, counts, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

// happy-dom lays nothing out; this is how high and wide everything is.
beforeEach(() => {
  window.localStorage.clear()
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
})

const items = [notification()]
const forums = snapshot({
  accounts: [
    account({ items, counts: counts({ notifications: 3 }) }),
    account({ id: 'account-2', site: rust, items: [] }),
  ],
})
const at = (address: string, width = 360) => renderApp(forums, undefined, false, width, address)

describe('the title', () => {
  it.each([
    ['#/', '(3) Discourse Notifier'],
    ['#/settings', '(3) Settings · Discourse Notifier'],
    ['#/settings/network', '(3) Settings · Discourse Notifier'],
    ['#/access', '(3) Access · Discourse Notifier'],
    ['#/diagnostics', '(3) Diagnostics · Discourse Notifier'],
    ['#/inbox', '(3) All notifications · Discourse Notifier'],
    ['#/inbox?kind=likes', '(3) All notifications · Discourse Notifier'],
    ['#/inbox?forum=account-2', '(3) Rust Users · Discourse Notifier'],
    ['#/inbox?search=crab', '(3) crab · All notifications · Discourse Notifier'],
    ['#/account/account-2', '(3) Rust Users · Settings · Discourse Notifier'],
    ['#/account/gone', '(3) Settings · Discourse Notifier'],
    ['#/inbox?forum=gone', '(3) All notifications · Discourse Notifier'],
  ])('at %s tells one view from another in tabs, history and bookmarks', (address, title) => {
    at(address)
    expect(document.title).toBe(title)
  })

  it('is the program’s where a wide window begins, whose inbox nobody has asked for', () => {
    at('#/', 1000)
    expect(document.title).toBe('(3) Discourse Notifier')
  })

  it('follows the view and the count, and is the program’s where there is neither', async () => {
    const { host, user, push } = at('#/')
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(document.title).toBe('(3) Settings · Discourse Notifier')
    push(snapshot({ accounts: [account({ items, counts: counts({ notifications: 4 }) })] }))
    expect(document.title).toBe('(4) Settings · Discourse Notifier')
    act(() => host.setConnection('signedOut'))
    expect(document.title).toBe('Discourse Notifier')
    cleanup()
  })
})

describe('a view that was opened', () => {
  it.each([
    ['#/settings', 'Settings'],
    ['#/inbox', 'All notifications'],
    ['#/account/account-2', 'Rust Users'],
  ])('at %s is named to those who listen as the focus comes to it', (address, name) => {
    at(address)
    const { activeElement } = document
    expect(activeElement?.tagName).toBe('BUTTON')
    const describedBy = activeElement?.getAttribute('aria-describedby') ?? ''
    expect(document.getElementById(describedBy)?.textContent).toBe(name)
  })

  it('beside the forums as well, where its list has no way back', async () => {
    const { user } = at('#/settings', 1000)
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    await user.click(screen.getByRole('link', { name: /Show the notifications of eve on Rust Users/ }))
    expect(screen.getByRole('main').getAttribute('aria-labelledby')).toBe(
      screen.getByRole('heading', { level: 1, name: 'All notifications' }).id,
    )
  })
})
