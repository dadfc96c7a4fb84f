import { describe, expect, it } from 'vitest'
import { quitInOrder } from './quit.ts'
import { AppDouble, EventDouble } from './testing/electron-double.ts'

/** Lets promises that are ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('quitting', () => {
  const quit = (app: AppDouble): EventDouble => {
    const event = new EventDouble()
    app.emit('before-quit', event)
    return event
  }

  it('waits until everything is written, once, and then quits', async () => {
    const app = new AppDouble()
    let stops = 0
    quitInOrder(app, async () => {
      stops += 1
    })
    expect(quit(app).isPrevented).toBe(true)
    expect(quit(app).isPrevented).toBe(true)
    await settle()
    expect([stops, app.quits]).toEqual([1, 1])
    expect(quit(app).isPrevented).toBe(false)
    expect(stops).toBe(1)
  })

  it('happens also when something could not be written', async () => {
    const app = new AppDouble()
    quitInOrder(app, () => Promise.reject(new Error('full')))
    quit(app)
    await settle()
    expect(app.quits).toBe(1)
  })

  it('does not follow from closing the window', () => {
    const app = new AppDouble()
    quitInOrder(app, () => Promise.resolve())
    // Electron quits by itself only when nobody listens.
    expect(app.listenerCount('window-all-closed')).toBe(1)
    app.emit('window-all-closed')
    expect(app.quits).toBe(0)
  })
})
