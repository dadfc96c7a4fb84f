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
  screen.getByText('For this account they take precedence over the rules for all accounts.')
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

it('an entry that is empty, or in the list already, is not added, and the field says so', async () => {
  const { user, host } = show({ alerts: { ...alerts, rules: [never] }, quiet: { ...quiet, exceptPeople: ['aiko'] } })
  const words = await screen.findByRole('textbox', { name: 'Words' })
  const before = host.sent.length
  await user.click(screen.getByRole('button', { name: 'Add rule' }))
  expect(screen.getByRole('alert').textContent).toBe('Type something first.')
  expect(document.activeElement).toBe(words)
  expect(words.getAttribute('aria-invalid')).toBe('true')
  await user.type(words, ' Weekly  digest ')
  expect(screen.queryByRole('alert')).toBeNull()
  expect(words.getAttribute('aria-invalid')).toBe('false')
  await user.keyboard('{Enter}')
  expect(screen.getByRole('alert').textContent).toBe('“Weekly  digest” is already in this list.')
  // A person may have that name.
  await user.selectOptions(screen.getByLabelText('Rule about'), 'Person')
  expect(screen.queryByRole('alert')).toBeNull()
  await user.type(screen.getByRole('textbox', { name: 'Always allow messages from' }), '@Aiko{Enter}')
  expect(screen.getByRole('alert').textContent).toBe('“@Aiko” is already in this list.')
  expect(host.sent.length).toBe(before)
})

it('a full list says so', async () => {
  const full = Array.from({ length: 200 }, (_, index) => `user${index}`)
  const { user, host } = show({ quiet: { ...quiet, exceptPeople: full } })
  const field = await screen.findByRole('textbox', { name: 'Always allow messages from' })
  const before = host.sent.length
  await user.type(field, 'mika{Enter}')
  expect(screen.getByRole('alert').textContent).toBe('This list is full (200 entries). Remove one first.')
  expect(host.sent.length).toBe(before)
})
