import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { AppDouble, EventDouble, PowerDouble } from '../testing/electron-double.ts'
import { quitInOrder, quitTimeout } from './quit.ts'

/** Lets promises that are ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const setUp = (stop: () => Promise<void> = () => Promise.resolve()) => {
  const app = new AppDouble()
  const power = new PowerDouble()
  const clock = createFakeClock()
  const ends: string[] = []
  let isKeychainBusy = false
  quitInOrder({ app, power, clock, stop, isKeychainBusy: () => isKeychainBusy, kill: () => ends.push('killed') })
  const quit = (): EventDouble => {
    const event = new EventDouble()
    app.emit('before-quit', event)
    return event
  }
  /** What Electron tells once the windows are closed. */
  const leave = (): void => {
    app.emit('will-quit')
    app.emit('quit')
  }
  return { app, power, clock, ends, quit, leave, holdUp: () => (isKeychainBusy = true) }
}

describe('quitting', () => {
  it('waits until everything is written, once, and then quits', async () => {
    let stops = 0
    const { app, clock, quit } = setUp(async () => {
      stops += 1
    })
    expect(quit().isPrevented).toBe(true)
    expect(quit().isPrevented).toBe(true)
    await settle()
    expect([stops, app.quits, clock.pending()]).toEqual([1, 1, 0])
    expect(quit().isPrevented).toBe(false)
    expect(stops).toBe(1)
  })

  it('goes on when a session that ends has ended the GPU process before it', () => {
    const { app, quit } = setUp()
    expect(app.commandLine.switches.has('disable-gpu-process-crash-limit')).toBe(false)
    quit()
    expect(app.commandLine.switches.has('disable-gpu-process-crash-limit')).toBe(true)
  })

  it('happens even when something could not be written', async () => {
    const { app, quit } = setUp(() => Promise.reject(new Error('full')))
    quit()
    await settle()
    expect(app.quits).toBe(1)
  })

  it('is delayed by a second at most', async () => {
    let finish: () => void = () => undefined
    const { app, clock, quit } = setUp(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    quit()
    clock.advance(quitTimeout - 1)
    expect(app.quits).toBe(0)
    clock.advance(1)
    expect(app.quits).toBe(1)
    expect(quit().isPrevented).toBe(false)
    finish()
    await settle()
    expect(app.quits).toBe(1)
  })

  it('does not follow from closing the window', () => {
    const { app } = setUp()
    // Electron quits by itself only when nobody listens.
    expect(app.listenerCount('window-all-closed')).toBe(1)
    app.emit('window-all-closed')
    expect(app.quits).toBe(0)
  })

  it('comes before a shutdown, which is asked to wait', () => {
    const { app, power } = setUp()
    const event = new EventDouble()
    power.emit('shutdown', event)
    expect([event.isPrevented, app.quits]).toEqual([true, 1])
  })

  it('kills the process at the very end when a keychain holds it up', () => {
    const { app, ends, leave, holdUp } = setUp()
    holdUp()
    // An updater that installs when the program quits.
    app.on('quit', () => ends.push('installed'))
    leave()
    expect(ends).toEqual(['installed', 'killed'])
  })

  it('leaves the end of the process to the system otherwise', () => {
    const { ends, leave } = setUp()
    leave()
    expect(ends).toEqual([])
  })
})
