// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './clock.ts'

beforeEach(() => void vi.useFakeTimers({ now: 60_000 }))
afterEach(() => void vi.useRealTimers())

describe('the shared clock', () => {
  it('gives the same time until the next tick', () => {
    const clock = createClock(15_000)
    vi.setSystemTime(74_999)
    expect(clock.now()).toBe(60_000)
    vi.setSystemTime(75_000)
    expect(clock.now()).toBe(75_000)
  })

  it('ticks for all who look, and not at all when nobody does', () => {
    const clock = createClock(15_000)
    const [one, other] = [vi.fn(), vi.fn()]
    const ends = [clock.subscribe(one), clock.subscribe(other)]
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(30_000)
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 2])
    for (const end of ends) end()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ticks at once when the page is shown again', () => {
    const listener = vi.fn()
    const end = createClock(15_000).subscribe(listener)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(listener).toHaveBeenCalledTimes(1)
    end()
  })
})
