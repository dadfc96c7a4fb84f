// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { firstPaint } from './first-paint.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'performance'] }))
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** Whether it has resolved after so many milliseconds, which pass one frame after the other. */
const isOverAfter = async (painted: Promise<void>, milliseconds: number): Promise<boolean> => {
  let isOver = false
  void painted.then(() => {
    isOver = true
  })
  await vi.advanceTimersByTimeAsync(milliseconds)
  return isOver
}

describe('the first paint', () => {
  it('is that of the first snapshot, not of the skeleton', async () => {
    document.body.innerHTML = '<header><h1>Discourse Notifier</h1></header><main></main>'
    const painted = firstPaint(window)
    expect(await isOverAfter(painted, 500)).toBe(false)
    document.body.innerHTML = '<header><button>Settings</button></header>'
    expect(await isOverAfter(painted, 200)).toBe(true)
  })

  it('is not waited for in a hidden tab, where no frame comes', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    const painted = firstPaint(window)
    expect(await isOverAfter(painted, 999)).toBe(false)
    expect(await isOverAfter(painted, 1)).toBe(true)
    vi.unstubAllGlobals()
  })
})
