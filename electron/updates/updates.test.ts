import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../common/contract/failure.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import type { Installation } from './installation.ts'
import { nextLook, type UpdateChoice } from './update-plan.ts'
import { createUpdates, type Updater } from './updates.ts'

const minute = 60_000
const hour = 60 * minute
const page = 'https://github.com/someone/discourse-notifier/releases'

const setUp = (options: { installation?: Installation; isAllowed?: boolean; choice?: UpdateChoice } = {}) => {
  const clock = createFakeClock()
  const notices = new Set<Failure>()
  const world = {
    newest: undefined as string | undefined,
    trouble: undefined as Error | undefined,
    choice: options.choice ?? 'ask',
    loads: 0,
    looks: 0,
    downloads: 0,
  }
  const updater: Updater = {
    look: async () => {
      world.looks += 1
      if (world.trouble !== undefined) throw world.trouble
      return world.newest
    },
    download: async () => {
      world.downloads += 1
      if (world.trouble !== undefined) throw world.trouble
    },
  }
  const updates = createUpdates({
    installation: options.installation ?? 'self',
    isAllowed: options.isAllowed ?? true,
    openUpdater: async () => {
      world.loads += 1
      return updater
    },
    clock,
    page,
  })
  updates.start({
    choice: () => world.choice,
    notice: (failure) => {
      notices.add(failure)
      return () => notices.delete(failure)
    },
  })
  /** Lets so much time pass, and what follows from it happen. */
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds)
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return { updates, world, pass, shown: () => [...notices] }
}

type Rig = ReturnType<typeof setUp>

describe('updates', () => {
  let rig: Rig

  beforeEach(() => {
    rig = setUp()
  })

  it('are checked for a minute after the start, and then once a day; nothing is loaded before', async () => {
    await rig.pass(minute - 1)
    expect(rig.world.loads).toBe(0)
    await rig.pass(1)
    expect(rig.world).toMatchObject({ loads: 1, looks: 1 })
    await rig.pass(24 * hour - 1)
    expect(rig.world.looks).toBe(1)
    await rig.pass(1)
    expect(rig.world).toMatchObject({ loads: 1, looks: 2, downloads: 0 })
    expect(rig.shown()).toEqual([])
  })

  it('are offered once for each version, and downloaded only when the user asks', async () => {
    rig.world.newest = '2.0.0'
    await rig.pass(minute)
    expect(rig.shown()).toEqual([{ code: 'update_available', params: { version: '2.0.0' } }])
    await rig.pass(48 * hour)
    expect(rig.shown()).toHaveLength(1)
    expect(rig.world.downloads).toBe(0)
    expect(await rig.updates.download()).toEqual({ ok: true, value: null })
    expect(rig.shown()).toEqual([{ code: 'update_ready', params: { version: '2.0.0' } }])
    await rig.updates.download()
    expect(rig.world.downloads).toBe(1)
  })

  it('superseded before they were downloaded are shown as the newest one', async () => {
    rig.world.newest = '2.0.0'
    await rig.pass(minute)
    rig.world.newest = '2.0.1'
    await rig.pass(24 * hour)
    expect(rig.shown()).toEqual([{ code: 'update_available', params: { version: '2.0.1' } }])
  })

  it('are downloaded automatically if the user chose that', async () => {
    rig = setUp({ choice: 'download' })
    rig.world.newest = '2.0.0'
    await rig.pass(minute)
    expect(rig.world.downloads).toBe(1)
    expect(rig.shown()).toEqual([{ code: 'update_ready', params: { version: '2.0.0' } }])
  })

  it('that could not be downloaded stay on offer, and can be requested again', async () => {
    rig.world.newest = '2.0.0'
    await rig.pass(minute)
    rig.world.trouble = new Error('no network')
    expect(await rig.updates.download()).toEqual({ ok: false, failure: { code: 'update_failed' } })
    expect(rig.shown()).toMatchObject([{ code: 'update_available' }])
    rig.world.trouble = undefined
    expect(await rig.updates.download()).toMatchObject({ ok: true })
  })

  it('are only announced when the program is installed some other way', async () => {
    rig = setUp({ installation: 'elsewhere', choice: 'download' })
    rig.world.newest = '2.0.0'
    await rig.pass(minute)
    expect(rig.shown()).toEqual([{ code: 'update_elsewhere', params: { version: '2.0.0', page } }])
    expect(await rig.updates.download()).toEqual({ ok: false, failure: { code: 'update_none' } })
    expect(rig.world.downloads).toBe(0)
  })

  it.each<[string, Parameters<typeof setUp>[0]]>([
    ['where there is no way to update', { installation: 'none' }],
    ['where the administrator forbids it', { isAllowed: false }],
    ['where the user switched it off', { choice: 'off' }],
  ])('are never looked for %s', async (_name, options) => {
    rig = setUp(options)
    rig.world.newest = '2.0.0'
    for (let day = 0; day < 5; day += 1) await rig.pass(24 * hour)
    expect(rig.world).toMatchObject({ loads: 0, looks: 0, downloads: 0 })
    expect(await rig.updates.download()).toMatchObject({ failure: { code: 'update_none' } })
  })

  it('are checked for again when the user switches them on', async () => {
    rig = setUp({ choice: 'off' })
    await rig.pass(minute)
    rig.world.choice = 'ask'
    rig.world.newest = '2.0.0'
    await rig.pass(24 * hour)
    expect(rig.shown()).toMatchObject([{ code: 'update_available' }])
  })

  it('that cannot be checked for bother nobody, and are checked for at growing intervals', async () => {
    rig.world.trouble = new Error('no network')
    await rig.pass(minute)
    for (let passed = 0; passed < 24; passed += 1) await rig.pass(hour)
    // After 1, 2, 4 and 8 hours; the next would be 16 hours on.
    expect(rig.world.looks).toBe(5)
    expect(rig.shown()).toEqual([])
    expect([1, 2, 3, 6, 60].map((failures) => nextLook(failures) / hour)).toEqual([1, 2, 4, 24, 24])
  })

  it('whose library fails to load are tried again at the next check', async () => {
    const openUpdater = vi.fn(() => Promise.reject(new Error('damaged')))
    const clock = createFakeClock()
    const notice = vi.fn(() => () => undefined)
    createUpdates({
      installation: 'self',
      isAllowed: true,
      openUpdater,
      clock,
      page,
    }).start({ choice: () => 'ask', notice })
    for (const span of [minute, hour]) {
      clock.advance(span)
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    }
    expect(openUpdater).toHaveBeenCalledTimes(2)
    expect(notice).not.toHaveBeenCalled()
  })
})
