// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
import { pressEscape, renderApp } from '../testing/render-app.tsx'

const accounts = [account()]
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

describe('the keys that hold everywhere', () => {
  it('lead to the views, also from one another', async () => {
    const { user } = renderApp(snapshot({ accounts }))
    await user.keyboard('gs')
    await heading('Settings')
    await user.keyboard('gi')
    await heading('All notifications')
    await user.keyboard('ga')
    await heading('Access')
    await user.keyboard('go')
    await heading('Discourse Notifier')
  })

  it('refresh, and add a forum', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    await user.keyboard('r')
    expect(host.sent).toEqual([['account.refresh', {}]])
    await user.keyboard('n')
    screen.getByRole('dialog', { name: 'Add a forum' })
  })

  it('are shown by a question mark', async () => {
    const { user } = renderApp(snapshot({ accounts }))
    await user.keyboard('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    const terms = [...dialog.querySelectorAll('dt')].map(({ textContent }) => textContent)
    expect(terms).toEqual(expect.arrayContaining(['Access', 'Show these shortcuts']))
    const headings = within(dialog).getAllByRole('heading', { level: 3 })
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Overview',
      'Forums in a wide window',
      'All notifications',
    ])
    within(dialog).getByText('Ctrl 9')
    const keysOf = (what: string) => within(dialog).getByText(what).nextElementSibling?.textContent
    expect(keysOf('Next, previous row')).toBe('↓ ↑')
    pressEscape(dialog)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('can be switched off, those that are one letter or sign', async () => {
    const { general } = defaultPreferences
    const preferences = { ...defaultPreferences, general: { ...general, singleKeys: false } }
    const { user, host, push } = renderApp(snapshot({ accounts, preferences }))
    await user.keyboard('rn?gs')
    expect(host.sent).toEqual([])
    expect(screen.queryByRole('dialog')).toBeNull()
    screen.getByRole('heading', { level: 1, name: 'Discourse Notifier' })
    push(snapshot({ accounts }))
    await user.keyboard('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(dialog.textContent).toContain('Turn off single-key shortcuts in Settings › General.')
  })

  it('do nothing when g was long ago, or another key came between', async () => {
    const { user, elapse } = renderApp(snapshot({ accounts }))
    await user.keyboard('g')
    elapse(5000)
    await user.keyboard('s')
    await user.keyboard('gxs')
    await heading('Discourse Notifier')
  })

  it('do nothing while something is typed, or with a modifier', async () => {
    const { user, host } = renderApp(snapshot({ accounts }))
    await user.keyboard('{Control>}r{/Control}')
    await user.keyboard('n')
    await user.type(screen.getByLabelText('Address'), 'gs?rn')
    expect(screen.getByLabelText('Address')).toHaveProperty('value', 'gs?rn')
    expect(host.sent).toEqual([])
    screen.getByRole('heading', { level: 1, name: 'Discourse Notifier' })
  })
})
