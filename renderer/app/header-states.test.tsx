// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type FailureCode, fail, ok } from '../../common/contract/failure.ts'
import type { AccountState, Snapshot } from '../../common/contract/snapshot.ts'
import { defaultAccount, defaultPreferences } from '../../common/preferences/preferences.ts'
import { account, minute, now, snapshot } from '../../common/testing/samples.ts'
import { stateIcon } from '../home/state-sign.tsx'
import { renderApp } from '../testing/render-app.tsx'

const failure = (code: FailureCode) => fail(code, { host: 'meta.example' }).failure
const header = () => within(screen.getByRole('banner'))
/** What the header says besides what is new. */
const states = () => [
  ...(header()
    .getAllByText(/not reachable|paused/)[0]
    ?.closest('p')?.children ?? []),
]

const inStates = (kinds: readonly AccountState[], some: Partial<Snapshot> = {}) =>
  snapshot({ accounts: kinds.map((state, at) => account({ id: `account-${at}`, state })), ...some })

describe('the header', () => {
  it('counts accounts in each condition, the most urgent first, each with an icon', () => {
    const since = now
    const muted = { ...defaultAccount, level: 'nothing' } as const
    renderApp(
      inStates(
        [
          { kind: 'fresh' },
          { kind: 'limited', until: now + minute },
          { kind: 'offline', since, failure: failure('offline') },
          { kind: 'stale', since, failure: failure('connection_refused') },
          { kind: 'stale', since, failure: failure('site_unavailable') },
          { kind: 'maintenance', since, failure: failure('site_maintenance') },
          { kind: 'needsSignIn', failure: failure('access_refused') },
        ],
        { preferences: { ...defaultPreferences, accounts: { 'account-0': muted } } },
      ),
    )
    expect(states().map(({ textContent }) => textContent)).toEqual([
      '1 needs you',
      '2 not reachable',
      '2 not up to date',
      '1 rate limited',
      '1 muted',
    ])
    expect(states().every((state) => state.querySelector('svg') !== null)).toBe(true)
  })

  it('has no icon twice, neither for two states nor for a state and a button', () => {
    const since = now
    const kinds: readonly AccountState[] = [
      { kind: 'limited', until: now + minute },
      { kind: 'offline', since, failure: failure('offline') },
      { kind: 'stale', since, failure: failure('site_unavailable') },
      { kind: 'needsSignIn', failure: failure('access_refused') },
      { kind: 'revoking', failure: null },
      { kind: 'fresh' },
    ]
    const muted = { ...defaultPreferences, accounts: { 'account-5': { ...defaultAccount, level: 'nothing' } } } as const
    const quiet = { isQuiet: true, reason: 'hours', until: now + minute } as const
    renderApp(inStates(kinds, { preferences: muted, quiet }))
    const drawn = [...screen.getByRole('banner').querySelectorAll('svg')].map((svg) => svg.getAttribute('class'))
    // Seven states and four buttons.
    expect(drawn).toHaveLength(11)
    expect(new Set(drawn).size).toBe(11)
  })

  it.each<AccountState>([
    { kind: 'needsSignIn', failure: failure('access_refused') },
    { kind: 'locked' },
    { kind: 'offline', since: now, failure: failure('offline') },
    { kind: 'stale', since: now, failure: failure('site_unavailable') },
    { kind: 'maintenance', since: now, failure: failure('site_maintenance') },
    { kind: 'limited', until: now },
    { kind: 'revoking', failure: null },
  ])('$kind has an icon that is no button of the header', (state) => {
    expect(['key', 'settings', 'refresh', 'pause', 'play']).not.toContain(stateIcon(state))
  })

  it('says when a pause and quiet hours end', () => {
    const later = now + 60 * minute
    const preferences = {
      ...defaultPreferences,
      quiet: { ...defaultPreferences.quiet, pausedUntil: now + 30 * minute },
    }
    const holds = [
      { reason: 'paused' as const, until: now + 30 * minute },
      { reason: 'hours' as const, until: later },
    ]
    const quiet = { isQuiet: true, reason: 'paused' as const, until: later, holds }
    renderApp(inStates([{ kind: 'fresh' }], { preferences, quiet }))
    expect(states().map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Alerts are paused until .*:30.*/),
      expect.stringMatching(/^Quiet hours until .*:00/),
    ])
  })

  it('shows that a check was made', async () => {
    const { user, host, push } = renderApp(inStates([{ kind: 'fresh' }]))
    expect(header().queryByText(/checked/)).toBeNull()
    host.answer('account.refresh', () => ok(null))
    await user.click(header().getByRole('button', { name: 'Check now' }))
    push(snapshot({ accounts: [account({ checkedAt: now })] }))
    await header().findByText('checked just now')
  })
})
