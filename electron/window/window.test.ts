import type { Rectangle } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { EventDouble, WindowDouble } from '../testing/electron-double.ts'
import type { Anchor } from '../tray/tray-anchor.ts'
import { clickTakesFocus, createAppWindow, windowOptions } from './window.ts'
import { hiddenLifetime, readyTimeout } from './window-holder.ts'

const setUp = (isWayland = false) => {
  const clock = createFakeClock()
  const made: WindowDouble[] = []
  const links: string[] = []
  const events: string[] = []
  let anchor: Anchor | undefined
  const window = createAppWindow({
    create: () => {
      const double = new WindowDouble()
      made.push(double)
      return double
    },
    clock,
    openLink: (url) => links.push(url),
    title: () => '(3) Discourse Notifier',
    anchor: () => anchor,
    onResize: ({ width, height }) => events.push(`${width} x ${height}`),
    onShow: () => events.push('shown'),
    onCrashing: () => events.push('crashing'),
    onSessionEnd: () => events.push('session ends'),
    isWayland,
  })
  const putIcon = (at: Rectangle): void => {
    const bounds = { x: 0, y: 0, width: 1920, height: 1080 }
    anchor = { at, screen: { bounds, workArea: { ...bounds, height: 1040 } } }
  }
  /** The newest window. */
  const current = (): WindowDouble => {
    const double = made.at(-1)
    if (double === undefined) throw new Error('no window was made')
    return double
  }
  const open = (): WindowDouble => {
    window.show()
    current().emit('ready-to-show')
    return current()
  }
  return { clock, made, links, events, window, current, open, putIcon }
}

describe('the window', () => {
  it('has no more rights than a page in a browser', () => {
    expect(windowOptions('/preload.cjs', '/icon.png')).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      },
    })
  })

  it('is not created before it is wanted', () => {
    const { made, window } = setUp()
    window.setTitle('x')
    window.send('channel', {})
    expect(made).toEqual([])
  })

  it('appears when the page is ready and not before', () => {
    const { current, window } = setUp()
    window.show()
    expect(current().loaded).toEqual(['app://notifier/index.html'])
    expect(current().isVisible()).toBe(false)
    current().emit('ready-to-show')
    expect(current().isVisible()).toBe(true)
  })

  it('tells the size that its user gives it, and none that it has before it is seen', () => {
    const { window, current, events } = setUp()
    window.show()
    current().resize(410, 610)
    current().emit('ready-to-show')
    current().resize(1150, 640)
    expect(events).toEqual(['shown', '1150 x 640'])
  })

  it('appears anyway when `ready-to-show` never comes', () => {
    const { clock, current, window } = setUp()
    window.show()
    clock.advance(readyTimeout - 1)
    expect(current().isVisible()).toBe(false)
    clock.advance(1)
    expect(current().isVisible()).toBe(true)
    // A late word changes nothing.
    current().close()
    current().emit('ready-to-show')
    expect(current().state).toBe('hidden')
    expect(clock.pending()).toBe(1)
  })

  it('waits for nothing once it is ready, closed or gone', () => {
    const { clock, current, open, window } = setUp()
    open()
    expect(clock.pending()).toBe(0)
    current().destroy()
    window.show()
    current().close()
    clock.advance(readyTimeout)
    expect(current().isVisible()).toBe(false)
    current().destroy()
    expect(clock.pending()).toBe(0)
  })

  it('leaves full screen before it hides, or macOS would keep a black screen', () => {
    const { clock, open, window } = setUp()
    const double = open()
    double.fullScreen = 'on'
    double.close()
    double.close()
    expect([double.state, double.fullScreen]).toEqual(['shown', 'leaving'])
    double.leaveFullScreen()
    expect(double.state).toBe('hidden')
    expect(clock.pending()).toBe(1)
    window.show()
    expect(double.state).toBe('shown')
  })

  it('stays on the screen when it is wanted again while it leaves full screen', () => {
    const { open, window } = setUp()
    const double = open()
    double.fullScreen = 'on'
    double.close()
    window.show()
    double.leaveFullScreen()
    expect(double.state).toBe('shown')
  })

  it('is created once, however often it is wanted', () => {
    const { made, open, window } = setUp()
    open()
    window.show()
    window.show()
    expect(made).toHaveLength(1)
    expect(made[0]?.loaded).toHaveLength(1)
  })

  it('is restored when it is minimised', () => {
    const { open, window } = setUp()
    const double = open()
    double.state = 'minimized'
    window.show()
    expect(double.state).toBe('shown')
  })

  it('hides instead of closing', () => {
    const { open } = setUp()
    const double = open()
    double.close()
    expect(double.state).toBe('hidden')
  })

  it('does not appear when it was closed before it was ready', () => {
    const { current, window } = setUp()
    window.show()
    current().close()
    current().emit('ready-to-show')
    expect(current().isVisible()).toBe(false)
  })

  it('comes back without loading again within ten minutes', () => {
    const { clock, made, open, window } = setUp()
    const double = open()
    double.close()
    clock.advance(hiddenLifetime - 1)
    window.show()
    clock.advance(hiddenLifetime)
    expect(made).toHaveLength(1)
    expect(double.state).toBe('shown')
    expect(double.loaded).toHaveLength(1)
  })

  it('is destroyed after ten minutes of hiding, and created again when it is wanted', () => {
    const { clock, made, open } = setUp()
    const first = open()
    first.close()
    clock.advance(hiddenLifetime)
    expect(first.state).toBe('destroyed')
    expect(clock.pending()).toBe(0)
    expect(open()).not.toBe(first)
    expect(made).toHaveLength(2)
  })

  it('counts the ten minutes from when it was last hidden', () => {
    const { clock, open, window } = setUp()
    const double = open()
    double.close()
    clock.advance(hiddenLifetime - 1)
    window.show()
    double.close()
    clock.advance(hiddenLifetime - 1)
    expect(double.state).toBe('hidden')
    clock.advance(1)
    expect(double.state).toBe('destroyed')
  })

  it('closes for good once the program ends', () => {
    const { open, window } = setUp()
    const double = open()
    window.letClose()
    double.close()
    expect(double.state).toBe('destroyed')
  })

  it('is created again at once when its page crashed while it was visible', () => {
    const { made, open, current, events } = setUp()
    open().crash()
    expect(made).toHaveLength(2)
    current().emit('ready-to-show')
    expect(current().isVisible()).toBe(true)
    expect(events).not.toContain('crashing')
  })

  it('is created again when it is next wanted, when its page crashed while it was hidden', () => {
    const { clock, made, open } = setUp()
    const first = open()
    first.close()
    first.crash('oom')
    expect([made.length, first.state, clock.pending()]).toEqual([1, 'destroyed', 0])
    open()
    expect(made).toHaveLength(2)
  })

  it('stays closed after three crashes in a minute, with a message, and opens when it is wanted', () => {
    const { made, open, current, events } = setUp()
    open().crash()
    current().crash()
    current().crash()
    expect(made).toHaveLength(3)
    expect(events.filter((what) => what === 'crashing')).toHaveLength(1)
    expect(open().isVisible()).toBe(true)
    expect(made).toHaveLength(4)
  })

  it('does not come back from a crash once the program ends', () => {
    const { made, open, window } = setUp()
    const double = open()
    window.letClose()
    double.crash('killed')
    expect(made).toHaveLength(1)
  })

  it('keeps coming back when crashes are rare', () => {
    const { clock, made, open, current, events } = setUp()
    open()
    for (let crashes = 0; crashes < 5; crashes += 1) {
      current().crash()
      clock.advance(40_000)
    }
    expect(made).toHaveLength(6)
    expect(events).not.toContain('crashing')
  })

  it('does not count a page that ended normally as a crash', () => {
    const { made, open, events } = setUp()
    for (let ends = 0; ends < 3; ends += 1) open().crash('clean-exit')
    expect(made).toHaveLength(3)
    expect(events).not.toContain('crashing')
  })

  it('reports whether it is visible', () => {
    const { open, window } = setUp()
    expect(window.isVisible()).toBe(false)
    const double = open()
    expect(window.isVisible()).toBe(true)
    double.close()
    expect(window.isVisible()).toBe(false)
  })

  it('reports that Windows ends the session', () => {
    const { open, events } = setUp()
    open().emit('session-end')
    expect(events).toContain('session ends')
  })

  it('reports each time that it is shown', () => {
    const { open, window, events } = setUp()
    open()
    window.show()
    expect(events).toEqual(['shown', 'shown'])
  })

  it('has the badge on its icon, even when it is created later', () => {
    const { open, window } = setUp()
    // No test draws it.
    window.setOverlay(null, 'Nothing new')
    const double = open()
    expect(double.overlays).toEqual([])
    window.setOverlay(null, '')
    expect(double.overlays).toEqual([{ overlay: null, description: '' }])
  })

  it('is toggled: shown, hidden when it has the focus, brought to the front when it has not', () => {
    const { current, window } = setUp()
    window.toggle(undefined)
    current().emit('ready-to-show')
    expect(current().isVisible()).toBe(true)
    window.toggle(undefined)
    expect(current().isVisible()).toBe(false)
    window.toggle(undefined)
    current().hasFocus = false
    window.toggle(undefined)
    expect(current().isVisible()).toBe(true)
    expect(current().hasFocus).toBe(true)
  })

  it('hides at a click on the tray that has taken the focus from it just before, as on Windows', () => {
    const { clock, open, window } = setUp()
    const double = open()
    double.blur()
    clock.advance(clickTakesFocus)
    window.toggle(undefined)
    expect(double.isVisible()).toBe(false)
    window.toggle(undefined)
    double.blur()
    clock.advance(clickTakesFocus + 1)
    window.toggle(undefined)
    expect([double.isVisible(), double.hasFocus]).toEqual([true, true])
  })

  it('comes to the front at a click on the tray long after it lost the focus, also when the clock has been set back', () => {
    const { clock, open, window } = setUp()
    const double = open()
    double.blur()
    clock.set(-3_600_000)
    clock.advance(clickTakesFocus + 1)
    window.toggle(undefined)
    expect([double.isVisible(), double.hasFocus]).toEqual([true, true])
  })

  it('appears at the tray icon, and stays where the user has moved it', () => {
    const { window, current, open, putIcon } = setUp()
    putIcon({ x: 1800, y: 1040, width: 40, height: 40 })
    window.toggle(undefined)
    expect(current().position).toEqual([1520, 432])
    current().emit('ready-to-show')
    current().position = [10, 20]
    window.toggle(undefined)
    window.toggle(undefined)
    expect([current().isVisible(), current().position]).toEqual([true, [10, 20]])
    // A window made anew begins at the icon again.
    current().destroy()
    window.showAtTray(undefined, 'settings')
    expect(current().position).toEqual([1520, 432])
    expect(current().loaded).toEqual(['app://notifier/index.html#settings'])
    expect(open().state).toBe('shown')
  })

  it('is not moved while it is visible, nor when something other than the tray opens it', () => {
    const { window, current, open, putIcon } = setUp()
    putIcon({ x: 1800, y: 1040, width: 40, height: 40 })
    open()
    expect(current().position).toEqual([0, 0])
    window.showAtTray(undefined)
    expect(current().position).toEqual([0, 0])
  })

  it('is hidden and shown again on Wayland, where showing it once may draw nothing or leave it behind others', () => {
    const { window, current } = setUp(true)
    window.show()
    const hide = vi.spyOn(current(), 'hide')
    current().emit('ready-to-show')
    expect([hide.mock.calls.length, current().state]).toEqual([1, 'shown'])
    current().hasFocus = false
    window.show()
    expect([hide.mock.calls.length, current().state]).toEqual([2, 'shown'])
    // Its user is in it already.
    window.show()
    expect(hide).toHaveBeenCalledTimes(2)
  })

  it('is placed by the desktop when the icon’s position is unknown', () => {
    const { window, current } = setUp()
    window.toggle(undefined)
    expect(current().position).toEqual([0, 0])
  })

  it('shows the requested view at once, loading the page only if there is none', () => {
    const { current, open, window } = setUp()
    window.show('add')
    expect(current().loaded).toEqual(['app://notifier/index.html#add'])
    const double = open()
    window.show('add')
    expect(double.loaded.at(-1)).toBe('app://notifier/index.html#add')
  })

  it('has the number in its title from the start, whatever the page’s own title is', () => {
    const { open, window } = setUp()
    const double = open()
    expect(double.title).toBe('(3) Discourse Notifier')
    window.setTitle('(4) Discourse Notifier')
    expect(double.title).toBe('(4) Discourse Notifier')
    const event = new EventDouble()
    double.emit('page-title-updated', event)
    expect(event.isPrevented).toBe(true)
  })

  it('is given a title only when it has changed', () => {
    const { open, window } = setUp()
    const setTitle = vi.spyOn(open(), 'setTitle')
    window.setTitle('(3) Discourse Notifier')
    window.setTitle('(4) Discourse Notifier')
    window.setTitle('(4) Discourse Notifier')
    expect(setTitle.mock.calls).toEqual([['(4) Discourse Notifier']])
  })

  it('is sent updates while it is there, and none once it is gone', () => {
    const { clock, open, window } = setUp()
    const double = open()
    window.send('channel', { revision: 1 })
    double.close()
    window.send('channel', { revision: 2 })
    clock.advance(hiddenLifetime)
    window.send('channel', { revision: 3 })
    expect(double.webContents.sent).toEqual([
      { channel: 'channel', args: [{ revision: 1 }] },
      { channel: 'channel', args: [{ revision: 2 }] },
    ])
  })

  it('knows its own page from any other', () => {
    const { open, window } = setUp()
    const double = open()
    expect(window.isSender(double.webContents)).toBe(true)
    expect(window.isSender(new WindowDouble().webContents)).toBe(false)
    expect(window.isSender(undefined)).toBe(false)
    double.destroy()
    expect(window.isSender(double.webContents)).toBe(false)
  })
})

describe('the page in the window', () => {
  it('cannot open a window; where its links lead is decided elsewhere', () => {
    const { links, open } = setUp()
    const { webContents } = open()
    expect(webContents.openWindow({ url: 'https://meta.example/' })).toEqual({ action: 'deny' })
    expect(webContents.openWindow({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    expect(links).toEqual(['https://meta.example/', 'file:///etc/passwd'])
  })

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const)(
    'is kept from %s',
    (name) => {
      const { open } = setUp()
      const event = new EventDouble()
      open().webContents.emit(name, event)
      expect(event.isPrevented).toBe(true)
    },
  )
})
