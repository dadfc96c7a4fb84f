import { EventEmitter } from 'node:events'
import type { Notification as ElectronNotification } from 'electron'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { handlePreviousNotifications, type NotificationHistory } from './previous-notifications.ts'

// Electron's own class fits the port; a change of its types breaks the build.
const fits = (real: typeof ElectronNotification): NotificationHistory => real

const setUp = async (platform: NodeJS.Platform, earlier: readonly EventEmitter[] | Error = []) => {
  const clock = createFakeClock()
  let click: () => void = () => undefined
  let clickedAt = 0
  let opened = 0
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
    openApp: () => {
      opened += 1
    },
    clock,
  })
  const take = () => {
    clickedAt = clock.now()
  }
  return { clock, click: () => click(), take, opened: () => opened }
}

describe('a notification of an earlier run', () => {
  it('shows the program when it is clicked on Windows, also when that started it', async () => {
    const { clock, click, opened } = await setUp('win32')
    click()
    clock.advance(300)
    expect(opened()).toBe(1)
  })

  it.each([
    ['before', -100],
    ['after', 100],
  ])('is told from one of this run, whose own click comes %s', async (_, offset) => {
    const { clock, click, take, opened } = await setUp('win32')
    if (offset < 0) take()
    clock.advance(100)
    click()
    clock.advance(100)
    if (offset > 0) take()
    clock.advance(1000)
    expect(opened()).toBe(0)
  })

  it('shows the program when it is clicked in the notification centre of macOS', async () => {
    const earlier = new EventEmitter()
    const { opened } = await setUp('darwin', [earlier])
    earlier.emit('click')
    expect(opened()).toBe(1)
  })

  it('may be one that macOS does not tell of', async () => {
    const { opened } = await setUp('darwin', new Error('not allowed'))
    expect(opened()).toBe(0)
  })

  it('is not asked for on Linux, where it ended with its sender', async () => {
    const { clock, click, opened } = await setUp('linux', new Error('must not be asked'))
    click()
    clock.advance(1000)
    expect([opened(), fits.length]).toEqual([0, 1])
  })
})
