// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type DiagnosisReport, type DiagnosisStep, diagnosisSteps } from '../../common/contract/diagnosis.ts'
import { fail, ok } from '../../common/contract/failure.ts'
import { account, minute, now, rust, snapshot } from '../../common/testing/samples.ts'
import { renderApp } from '../testing/render-app.tsx'

const report: DiagnosisReport = {
  platform: 'linux 6.1 x64',
  runtime: 'Node 20',
  log: '/home/eve/.config/discourse-notifier/log',
  crashes: { folder: '/home/eve/.config/discourse-notifier/crashes', count: 0 },
  policy: null,
  desktop: ['trayMissing', 'badgeRefused'],
  accounts: [
    { account: 'account-1', requestsToday: 41, requestsADay: 2880, blockedUntil: null, channel: 'buffered' },
    { account: 'account-2', requestsToday: 2, requestsADay: 100, blockedUntil: now + 5 * minute, channel: 'silent' },
  ],
}

const both = [account(), account({ id: 'account-2', site: rust, username: 'mallory' })]

const showDiagnostics = async (accounts = both, more: Partial<DiagnosisReport> = {}) => {
  const app = renderApp(snapshot({ accounts }))
  app.host.answer('diagnose.report', () => ok({ ...report, ...more }))
  await app.user.click(screen.getByRole('button', { name: 'Settings' }))
  await app.user.click(await screen.findByRole('button', { name: 'Diagnostics' }))
  await screen.findByRole('textbox', { name: 'Report' })
  return app
}

const steps = (some: Partial<Record<string, DiagnosisStep>>): readonly DiagnosisStep[] =>
  diagnosisSteps.map((name) => some[name] ?? { name, outcome: 'skipped' })

const listed = async () =>
  within(await screen.findByRole('list', { name: 'Connection' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

const reportText = () => {
  const box = screen.getByRole('textbox', { name: 'Report' })
  if (!(box instanceof HTMLTextAreaElement)) throw new Error('not a text area')
  return box.value
}

describe('the connection test', () => {
  it('tells of an account how far it went, in words', async () => {
    const { user, host } = await showDiagnostics()
    const failure = fail('access_refused', { host: 'meta.example' }).failure
    host.answer('diagnose.site', () =>
      ok(
        steps({
          address: { name: 'address', outcome: 'ok', fact: { kind: 'host', host: 'meta.example' } },
          name: { name: 'name', outcome: 'ok', fact: null },
          connection: { name: 'connection', outcome: 'ok', fact: null },
          forum: { name: 'forum', outcome: 'ok', fact: { kind: 'apiVersion', version: 4, title: 'Meta' } },
          signIn: { name: 'signIn', outcome: 'ok', fact: { kind: 'methods', methods: ['device', 'paste'] } },
          key: { name: 'key', outcome: 'failed', failure },
        }),
      ),
    )
    await user.click(screen.getByRole('button', { name: 'Test' }))
    expect(await listed()).toEqual([
      'Addressmeta.example',
      'Name lookupOK',
      'ConnectionOK',
      'DiscourseMeta, user API version 4',
      'Signing inshort code, by pasting',
      'Keyfailed: meta.example no longer accepts this computer’s key. Sign in again.',
      'Countsnot tested',
      'Live updatesnot in use now; checked on a timer',
    ])
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('failed')
    expect(host.sent).toContainEqual(['diagnose.site', { account: 'account-1' }])
    expect(reportText()).toContain('test of meta.example\n  address: ok\n')
    expect(reportText()).toContain('  key: failed, access_refused host=meta.example\n')
  })

  it('takes an address that has no account', async () => {
    const { user, host } = await showDiagnostics()
    host.answer('diagnose.site', () =>
      ok(steps({ address: { name: 'address', ...fail('address_invalid'), outcome: 'failed' } })),
    )
    await user.selectOptions(screen.getByLabelText('Forum'), 'Another address')
    await user.type(screen.getByLabelText('Address'), 'eve@nonsense{Enter}')
    expect((await listed())[0]).toContain('This is not a web address.')
    expect(host.sent).toContainEqual(['diagnose.site', { address: 'eve@nonsense' }])
    expect(reportText()).not.toContain('eve@nonsense')
  })
})

describe('the numbers', () => {
  it('tell what was asked of each forum today, and until when it wants to wait', async () => {
    await showDiagnostics()
    screen.getByText(/^41 of 2,880 in 24 hours, a proxy in between holds back live news/)
    screen.getByText(/^2 of 100 in 24 hours, rate limited until .*, the live channel is silent/)
    screen.getByText('linux 6.1 x64')
  })
})

describe('a notification', () => {
  it('is tried out, and said why it was not shown', async () => {
    const { user, host } = await showDiagnostics()
    const failed = { kind: 'failed', reason: 'no answer' } as const
    host.answer('alert.test', () => ok(failed))
    const alerts = within(screen.getByRole('region', { name: 'Alerts' }))
    await user.click(alerts.getByRole('button', { name: 'Send a test notification' }))
    alerts.getByText(/The system did not show the notification \(no answer\)/)
  })
})

describe('what lies on this computer', () => {
  it('is the log, whose folder is opened', async () => {
    const { user, host } = await showDiagnostics()
    // In Arabic too the path begins with its slash.
    expect(screen.getByText('/home/eve/.config/discourse-notifier/log')).toHaveProperty('dir', 'ltr')
    await user.click(screen.getByRole('button', { name: 'Open log folder' }))
    expect(host.sent).toContainEqual(['diagnose.openFolder', { folder: 'log' }])
    host.answer('diagnose.openFolder', () => fail('folder_not_opened', { path: '/log' }))
    await user.click(screen.getByRole('button', { name: 'Open log folder' }))
    screen.getByText('The folder could not be opened from here. Open /log yourself.')
  })

  it('is what crashes have left behind, if there were any', async () => {
    const { user, host } = await showDiagnostics(both, { crashes: { folder: '/crashes', count: 2 } })
    screen.getByText('2 kept on this computer for two weeks')
    await user.click(screen.getByRole('button', { name: 'Open crash folder' }))
    expect(host.sent).toContainEqual(['diagnose.openFolder', { folder: 'crashes' }])
    expect(reportText()).toContain('crashes: 2\n')
  })

  it('is nothing to open where there was no crash', async () => {
    await showDiagnostics()
    screen.getByText('0 kept on this computer for two weeks')
    expect(screen.queryByRole('button', { name: 'Open crash folder' })).toBeNull()
  })
})

describe('what the administrator has decided', () => {
  it('is shown, with what of it is not followed', async () => {
    const file = '/etc/discourse-notifier/policy.json'
    const failures = [fail('policy_invalid', { file, reason: '“upd” is not known' }).failure]
    await showDiagnostics(both, { policy: { file, sites: 2, proxy: 'manual', mayUpdate: false, failures } })
    screen.getByText(`Set for all users in ${file}`)
    const decided = within(screen.getByRole('list', { name: 'Administrator' })).getAllByRole('listitem')
    expect(decided.map(({ textContent }) => textContent)).toEqual(['2 forums suggested', 'proxy set', 'no updates'])
    expect(screen.getByRole('alert').textContent).toContain('“upd” is not known')
    expect(reportText()).toContain('policy: sites 2; proxy manual; updates no; not followed 1\n')
  })

  it('is not spoken of where there is nothing', async () => {
    await showDiagnostics()
    expect(screen.queryByRole('heading', { name: 'Administrator' })).toBeNull()
  })
})

describe('the report', () => {
  it('names forums, but neither users nor anything of theirs', async () => {
    const state = {
      kind: 'stale',
      since: now,
      failure: fail('tls_failed', { host: 'meta.example', reason: '/home/eve' }).failure,
    } as const
    await showDiagnostics([account({ state }), ...both.slice(1)])
    const text = reportText()
    expect(text).toContain('Discourse Notifier 0.1.0')
    expect(text).toContain('account: meta.example, e…')
    expect(text).toContain('account: rust.example, m…')
    expect(text).toContain('state: stale, tls_failed host=meta.example;')
    expect(text).toContain('requests: 2 of 100; blocked until 2026-11-23T12:05:00.000Z')
    expect(text).not.toMatch(/\beve\b|mallory|account-1|avatar|https:/)
  })

  it('is copied', async () => {
    const { user } = await showDiagnostics()
    await user.click(screen.getByRole('button', { name: 'Copy report' }))
    await screen.findByText('Copied.')
    expect(await navigator.clipboard.readText()).toBe(reportText())
  })

  it('goes back to the settings', async () => {
    const { user } = await showDiagnostics()
    await user.click(screen.getByRole('button', { name: 'Back to the settings' }))
    screen.getByRole('heading', { name: 'Settings' })
  })
})
