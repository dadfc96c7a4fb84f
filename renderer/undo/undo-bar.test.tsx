// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { defaultAccount, defaultPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { account, notification, snapshot } from '../../common/testing/samples.ts'
import { deferred } from '../testing/deferred.ts'
import { renderApp } from '../testing/render-app.tsx'

const hours = [
  { days: [1, 2], from: '22:00', to: '07:00' },
  { days: [6], from: '10:00', to: '12:00' },
]
const quiet = { ...defaultPreferences.quiet, hours }
const chosen = (some: Partial<Preferences>): Snapshot =>
  snapshot({ accounts: [account({ items: [notification()] })], preferences: { ...defaultPreferences, ...some } })

const showSettings = async (first: Snapshot, width?: number) => {
  const app = renderApp(first, undefined, false, width)
  await app.user.click(screen.getByRole('button', { name: 'Settings' }))
  await screen.findByRole('region', { name: 'Alerts' })
  return app
}

const withHoursRemoved = async () => {
  const app = await showSettings(chosen({ quiet }))
  await app.user.click(screen.getByRole('button', { name: 'Remove quiet hours 1' }))
  await screen.findByText('Quiet hours removed.')
  return app
}
const undoButton = () => screen.queryByRole('button', { name: 'Undo' })

describe('what can be undone', () => {
  it('is removed quiet hours: a polite announcement, and all come back in their order', async () => {
    const { user, host } = await withHoursRemoved()
    expect(screen.getByText('Quiet hours removed.').closest('[role=status]')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(host.sent.at(-1)).toEqual(['preferences.change', { quiet: { hours } }])
    screen.getByText('Undone.')
    expect(undoButton()).toBeNull()
  })

  it('is a topic that is muted no more', async () => {
    const own = { ...defaultAccount, mutedTopics: [7, 9] }
    const { user, host } = await showSettings(chosen({ accounts: { 'account-1': own } }))
    await user.click(screen.getByRole('button', { name: 'Alerts of Meta as eve' }))
    await user.click(await screen.findByRole('button', { name: 'Unmute: Release notes' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(host.sent.at(-1)).toEqual(['topic.mute', { account: 'account-1', topic: 7 }])
  })

  it('is a certificate file, and the address of a proxy', async () => {
    const proxy = { kind: 'manual', url: 'http://proxy.example:3128' } as const
    const network = { proxy, certificates: ['/a.pem', '/b.pem'] }
    const { user, host } = await showSettings(chosen({ network }))
    await user.click(screen.getByRole('button', { name: 'Remove /a.pem' }))
    await screen.findByText('/a.pem removed.')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(host.sent.at(-1)).toEqual(['preferences.change', { network: { certificates: ['/a.pem', '/b.pem'] } }])
    await user.selectOptions(screen.getByLabelText('Proxy'), 'none')
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(host.sent.at(-1)).toEqual(['preferences.change', { network: { proxy } }])
  })

  it.each([
    ['a reset', 'settings.reset', 'All settings were reset.'],
    ['settings that were imported', 'settings.import', 'Settings imported.'],
  ] as const)('is %s, with the network and what accounts that are still here had', async (_, command, announced) => {
    const network = { proxy: { kind: 'none' as const }, certificates: ['/a.pem'] }
    const muted = { ...defaultAccount, mutedTopics: [7] }
    const group = { id: 'group-1', name: 'Work', isFolded: false }
    const overview = { ungrouped: ['account-1'], groups: [{ ...group, accounts: ['account-2'] }] }
    const before = chosen({ network, quiet, overview, accounts: { 'account-1': muted, 'account-2': muted } })
    const accounts = [account(), account({ id: 'account-2', username: 'mallory' })]
    const { user, host, push } = await showSettings({ ...before, accounts, openAtLogin: true })
    host.answer('settings.import', () => ok({ missing: [] }))
    if (command === 'settings.reset') {
      await user.click(screen.getByRole('button', { name: 'Reset' }))
      await user.click(screen.getByRole('button', { name: 'Reset all settings' }))
    } else {
      const chooser = document.querySelector<HTMLInputElement>('input[type=file]')
      await user.upload(chooser ?? document.body, new File(['{}'], 'settings.json', { type: 'application/json' }))
    }
    await screen.findByText(announced)
    push(snapshot({ accounts: [account()] }))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(host.sent.map(([name]) => name)).toEqual([command, 'preferences.change'])
    expect(host.sent.at(-1)?.[1]).toEqual({
      ...defaultPreferences,
      ...{ network, quiet, accounts: { 'account-1': muted } },
      overview: { ungrouped: ['account-1'], groups: [{ ...group, accounts: [] }] },
      general: { ...defaultPreferences.general, openAtLogin: true },
    })
  })

  it('is not what was refused', async () => {
    const { user, host } = await showSettings(chosen({ quiet }))
    host.answer('preferences.change', () => fail('settings_not_saved', { reason: 'full', file: 'x' }))
    await user.click(screen.getByRole('button', { name: 'Remove quiet hours 1' }))
    await screen.findByRole('alert')
    expect(undoButton()).toBeNull()
  })
})

describe('the offer to undo', () => {
  it('goes when it has been seen long enough, also in another view', async () => {
    const { user, elapse } = await withHoursRemoved()
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    elapse(14_000)
    expect(undoButton()).not.toBeNull()
    elapse(2000)
    expect(undoButton()).toBeNull()
  })

  it('stays while the keyboard or the pointer is at it, and as long again afterwards', async () => {
    const { user, elapse } = await withHoursRemoved()
    await user.hover(screen.getByRole('button', { name: 'Undo' }))
    elapse(60_000)
    act(() => undoButton()?.focus())
    await user.unhover(screen.getByRole('button', { name: 'Undo' }))
    elapse(60_000)
    expect(undoButton()).not.toBeNull()
    act(() => document.querySelector('main')?.focus())
    elapse(14_000)
    expect(undoButton()).not.toBeNull()
    elapse(2000)
    expect(undoButton()).toBeNull()
  })

  it('goes with the next change, which it would take back as well', async () => {
    const { user } = await withHoursRemoved()
    await user.click(screen.getByRole('switch', { name: 'Allow high-priority alerts' }))
    expect(undoButton()).toBeNull()
  })

  it('goes when the accounts are put in another order, for that would be taken back as well', async () => {
    const second = account({ id: 'account-2', username: 'mallory' })
    // The list of forums beside the settings, where it can be rearranged by keys.
    const { user, host } = await showSettings({ ...chosen({ quiet }), accounts: [account(), second] }, 1000)
    await user.click(screen.getByRole('button', { name: 'Remove quiet hours 1' }))
    await screen.findByRole('button', { name: 'Undo' })
    act(() => screen.getByRole('link', { name: /mallory/ }).focus())
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(host.sent.at(-1)).toMatchObject(['preferences.change', { overview: {} }])
    expect(undoButton()).toBeNull()
  })

  it('can be put away, and the keyboard does not start over', async () => {
    const { user } = await withHoursRemoved()
    const bar = within(screen.getByText('Quiet hours removed.').closest<HTMLElement>('[role=status]') ?? document.body)
    await user.click(bar.getByRole('button', { name: 'Dismiss' }))
    expect(undoButton()).toBeNull()
    expect(document.activeElement).toBe(document.querySelector('main'))
  })

  it('is taken by Ctrl+Z, once, but not while something is typed', async () => {
    const { user, host } = await withHoursRemoved()
    const done = deferred<Result<null>>()
    host.answer('preferences.change', () => done.promise)
    await user.type(screen.getByPlaceholderText('/etc/ssl/company-ca.pem'), '/etc')
    await user.keyboard('{Control>}z{/Control}')
    expect(host.sent).toHaveLength(1)
    await user.clear(screen.getByPlaceholderText('/etc/ssl/company-ca.pem'))
    await user.keyboard('{Control>}zz{/Control}')
    expect(host.sent).toHaveLength(2)
    await act(async () => done.resolve(ok(null)))
    screen.getByText('Undone.')
    await user.keyboard('{Control>}z{/Control}')
    expect(host.sent).toHaveLength(2)
  })

  it('says why it failed, stays, and can be taken again', async () => {
    const { user, host, elapse } = await withHoursRemoved()
    host.answer('preferences.change', () => fail('not_running'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(screen.getByRole('alert').textContent).toContain('not running')
    elapse(60_000)
    host.answer('preferences.change', () => ok(null))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    screen.getByText('Undone.')
  })
})
