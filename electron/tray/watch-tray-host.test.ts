import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { gracePeriod, watchTrayHost } from './watch-tray-host.ts'

/** Lets promises that are ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const setUp = (first: boolean | undefined, files = createMemoryFiles(), isGnome = false) => {
  const clock = createFakeClock()
  const done: string[] = []
  let isThere = first
  let isMissing = false
  let isLocked = false
  watchTrayHost({
    ask: async () => isThere,
    askLocked: async () => isLocked,
    isGnome,
    clock,
    files,
    notice: ({ code }) => {
      done.push(`notice ${code}`)
      return () => done.push('notice taken back')
    },
    renewIcon: () => done.push('icon renewed'),
    revealWindow: () => done.push('window shown'),
    onChange: (missing) => {
      isMissing = missing
    },
  })
  /** Lets time pass in small steps, so that every look is answered. */
  const pass = async (milliseconds: number): Promise<void> => {
    await settle()
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      clock.advance(1000)
      await settle()
    }
  }
  const become = (next: boolean | undefined): void => {
    isThere = next
  }
  const lock = (locked: boolean): void => {
    isLocked = locked
  }
  return { clock, done, files, lock, watch: { isMissing: () => isMissing }, pass, become }
}

describe('a desktop’s tray', () => {
  it('is left alone when it is there', async () => {
    const { done, watch, pass } = setUp(true)
    await pass(10 * gracePeriod)
    expect([done, watch.isMissing()]).toEqual([[], false])
  })

  it('gets a new icon when its panel starts after us, without a notice', async () => {
    const { done, watch, pass, become } = setUp(false)
    await pass(3000)
    become(true)
    await pass(3000)
    expect([done, watch.isMissing()]).toEqual([['icon renewed'], false])
    await pass(2 * gracePeriod)
    expect(done).toEqual(['icon renewed'])
  })

  it('is said to need an extension on GNOME alone', async () => {
    const { done, pass } = setUp(false, createMemoryFiles(), true)
    await pass(2 * gracePeriod)
    expect(done).toEqual(['notice tray_needs_extension', 'window shown'])
  })

  it('is reported missing once, in a window that is shown for it', async () => {
    const { done, files, watch, pass } = setUp(false)
    await pass(gracePeriod - 2000)
    expect(done).toEqual([])
    await pass(4000)
    expect([done, watch.isMissing()]).toEqual([['notice tray_missing', 'window shown'], true])
    await pass(300_000)
    expect(done).toHaveLength(2)
    // The next start is hidden if it is to be.
    const next = setUp(false, files)
    await next.pass(2 * gracePeriod)
    expect([next.done, next.watch.isMissing()]).toEqual([[], true])
  })

  it('removes the notice when it comes after all, and would show it again', async () => {
    const { done, files, pass, become } = setUp(false)
    await pass(2 * gracePeriod)
    become(true)
    await pass(60_000)
    expect(done.slice(2)).toEqual(['icon renewed', 'notice taken back'])
    const next = setUp(false, files)
    await next.pass(2 * gracePeriod)
    expect(next.done).toEqual(['notice tray_missing', 'window shown'])
  })

  it('gets the icon back when its panel was restarted', async () => {
    const { done, pass, become } = setUp(true)
    await pass(2 * gracePeriod)
    become(false)
    await pass(60_000 + gracePeriod)
    become(true)
    await pass(60_000)
    expect(done).toEqual(['notice tray_missing', 'window shown', 'icon renewed', 'notice taken back'])
  })

  it('gets a new icon when its panel was away only for a moment, without a notice', async () => {
    const { done, pass, become } = setUp(true)
    await pass(58_000)
    become(false)
    await pass(gracePeriod - 5000)
    become(true)
    await pass(5000)
    expect(done).toEqual(['icon renewed'])
  })

  it('is not reported missing while the session is locked, as GNOME removes it then, nor right after', async () => {
    const { done, pass, become, lock } = setUp(true)
    await pass(50_000)
    lock(true)
    become(false)
    await pass(600_000)
    expect(done).toEqual([])
    lock(false)
    await pass(gracePeriod - 2000)
    become(true)
    await pass(70_000)
    expect(done).toEqual(['icon renewed'])
  })

  it('is not reported missing where nobody can be asked', async () => {
    const { done, watch, pass } = setUp(undefined)
    await pass(10 * gracePeriod)
    expect([done, watch.isMissing()]).toEqual([[], false])
  })
})
