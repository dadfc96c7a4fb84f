// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { account, snapshot } from '../../common/testing/samples.ts'
import type { HostState } from '../host/host.ts'
import { createClock } from '../services/clock.ts'
import { ServicesContext } from '../services/services.ts'
import { createFakeHost } from '../testing/fake-host.ts'
import { loadLazyViews } from '../testing/load-lazy-views.ts'
import { setWidth } from '../testing/set-width.ts'
import { App } from './app.tsx'

await loadLazyViews()

beforeEach(() => {
  vi.useFakeTimers()
  setWidth(360)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const renderAt = (connection: HostState['connection']) => {
  const state: HostState = { connection, snapshot: null }
  const connected = createFakeHost(snapshot({ accounts: [account()] }))
  let isThere = false
  const listeners = new Set<() => void>()
  const host = {
    ...connected,
    getState: () => (isThere ? connected.getState() : state),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const clocks = { minutes: createClock(15_000), seconds: createClock(1000) }
  render(
    <ServicesContext value={{ host, t: createTranslate(), ...clocks }}>
      <App />
    </ServicesContext>,
  )
  return {
    arrive: () =>
      act(() => {
        isThere = true
        for (const listener of listeners) listener()
      }),
  }
}
const wait = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds))

describe('until the first snapshot arrives', () => {
  it('a skeleton of the overview is in its place, and none of it is read out', () => {
    const { arrive } = renderAt('connecting')
    screen.getByRole('heading', { level: 1, name: 'Discourse Notifier' })
    const shape = document.querySelector('main [aria-hidden=true]')
    expect(shape?.children.length).toBeGreaterThan(3)
    expect(shape?.textContent).toBe('')
    arrive()
    expect(screen.getByRole('list', { name: 'Accounts' }).textContent).toContain('Meta')
  })

  it('a wide window has skeletons of both views, and says once that they are loading', () => {
    setWidth(1000)
    renderAt('connecting')
    expect(document.querySelectorAll('[aria-hidden=true] > *').length).toBeGreaterThan(10)
    screen.getByText('All notifications')
    wait(300)
    expect(screen.getAllByText('Loading')).toHaveLength(1)
  })

  it('loading is announced, but only when it takes a while', () => {
    renderAt('connecting')
    wait(299)
    expect(screen.getByRole('status').textContent).toBe('')
    wait(1)
    expect(screen.getByRole('status').textContent).toBe('Loading')
  })

  it('nothing is announced when it loads at once', () => {
    const { arrive } = renderAt('connecting')
    wait(200)
    arrive()
    wait(1000)
    expect(screen.queryByText('Loading')).toBeNull()
  })

  it('a shell that does not respond is reported instead', () => {
    renderAt('lost')
    expect(screen.getByRole('status').textContent).toContain('not running')
  })
})
