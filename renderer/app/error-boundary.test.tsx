// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { snapshot } from '../../common/testing/samples.ts'
import { createClock } from '../services/clock.ts'
import { ServicesContext } from '../services/services.ts'
import { createFakeHost } from '../testing/fake-host.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { lazyComponent } from './lazy-component.tsx'

// React reports what a boundary has caught.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

/** A view whose code cannot be loaded until that is mended. */
const setUp = async () => {
  let isServed = false
  const load = vi.fn(async () => {
    if (!isServed) throw new TypeError('Failed to fetch dynamically imported module')
    return () => <p>The view</p>
  })
  const View = lazyComponent(load)
  const services = { host: createFakeHost(snapshot()), t: createTranslate() }
  const clocks = { minutes: createClock(15_000), seconds: createClock(1000) }
  const page = (retryKey: string) => (
    <ServicesContext value={{ ...services, ...clocks }}>
      <h1>The page</h1>
      <ErrorBoundary retryKey={retryKey}>
        <Suspense fallback="…">
          <View />
        </Suspense>
      </ErrorBoundary>
    </ServicesContext>
  )
  const { rerender } = await act(async () => render(page('lost')))
  await screen.findByRole('alert')
  const user = userEvent.setup()
  return {
    load,
    tryAgain: () => act(() => user.click(screen.getByRole('button', { name: 'Try again' }))),
    serve: () => {
      isServed = true
    },
    reconnect: () => act(async () => rerender(page('connected'))),
  }
}

describe('a view that could not be loaded', () => {
  it('leaves the rest of the page as it is, and is loaded again on Try again', async () => {
    const { tryAgain, serve, load } = await setUp()
    screen.getByRole('heading', { name: 'The page' })
    expect(screen.queryByRole('button', { name: 'Reload page' })).toBeNull()
    const before = load.mock.calls.length
    await tryAgain()
    await screen.findByRole('button', { name: 'Reload page' })
    expect(load.mock.calls.length).toBeGreaterThan(before)
    serve()
    await tryAgain()
    await screen.findByText('The view')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('loads automatically once the notifier responds again', async () => {
    const { serve, reconnect } = await setUp()
    serve()
    await reconnect()
    await screen.findByText('The view')
  })
})
