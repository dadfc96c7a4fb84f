import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { AppDouble, EventDouble } from '../testing/electron-double.ts'
import { applyGraphics, createGraphics } from './graphics.ts'

const setUp = (files = createMemoryFiles(), version = '45.4.1') => {
  const app = new AppDouble()
  const clock = createFakeClock()
  let offers = 0
  const graphics = createGraphics({ files, version })
  applyGraphics(app, graphics)
  graphics.watch(app, clock, () => {
    offers += 1
  })
  type Gone = Parameters<Parameters<typeof app.on<'child-process-gone'>>[1]>[1]
  const gone = (details: Partial<Gone> = {}): void => {
    app.emit('child-process-gone', new EventDouble(), { type: 'GPU', reason: 'crashed', exitCode: 11, ...details })
  }
  return { app, clock, files, graphics, gone, offers: () => offers }
}

describe('a graphics card whose driver fails', () => {
  it('is turned off after three failures in a minute, and stays off at the next start', async () => {
    const { app, files, gone, offers } = setUp()
    expect(app.isHardwareAccelerated).toBe(true)
    gone()
    gone({ reason: 'launch-failed' })
    expect(setUp(files).app.isHardwareAccelerated).toBe(true)
    gone({ reason: 'oom' })
    // Chromium may give the program up right now.
    const next = setUp(files)
    expect(next.app.isHardwareAccelerated).toBe(false)
    await expect.poll(() => offers()).toBe(1)
    gone()
    expect(offers()).toBe(1)
    for (let more = 0; more < 5; more += 1) next.gone()
    expect(next.offers()).toBe(0)
  })

  it('is tried again with the next version of Electron', () => {
    const { files, gone } = setUp()
    for (let failures = 0; failures < 3; failures += 1) gone()
    expect(setUp(files, '46.0.0').app.isHardwareAccelerated).toBe(true)
  })

  it.each([[{ type: 'Utility' }], [{ reason: 'clean-exit' }]] as const)('is something other than %j', (details) => {
    const { files, gone } = setUp()
    for (let failures = 0; failures < 9; failures += 1) gone(details)
    expect(setUp(files).app.isHardwareAccelerated).toBe(true)
  })

  it('stays on when failures are rare', () => {
    const { clock, graphics, gone } = setUp()
    for (let failures = 0; failures < 9; failures += 1) {
      gone()
      clock.advance(31_000)
    }
    expect(graphics.isOff()).toBe(false)
  })

  it('stays on when the file cannot be read', () => {
    const files = createMemoryFiles()
    files.write('graphics', { failedWith: 45 })
    expect(setUp(files).app.isHardwareAccelerated).toBe(true)
  })
})
