import { EventEmitter } from 'node:events'
import type { Notification as ElectronNotification } from 'electron'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createMemoryFiles } from '../../test/rig/memory-files.ts'
import { openAlertTargets } from './alert-targets.ts'
import { handlePreviousNotifications, type NotificationHistory } from './previous-notifications.ts'

// Electron's own class fits the port; a change of its types breaks the build.
const fits = (real: typeof ElectronNotification): NotificationHistory => real

class Earlier extends EventEmitter<{ click: [] }> {
  readonly id: string
  constructor(id: string) {
    super()
    this.id = id
  }
}

const setUp = async (platform: NodeJS.Platform, earlier: readonly Earlier[] | Error = []) => {
  const clock = createFakeClock()
  let click: (details: { type: string; arguments: string }) => void = () => undefined
  const target = { account: 'a1', url: 'https://meta.example/t/7' }
  const targets = openAlertTargets(createMemoryFiles())
  targets.remember('a1-7', target)
  let clickedAt = 0
  let opened = 0
  const openedTargets: unknown[] = []
  await handlePreviousNotifications({
    platform,
    history: {
      handleActivation: (callback) => {
        click = callback
      },
      getHistory: async () => {
        if (earlier instanceof Error) throw earlier
        return earlier
      },
    },
    clickedAt: () => clickedAt,
    targets,
    openTarget: (found) => openedTargets.push(found),
    openApp: () => {
      opened += 1
    },
    clock,
  })
  const take = () => {
    clickedAt = clock.now()
  }
  const clickOn = (tag: string, type = 'click') => click({ type, arguments: `type=${type}&tag=${tag}` })
  return { clock, target, openedTargets, click: clickOn, take, opened: () => opened }
}

describe('a notification of an earlier run', () => {
  it('shows the app when it is clicked on Windows, even when that click started it', async () => {
    const { clock, click, opened } = await setUp('win32')
    click('a1-8')
    clock.advance(300)
    expect(opened()).toBe(1)
  })

  it('opens its post where that is known', async () => {
    const { clock, click, target, openedTargets, opened } = await setUp('win32')
    click('a1-7')
    clock.advance(300)
    expect([openedTargets, opened()]).toEqual([[target], 0])
    // A button's command is not known any more.
    click('a1-7', 'action')
    clock.advance(300)
    expect([openedTargets, opened()]).toEqual([[target], 1])

    const known = new Earlier('a1-7')
    const mac = await setUp('darwin', [known])
    known.emit('click')
    expect([mac.openedTargets, mac.opened()]).toEqual([[mac.target], 0])
  })

  it.each([
    ['before', -100],
    ['after', 100],
  ])('is told from one of this run, whose own click comes %s', async (_, offset) => {
    const { clock, click, take, opened, openedTargets } = await setUp('win32')
    if (offset < 0) take()
    clock.advance(100)
    click('a1-7')
    clock.advance(100)
    if (offset > 0) take()
    clock.advance(1000)
    expect([openedTargets, opened()]).toEqual([[], 0])
  })

  it('shows the app when it is clicked in the notification centre of macOS', async () => {
    const earlier = new Earlier('a1-8')
    const { opened } = await setUp('darwin', [earlier])
    earlier.emit('click')
    expect(opened()).toBe(1)
  })

  it('may be one that macOS does not report', async () => {
    const { opened } = await setUp('darwin', new Error('not allowed'))
    expect(opened()).toBe(0)
  })

  it('is not asked for on Linux, where it ended with its sender', async () => {
    const { clock, click, opened } = await setUp('linux', new Error('must not be asked'))
    click('a1-7')
    clock.advance(1000)
    expect([opened(), fits.length]).toEqual([0, 1])
  })
})
