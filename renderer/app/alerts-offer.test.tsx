// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { account, now, snapshot } from '../../common/testing/samples.ts'
import type { AlertsOffer, AlertsOfferState } from '../host/host.ts'
import { createClock } from '../services/clock.ts'
import { ServicesContext } from '../services/services.ts'
import { createFakeHost } from '../testing/fake-host.ts'
import { loadLazyViews } from '../testing/load-lazy-views.ts'
import { setWidth } from '../testing/set-width.ts'
import { App } from './app.tsx'

/** An offer that the user answers so, and that can be made later than the first view is shown. */
const offerWith = (answer: AlertsOfferState, first: AlertsOfferState = 'offered') => {
  const listeners = new Set<() => void>()
  let state = first
  const set = (next: AlertsOfferState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    set,
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    accept: async () => set(answer),
  } satisfies AlertsOffer & { readonly set: typeof set }
}

const accept = async (answer: AlertsOfferState, first = snapshot({ accounts: [account()] })) => {
  const host = { ...createFakeHost(first), alerts: offerWith(answer) }
  const clock = { minutes: createClock(15_000, () => now), seconds: createClock(1000, () => now) }
  const { unmount } = render(
    <ServicesContext value={{ host, t: createTranslate(), ...clock }}>
      <App />
    </ServicesContext>,
  )
  const button = () => screen.queryByRole('button', { name: 'Show notifications' })
  expect(screen.queryByText(/This browser blocks notifications/)).toBeNull()
  await userEvent.setup().click(button() ?? document.body)
  return { button, unmount }
}

// As wide as the popup.
setWidth(360)

await loadLazyViews()

beforeEach(() => {
  window.localStorage.clear()
  window.history.replaceState(null, '', '#/')
})
afterEach(cleanup)

describe('the offer to show notifications', () => {
  it('that the browser refuses says once what the user can do', async () => {
    const { button, unmount } = await accept('denied')
    expect(button()).toBeNull()
    expect(
      screen.getByText(/^This browser blocks notifications from this page\. Allow/).closest('[role=status]'),
    ).not.toBeNull()
    unmount()
  })

  it('is made once: after it is dismissed, it is only in the settings', async () => {
    const host = { ...createFakeHost(snapshot({ accounts: [account()] })), alerts: offerWith('none') }
    const clock = { minutes: createClock(15_000, () => now), seconds: createClock(1000, () => now) }
    const show = () =>
      render(
        <ServicesContext value={{ host, t: createTranslate(), ...clock }}>
          <App />
        </ServicesContext>,
      )
    const { unmount } = show()
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Not now' }))
    expect(screen.queryByRole('button', { name: 'Show notifications' })).toBeNull()
    unmount()
    show()
    expect(screen.queryByRole('button', { name: 'Show notifications' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await screen.findByRole('button', { name: 'Show notifications' })
  })

  it('that comes after the first rows waits for the next view, where it moves nothing', async () => {
    const alerts = offerWith('none', 'none')
    const host = { ...createFakeHost(snapshot({ accounts: [account()] })), alerts }
    const clock = { minutes: createClock(15_000, () => now), seconds: createClock(1000, () => now) }
    render(
      <ServicesContext value={{ host, t: createTranslate(), ...clock }}>
        <App />
      </ServicesContext>,
    )
    act(() => alerts.set('offered'))
    expect(screen.queryByRole('button', { name: 'Show notifications' })).toBeNull()
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Access' }))
    await user.click(screen.getByRole('button', { name: 'Back to the overview' }))
    await screen.findByRole('button', { name: 'Show notifications' })
  })

  it.each([
    ['all notifications', 'All', () => screen.findByRole('searchbox'), 0],
    ['access', 'Access', () => screen.findByRole('table'), 0],
    [
      'the settings, which have one of their own',
      'Settings',
      () => screen.findByRole('heading', { name: 'Alerts' }),
      1,
    ],
  ])('is not made again above %s in the popup', async (_, name, opened, count) => {
    const host = { ...createFakeHost(snapshot({ accounts: [account()] })), alerts: offerWith('none') }
    const clock = { minutes: createClock(15_000, () => now), seconds: createClock(1000, () => now) }
    render(
      <ServicesContext value={{ host, t: createTranslate(), ...clock }}>
        <App />
      </ServicesContext>,
    )
    screen.getByRole('button', { name: 'Show notifications' })
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name }))
    await opened()
    expect(screen.queryAllByRole('button', { name: 'Show notifications' })).toHaveLength(count)
  })

  it.each([
    ['in a banner', snapshot({ accounts: [account()] })],
    ['among what a newcomer may choose', snapshot()],
  ])('that is taken goes without a word: %s', async (_, first) => {
    const { button, unmount } = await accept('none', first)
    expect(button()).toBeNull()
    expect(screen.queryByText(/This browser blocks notifications/)).toBeNull()
    unmount()
  })
})
