// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const never = { about: 'words', text: 'weekly digest', alert: 'never' } as const
const { alerts, quiet } = defaultPreferences
const show = (some: Partial<typeof defaultPreferences> = {}, address = '#/settings') =>
  renderApp(
    snapshot({ accounts: [account()], preferences: { ...defaultPreferences, ...some } }),
    undefined,
    false,
    360,
    address,
  )

it('rules are added with Enter, named by their words, and removed one by one', async () => {
  const { user, host } = show({ alerts: { ...alerts, rules: [never] } })
  const list = within(await screen.findByRole('list', { name: 'Rules' }))
  list.getByText('weekly digest')
  await user.selectOptions(screen.getByLabelText('Rule about'), 'Person')
  await user.selectOptions(screen.getByLabelText('Alert'), 'Always')
  await user.type(screen.getByRole('textbox', { name: 'Person' }), ' @mika {Enter}')
  const rules = [never, { about: 'person', text: '@mika', alert: 'always' }]
  expect(host.sent.at(-1)).toEqual(['preferences.change', { alerts: { rules } }])
  await user.click(list.getByRole('button', { name: 'Remove “weekly digest”' }))
  expect(host.sent.at(-1)).toEqual(['preferences.change', { alerts: { rules: rules.slice(1) } }])
  await screen.findByText('“weekly digest” removed.')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(host.sent.at(-1)).toEqual(['preferences.change', { alerts: { rules } }])
})

it('an account has rules of its own', async () => {
  const { user, host } = show({}, '#/account/account-1')
  await user.type(await screen.findByRole('textbox', { name: 'Words' }), 'cats{Enter}')
  const rules = [{ about: 'words', text: 'cats', alert: 'never' }]
  expect(host.sent.at(-1)).toEqual(['preferences.change', { accounts: { 'account-1': { rules } } }])
})

it('people whose messages pass quiet hours are listed', async () => {
  const { user, host } = show({ quiet: { ...quiet, exceptPeople: ['aiko'] } })
  const label = 'Always allow messages from'
  within(await screen.findByRole('list', { name: label })).getByText('aiko')
  await user.type(screen.getByRole('textbox', { name: label }), 'mika{Enter}')
  expect(host.sent.at(-1)).toEqual(['preferences.change', { quiet: { exceptPeople: ['aiko', 'mika'] } }])
})

it('an entry that is removed leaves the focus at the next one, then at the one before, then where entries are added', async () => {
  const people = ['aiko', 'mika', 'tomas']
  const { user, host } = show({ quiet: { ...quiet, exceptPeople: people } })
  const label = 'Always allow messages from'
  await screen.findByRole('list', { name: label })
  const remove = (name: string) => screen.getByRole('button', { name: `Remove “${name}”` })
  remove('mika').focus()
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(remove('tomas'))
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(remove('aiko'))
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: label }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(host.sent.at(-1)).toEqual(['preferences.change', { quiet: { exceptPeople: ['aiko'] } }])
})
