// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { account, meta, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const show = async (accounts = [account()]) => {
  const app = renderApp(snapshot({ accounts }), undefined, false, 360, '#/settings')
  const field = await screen.findByRole('searchbox', { name: 'Search settings' })
  return { ...app, field }
}

const sections = () => screen.getAllByRole('region').map((region) => region.getAttribute('aria-labelledby') ?? '')
const titles = () => sections().map((id) => document.getElementById(id)?.textContent)

describe('searching the settings', () => {
  it('shows settings with every word in their label or hint, and nothing of other sections', async () => {
    const { user, field } = await show()
    await user.type(field, 'disturb COMPUTER')
    expect(titles()).toEqual(['Quiet'])
    expect(screen.getAllByRole('switch').map(({ id }) => document.querySelector(`[for="${id}"]`)?.textContent)).toEqual(
      ['Respect Do Not Disturb on this computer'],
    )
    await user.type(field, '{Escape}')
    expect(titles()).toContain('Appearance')
  })

  it('shows a whole section by its title', async () => {
    const { user, field } = await show()
    await user.type(field, 'appearance')
    expect(titles()).toEqual(['Appearance'])
    screen.getByLabelText('Theme')
    screen.getByLabelText('Text size')
  })

  it('says when there is nothing', async () => {
    const { user, field } = await show()
    await user.type(field, 'xylophone')
    expect(screen.queryAllByRole('region')).toEqual([])
    expect(screen.getByText('No settings found').getAttribute('role')).toBe('status')
  })

  it('finds one of many accounts, which are otherwise collapsed', async () => {
    const many = Array.from({ length: 21 }, (_, at) =>
      account({ id: `account-${at}`, site: { ...meta, title: `Forum ${at}`, base: `https://f${at}.example` } }),
    )
    const { user, field } = await show(many)
    const folded = screen.getByText('21 accounts').closest('details')
    expect(folded?.open).toBe(false)
    await user.type(field, 'forum 17')
    expect(folded?.open).toBe(true)
    expect(screen.getAllByRole('button', { name: /^Alerts of/ })).toHaveLength(1)
  })
})

describe('the index of the settings', () => {
  it('leads to a section, by keyboard as well, and records it in the address', async () => {
    const { user } = await show()
    const index = within(screen.getByRole('navigation', { name: 'Sections' }))
    await user.click(index.getByRole('button', { name: 'Network' }))
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Network' }))
    expect(window.location.hash).toBe('#/settings/network')
  })
})
