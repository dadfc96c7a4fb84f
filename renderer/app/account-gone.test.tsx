// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { account, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

// happy-dom lays nothing out; this is how high and wide everything is.
beforeEach(() => {
  window.localStorage.clear()
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
})

const first = account({ items: [notification()] })
const second = account({ id: 'account-2', site: rust, items: [notification({ id: 2, title: 'Crabs' })] })
const gone = () => screen.queryByText('The account at this address is no longer here.')

describe.each([360, 1000])('an address of an account that is gone, %i px wide', (width) => {
  it.each([
    ['#/account/account-2', 'Settings', '#/settings'],
    ['#/inbox?forum=account-2&kind=mentions', 'All notifications', '#/inbox?kind=mentions'],
  ])('%s shows the nearest view and says what is missing, until that is dismissed', async (address, title, nearest) => {
    const { user } = renderApp(snapshot({ accounts: [first] }), undefined, false, width, address)
    screen.getByRole('heading', { level: 1, name: title })
    expect(gone()?.closest('[role=status]')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(gone()).toBeNull()
    expect(window.location.hash).toBe(nearest)
    expect(document.activeElement).toBe(screen.getByRole('main'))
  })

  it.each([
    ['#/account/account-2', 'Settings'],
    ['#/inbox?forum=account-2', 'All notifications'],
  ])('is what %s becomes while it is being looked at', (address, title) => {
    const { push } = renderApp(snapshot({ accounts: [first, second] }), undefined, false, width, address)
    expect(gone()).toBeNull()
    push(snapshot({ accounts: [first] }))
    screen.getByRole('heading', { level: 1, name: title })
    expect(gone()).not.toBeNull()
  })
})

describe('the sentence about an account that is gone', () => {
  it('goes with the next choice of what is shown', async () => {
    const { user } = renderApp(snapshot({ accounts: [first] }), undefined, false, 360, '#/inbox?forum=account-2')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Unread first')
    expect(gone()).toBeNull()
    expect(window.location.hash).toBe('#/inbox?show=unreadFirst')
  })
})
