// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../../common/contract/notification.ts'
import { type AccountPreferences, defaultAccount, defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const accounts = [
  account({ items: [notification({ topic: 7, title: 'Release notes' })] }),
  account({ id: 'account-2', site: rust }),
]
const withOwn = (own: Partial<AccountPreferences>) =>
  snapshot({
    accounts,
    preferences: { ...defaultPreferences, accounts: { 'account-1': { ...defaultAccount, ...own } } },
  })

const show = async (first = snapshot({ accounts })) => {
  const app = renderApp(first, undefined, false, 360, '#/account/account-1')
  await screen.findByRole('heading', { level: 1, name: 'Meta' })
  return app
}

describe('the page of one account', () => {
  it('has a level, a sound, a place in the badge and muted topics of its own', async () => {
    const { user, host } = await show(withOwn({ mutedTopics: [7, 9] }))
    await user.selectOptions(screen.getByLabelText('Show alerts for'), 'nothing')
    await user.click(screen.getByRole('switch', { name: 'Sound' }))
    await user.click(screen.getByRole('switch', { name: 'Count in the badge' }))
    screen.getByText('Topic 9')
    await user.click(screen.getByRole('button', { name: 'Unmute: Release notes' }))
    expect(host.sent).toEqual(
      [{ level: 'nothing' }, { sound: false }, { inBadge: false }, { mutedTopics: [9] }].map((some) => [
        'preferences.change',
        { accounts: { 'account-1': some } },
      ]),
    )
  })

  it('switches alerts by kind, whatever the level is', async () => {
    const kinds = { liked: 'always', boost: 'never', mentioned: 'never' } as const
    const { user, host } = await show(withOwn({ kinds }))
    const likes = within(screen.getByRole('group', { name: 'By kind' })).getByLabelText('Likes')
    expect(likes).toHaveProperty('value', 'mixed')
    await user.selectOptions(likes, 'never')
    const likeKinds = notificationKinds.filter((kind) => /^(liked.*|reaction|boost)$/.test(kind))
    const never = Object.fromEntries(likeKinds.map((kind) => [kind, 'never']))
    expect(host.sent).toEqual([
      ['preferences.change', { accounts: { 'account-1': { kinds: { mentioned: 'never', ...never } } } }],
    ])
  })

  it('is reached from the settings and goes back to the accounts there', async () => {
    const { user } = renderApp(snapshot({ accounts }), undefined, false, 360, '#/settings')
    await user.click(await screen.findByRole('button', { name: 'Alerts of Rust Users as eve' }))
    screen.getByRole('heading', { level: 1, name: 'Rust Users' })
    expect(window.location.hash).toBe('#/account/account-2')
    await user.click(screen.getByRole('button', { name: 'Back to the settings' }))
    expect(window.location.hash).toBe('#/settings/accounts')
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Accounts' }))
  })

  it('that no longer exists shows the settings instead', async () => {
    const { push } = await show()
    push(snapshot())
    await screen.findByRole('heading', { level: 1, name: 'Settings' })
  })
})
