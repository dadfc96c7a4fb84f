// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { defaultPreferences, type Preferences } from '../../common/preferences/preferences.ts'
import { account, now, rust, snapshot } from '../../common/testing/samples.ts'
import { pressEscape, renderApp } from '../testing/render-app.tsx'

const accounts = [account(), account({ id: 'account-2', site: rust })]
const chosen = (some: Partial<Preferences>): Snapshot =>
  snapshot({ accounts, preferences: { ...defaultPreferences, ...some } })

const showSettings = async (first: Snapshot = snapshot({ accounts }), isDesktop = false) => {
  const app = renderApp(first, undefined, isDesktop)
  await app.user.click(screen.getByRole('button', { name: 'Settings' }))
  await screen.findByRole('region', { name: 'Alerts' })
  return app
}

const region = (name: string) => within(screen.getByRole('region', { name }))
const select = (element: HTMLElement) => {
  if (!(element instanceof HTMLSelectElement)) throw new Error('not a select')
  return element
}

describe('the shortcut that opens the window', () => {
  const label = 'Shortcut that opens the window'

  it('is only in the desktop app', async () => {
    await showSettings()
    expect(screen.queryByLabelText(label)).toBeNull()
  })

  it('is recorded by pressing it, and removed with Backspace', async () => {
    const { user, host, push } = await showSettings(snapshot({ accounts }), true)
    const field = screen.getByRole('button', { name: label })
    expect(field.textContent).toBe('None')
    await user.click(field)
    expect(field.textContent).toBe('Press the keys…')
    // Held keys are none yet, and what is no shortcut is waited out.
    await user.keyboard('n{Control>}{Alt>}n{/Alt}{/Control}')
    expect(host.sent).toEqual([['preferences.change', { general: { shortcut: 'Ctrl+Alt+N' } }]])
    push(chosen({ general: { ...defaultPreferences.general, shortcut: 'Ctrl+Alt+N' } }))
    expect(field.textContent).toBe('Ctrl+Alt+N')
    await user.click(field)
    await user.keyboard('{Escape}')
    expect(field.textContent).toBe('Ctrl+Alt+N')
    await user.click(field)
    await user.keyboard('{Backspace}')
    expect(host.sent.at(-1)).toEqual(['preferences.change', { general: { shortcut: null } }])
  })

  it('says where to bind the command instead on Wayland alone, as something to type', async () => {
    await showSettings(snapshot({ accounts }), true)
    expect(region('General').queryByText(/Wayland/)).toBeNull()
    const notices = [{ id: 'n1', at: now, failure: fail('shortcut_on_wayland', { shortcut: 'Ctrl+Alt+T' }).failure }]
    cleanup()
    await showSettings(snapshot({ accounts, notices }), true)
    expect(region('General').getByText(/^On Wayland, Ctrl\+Alt\+T cannot be assigned/)).toBeTruthy()
    expect(region('General').getByText('discourse-notifier --toggle').tagName).toBe('CODE')
  })

  it('shows a refusal beside the field', async () => {
    const notices = [{ id: 'n1', at: now, failure: fail('shortcut_refused', { shortcut: 'Ctrl+Alt+T' }).failure }]
    await showSettings(snapshot({ accounts, notices }), true)
    expect(region('General').getByText(/^Ctrl\+Alt\+T could not be assigned to this app/)).toBeTruthy()
  })
})

describe('a setting', () => {
  it('is sent and shown at once, and the engine has the last word', async () => {
    const { user, host, push } = await showSettings()
    const level = () => select(region('Alerts').getByLabelText('Show alerts for'))
    await user.selectOptions(level(), 'messages')
    expect(host.sent).toEqual([['preferences.change', { alerts: { level: 'messages' } }]])
    expect(level().value).toBe('messages')
    push(chosen({ alerts: { ...defaultPreferences.alerts, level: 'messages' } }))
    expect(level().value).toBe('messages')
    push(chosen({ alerts: { ...defaultPreferences.alerts, level: 'nothing' } }))
    expect(level().value).toBe('nothing')
  })

  it('that was refused shows why beside it, and stays as it was', async () => {
    const { user, host } = await showSettings()
    host.answer('preferences.change', () => fail('settings_not_saved', { reason: 'full' }))
    await user.click(screen.getByRole('switch', { name: 'Allow high-priority alerts' }))
    expect(host.sent).toEqual([['preferences.change', { quiet: { exceptHighPriority: true } }]])
    region('Quiet').getByRole('alert')
    expect(region('Alerts').queryByRole('alert')).toBeNull()
    expect(screen.getByRole('switch', { name: 'Allow high-priority alerts' })).toHaveProperty('checked', false)
  })

  it.each([
    ['Hide names and content', { alerts: { hideContent: true } }],
    ['Hide names and content while the screen is locked', { alerts: { hideContentWhileLocked: false } }],
    ['Respect Do Not Disturb on forums', { quiet: { obeyForum: false } }],
    ['Respect Do Not Disturb on this computer', { quiet: { obeySystem: false } }],
    ['Show new and unread topics', { general: { topicCounts: true } }],
    ['Single-key shortcuts', { general: { singleKeys: false } }],
    ['Count chat messages', { badge: { counts: ['notifications', 'messages', 'reviewables'] } }],
  ])('is a switch: %s', async (name, change) => {
    const { user, host } = await showSettings()
    await user.click(screen.getByRole('switch', { name }))
    expect(host.sent).toEqual([['preferences.change', change]])
  })

  it.each([
    ['Maximum alerts per forum', '10', { alerts: { mostAtOnce: 10 } }],
    ['Beside the icon', 'dot', { badge: { style: 'dot' } }],
    ['Check forums every', '300', { general: { refreshSeconds: 300 } }],
    ['Sound', 'chime', { alerts: { sound: 'chime' } }],
    ['Theme', 'contrast', { appearance: { theme: 'contrast' } }],
    ['Text size', 'largest', { appearance: { textSize: 'largest' } }],
    ['Rows', 'compact', { appearance: { density: 'compact' } }],
    ['Proxy', 'none', { network: { proxy: { kind: 'none' } } }],
  ])('is a choice: %s', async (name, value, change) => {
    const { user, host } = await showSettings()
    await user.selectOptions(screen.getByLabelText(name), value)
    expect(host.sent).toEqual([['preferences.change', change]])
  })

  it('for the volume is only there for our own sounds', async () => {
    const { user, host, push } = await showSettings()
    expect(screen.queryByLabelText('Volume')).toBeNull()
    push(chosen({ alerts: { ...defaultPreferences.alerts, sound: 'drop', volume: 35 } }))
    expect(select(screen.getByLabelText('Volume')).value).toBe('35')
    await user.selectOptions(screen.getByLabelText('Volume'), '80')
    expect(host.sent).toEqual([['preferences.change', { alerts: { volume: 80 } }]])
  })

  it('for updates is only in the desktop app', async () => {
    await showSettings()
    expect(screen.queryByLabelText('Updates')).toBeNull()
    cleanup()
    const { user, host } = renderApp(snapshot(), undefined, true)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.selectOptions(await screen.findByLabelText('Updates'), 'off')
    expect(host.sent).toEqual([['preferences.change', { general: { updates: 'off' } }]])
  })

  it('that the administrator has chosen are shown so, and cannot be changed', async () => {
    const url = 'http://proxy.example.org:3128'
    const preferences = {
      ...defaultPreferences,
      network: { ...defaultPreferences.network, proxy: { kind: 'none' } as const },
    }
    const decided = { proxy: { kind: 'manual', url } as const, mayUpdate: false }
    const { user } = renderApp(snapshot({ preferences, decided }), undefined, true)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    for (const [name, chosen] of [
      ['Proxy', url],
      ['Updates', 'Never check'],
    ] as const) {
      const setting = select(await screen.findByLabelText(name))
      expect([setting.disabled, setting.selectedOptions[0]?.textContent]).toEqual([true, chosen])
      const hint = document.getElementById(setting.getAttribute('aria-describedby') ?? '')
      expect(hint?.textContent).toBe('Set by your administrator')
    }
    expect(screen.queryByLabelText('Address of the proxy')).toBeNull()
  })

  it('for starting at login is there if the shell supports it, and shows what the system does', async () => {
    const { user, host, push } = await showSettings()
    expect(screen.queryByLabelText('Start when I log in')).toBeNull()
    push(snapshot({ openAtLogin: false }))
    await user.click(screen.getByLabelText('Start when I log in'))
    expect(host.sent).toEqual([['preferences.change', { general: { openAtLogin: true } }]])
    expect(screen.getByLabelText('Start when I log in').getAttribute('aria-checked')).toBe('false')
    push(snapshot({ openAtLogin: true }))
    expect(screen.getByLabelText('Start when I log in').getAttribute('aria-checked')).toBe('true')
  })

  it('for forums’ responses names the program that receives them now, and asks for them', async () => {
    const { user, host, push } = await showSettings()
    const label = 'Open sign-in links from the browser'
    expect(screen.queryByLabelText(label)).toBeNull()
    push(snapshot({ linkOwner: { kind: 'other', name: 'DiscourseHub' } }))
    expect(screen.getByLabelText(label).getAttribute('aria-checked')).toBe('false')
    screen.getByText('DiscourseHub opens discourse: links now. Turn this on to use this app instead.')
    await user.click(screen.getByLabelText(label))
    expect(host.sent).toEqual([['preferences.change', { general: { openLinks: true } }]])
    push(snapshot({ linkOwner: { kind: 'ours' } }))
    expect(screen.getByLabelText(label).getAttribute('aria-checked')).toBe('true')
    await user.click(screen.getByLabelText(label))
    expect(host.sent.at(-1)).toEqual(['preferences.change', { general: { openLinks: false } }])
  })

  it('are shown at once when a shell asks with the fragment #settings, which their address replaces', async () => {
    renderApp(snapshot(), undefined, false, 360, '#settings')
    await screen.findByText('Changes apply immediately')
    expect(window.location.hash).toBe('#/settings')
  })

  it('is not reverted by an older snapshot that arrives after its result, but by another choice elsewhere', async () => {
    const { user, push } = await showSettings()
    const theme = () => screen.getByLabelText<HTMLSelectElement>('Theme')
    const withTheme = (chosenTheme: Preferences['appearance']['theme']) =>
      chosen({ appearance: { ...defaultPreferences.appearance, theme: chosenTheme } })
    await user.selectOptions(theme(), 'dark')
    await user.selectOptions(theme(), 'contrast')
    push(withTheme('dark'))
    expect(theme().value).toBe('contrast')
    push(withTheme('light'))
    expect(theme().value).toBe('light')
  })

  it('goes back to where the settings were opened', async () => {
    const { user } = await showSettings()
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }))
  })
})

describe('the look', () => {
  it('follows the snapshot at once, in every view', () => {
    const { push } = renderApp(snapshot())
    const { dataset } = document.documentElement
    expect([dataset['theme'], dataset['density'], dataset['textSize']]).toEqual(['system', 'comfortable', 'default'])
    push(chosen({ appearance: { theme: 'dark', language: 'system', density: 'compact', textSize: 'large' } }))
    expect([dataset['theme'], dataset['density'], dataset['textSize']]).toEqual(['dark', 'compact', 'large'])
  })
})

describe('the test notification', () => {
  it.each([
    [ok({ kind: 'shown' } as const), 'The system accepted it'],
    [ok({ kind: 'refused' } as const), 'turned off'],
    [ok({ kind: 'unsupported' } as const), 'Nothing on this computer shows notifications'],
    [ok({ kind: 'failed', reason: 'no bus' } as const), 'no bus'],
    [fail('internal'), 'Something went wrong inside'],
  ])('tells what happened: %j', async (answer, words) => {
    const { user, host } = await showSettings()
    host.answer('alert.test', () => answer)
    await user.click(screen.getByRole('button', { name: 'Send a test notification' }))
    await waitFor(() => expect(screen.getByRole('region', { name: 'Alerts' }).textContent).toContain(words))
  })
})

describe('quiet', () => {
  it('is paused and resumed', async () => {
    const { user, host, push } = await showSettings()
    await user.selectOptions(screen.getByLabelText('Pause alerts', { selector: 'select' }), '1h')
    push(snapshot({ accounts, quiet: { isQuiet: true, reason: 'paused', until: null } }))
    region('Quiet').getByText('Alerts are paused until you turn them back on')
    await user.selectOptions(screen.getByLabelText('Pause alerts', { selector: 'select' }), 'off')
    expect(host.sent).toEqual([
      ['quiet.pause', { for: '1h' }],
      ['quiet.resume', {}],
    ])
  })

  it('has hours that are added, changed and removed, each change building on the one before', async () => {
    const { user, host, push } = await showSettings()
    await user.click(screen.getByRole('button', { name: 'Add quiet hours' }))
    const all = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }
    const weekend = { days: [6, 7], from: '20:00', to: '10:00' }
    push(chosen({ quiet: { ...defaultPreferences.quiet, hours: [all, weekend] } }))
    const first = within(screen.getByRole('group', { name: 'Quiet hours 1' }))
    await user.click(first.getByRole('checkbox', { name: 'Wednesday' }))
    fireEvent.change(first.getByLabelText('From'), { target: { value: '23:30' } })
    await user.click(screen.getByRole('button', { name: 'Remove quiet hours 1' }))
    const changes = [
      [all],
      [{ ...all, days: [1, 2, 4, 5, 6, 7] }, weekend],
      [{ ...all, days: [1, 2, 4, 5, 6, 7], from: '23:30' }, weekend],
      [weekend],
    ]
    expect(host.sent).toEqual(changes.map((hours) => ['preferences.change', { quiet: { hours } }]))
  })
})

describe('quiet hours without a day', () => {
  it('say that they need one', async () => {
    const hours = [{ days: [3], from: '22:00', to: '07:00' }]
    const { user } = await showSettings(chosen({ quiet: { ...defaultPreferences.quiet, hours } }))
    const first = within(screen.getByRole('group', { name: 'Quiet hours 1' }))
    expect(first.queryByText('Choose at least one day.')).toBeNull()
    await user.click(first.getByRole('checkbox', { name: 'Wednesday' }))
    first.getByText('Choose at least one day.')
    await user.click(first.getByRole('checkbox', { name: 'Friday' }))
    expect(first.queryByText('Choose at least one day.')).toBeNull()
  })
})

describe('the network', () => {
  it('says what is wrong with an address before sending anything', async () => {
    const { user, host } = await showSettings()
    await user.selectOptions(screen.getByLabelText('Proxy'), 'manual')
    await user.type(screen.getByLabelText('Address of the proxy'), 'ftp://proxy.test{Enter}')
    expect(region('Network').getByRole('alert').textContent).toContain('cannot be used here (ftp://proxy.test)')
    expect(host.sent).toEqual([])
    await user.clear(screen.getByLabelText('Address of the proxy'))
    await user.type(screen.getByLabelText('Address of the proxy'), 'proxy.test:3128{Enter}')
    const proxy = { kind: 'manual', url: 'proxy.test:3128' }
    expect(host.sent).toEqual([['preferences.change', { network: { proxy } }]])
  })

  it('keeps what was typed until it is accepted', async () => {
    const { user, host } = await showSettings()
    host.answer('preferences.change', () => fail('settings_not_saved', { reason: 'full' }))
    await user.selectOptions(screen.getByLabelText('Proxy'), 'Manual')
    await user.type(screen.getByLabelText('Address of the proxy'), 'proxy.test:3128{Enter}')
    region('Network').getByRole('alert')
    expect(screen.getByLabelText('Address of the proxy')).toHaveProperty('value', 'proxy.test:3128')
    host.answer('preferences.change', () => ok(null))
    await user.clear(screen.getByLabelText('Address of the proxy'))
    await user.type(screen.getByLabelText('Address of the proxy'), 'none{Enter}')
    await waitFor(() => expect(screen.queryByLabelText('Address of the proxy')).toBeNull())
    expect(host.sent.at(-1)).toEqual(['preferences.change', { network: { proxy: { kind: 'none' } } }])
  })

  it('has certificate files, each with what is wrong with it', async () => {
    const params = { file: '/a.pem', reason: 'no PEM certificate in it' }
    const network = { ...defaultPreferences.network, certificates: ['/a.pem', '/b.pem'] }
    const notices = [{ id: 'n', failure: fail('certificate_unreadable', params).failure, at: now }]
    const { user, host } = await showSettings({ ...chosen({ network }), notices })
    expect(region('Network').getAllByRole('alert')).toHaveLength(1)
    // In Arabic too the path begins with its slash.
    expect(screen.getByText('/b.pem')).toHaveProperty('dir', 'ltr')
    await user.type(screen.getByLabelText('Extra trusted certificates'), '/c.pem{Enter}')
    await user.click(screen.getByRole('button', { name: 'Remove /a.pem' }))
    expect(host.sent).toEqual([
      ['preferences.change', { network: { certificates: ['/a.pem', '/b.pem', '/c.pem'] } }],
      ['preferences.change', { network: { certificates: ['/b.pem', '/c.pem'] } }],
    ])
  })
})

describe('settings as a file', () => {
  it('are saved by the browser', async () => {
    const { user, host } = await showSettings()
    const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x')
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    host.answer('settings.saveFile', () => ok({ outcome: 'browser' }))
    host.answer('settings.export', () => ok({ text: '{"kind":"x"}' }))
    await user.click(screen.getByRole('button', { name: 'Export…' }))
    expect(clicked).toHaveBeenCalledOnce()
    const [blob] = saved.mock.calls[0] ?? []
    if (!(blob instanceof Blob)) throw new Error('no blob')
    expect(await blob.text()).toBe('{"kind":"x"}')
    expect(region('Settings file').getByRole('status').textContent).toBe('Exported.')
  })

  it('are saved by the shell where it has a dialog, and nothing is said when that is cancelled', async () => {
    const { user, host } = await showSettings()
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click')
    host.answer('settings.saveFile', () => ok({ outcome: 'cancelled' }))
    await user.click(screen.getByRole('button', { name: 'Export…' }))
    expect(region('Settings file').getByRole('status').textContent).toBe('')
    host.answer('settings.saveFile', () => ok({ outcome: 'saved' }))
    await user.click(screen.getByRole('button', { name: 'Export…' }))
    await region('Settings file').findByText('Exported.')
    expect(clicked).not.toHaveBeenCalled()
  })

  it('show one message at a time, about the last action', async () => {
    const { user, host } = await showSettings()
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x')
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    host.answer('settings.saveFile', () => ok({ outcome: 'browser' }))
    host.answer('settings.export', () => ok({ text: '{}' }))
    host.answer('settings.import', () => fail('import_unreadable'))
    const here = region('Settings file')
    await user.upload(screen.getByLabelText('Import…', { selector: 'input' }), new File(['?'], 'x.json'))
    await here.findByRole('alert')
    await user.click(screen.getByRole('button', { name: 'Export…' }))
    await here.findByText('Exported.')
    expect(here.queryByRole('alert')).toBeNull()
    await user.upload(screen.getByLabelText('Import…', { selector: 'input' }), new File(['?'], 'x.json'))
    await here.findByRole('alert')
    expect(here.queryByText('Exported.')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(here.queryByRole('alert')).toBeNull()
  })

  it('are imported, and missing accounts can be signed in to', async () => {
    const { user, host } = await showSettings()
    host.answer('settings.import', () => ok({ missing: [{ address: 'https://blender.example', username: 'eve' }] }))
    await user.upload(screen.getByLabelText('Import…', { selector: 'input' }), new File(['{}'], 'settings.json'))
    await screen.findByText('Settings imported.')
    expect(host.sent).toEqual([['settings.import', { text: '{}' }]])
    host.answer('site.inspect', () => fail('offline', { host: 'blender.example' }))
    await user.click(screen.getByRole('button', { name: 'Sign in to https://blender.example as eve' }))
    expect(host.sent.at(-1)).toEqual(['site.inspect', { address: 'https://blender.example' }])
  })

  it('that cannot be read say so', async () => {
    const { user, host } = await showSettings()
    host.answer('settings.import', () => fail('import_unreadable'))
    await user.upload(screen.getByLabelText('Import…', { selector: 'input' }), new File(['?'], 'x.json'))
    const alert = await region('Settings file').findByRole('alert')
    expect(alert.textContent).toContain('nothing was changed')
  })

  it('are reset only after a question', async () => {
    const { user, host } = await showSettings()
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    pressEscape(screen.getByRole('dialog', { name: 'Reset all settings?' }))
    expect(host.sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    await user.click(screen.getByRole('button', { name: 'Reset all settings' }))
    expect(host.sent).toEqual([['settings.reset', {}]])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})

describe('privacy', () => {
  it('says where keys are, and leads to what forums allow', async () => {
    const { user } = await showSettings(snapshot({ accounts, vault: { kind: 'session' } }))
    region('Privacy').getByText('In memory only, until you quit')
    region('Privacy').getByText(/without user names or keys/)
    await user.click(screen.getByRole('button', { name: 'What forums let this computer do' }))
    screen.getByRole('heading', { name: 'Access' })
  })
})
