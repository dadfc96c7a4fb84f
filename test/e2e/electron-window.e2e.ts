import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { hiddenLifetime } from '../../electron/window/window-holder.ts'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { removeHome } from '../rig/remove-home.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'
import { type Panel, startPanel } from './panel.ts'

// The window on a desktop with a panel and a window manager, by a real mouse: at the tray, hidden, and gone after its time.

needs('desktop')
needs('panel')

let home = ''
let desktop: Desktop
let panel: Panel
let manager: ReturnType<typeof spawn>
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-window-'))
  atEnd(() => removeHome(home))
  desktop = await startDesktop(home)
  atEnd(desktop.stop)
  manager = spawn('openbox', { env: { ...process.env, ...desktop.env, HOME: home }, stdio: 'ignore' })
  const ended = once(manager, 'exit')
  atEnd(async () => {
    manager.kill()
    await ended
  })
  panel = await startPanel(desktop.env, home)
  atEnd(panel.stop)
})

const options = (...args: readonly string[]) => ({ args: ['--no-keychain', ...args], envOf: async () => desktop.env })

const xdotool = (...words: readonly string[]) => promisify(execFile)('xdotool', words, { env: desktop.env })

/** The window as it is on the screen; undefined while there is none to be seen. */
const visible = async ({ app }: Notifier) =>
  await app?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.getBounds())
      .at(0),
  )

/** How many windows there are, seen or not. */
const count = ({ app }: Notifier) => app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

/** The icon is the first thing in the panel, which is 28 pixels high and at the top. */
const icon = ['mousemove', '14', '14'] as const

test('a click on the icon opens the window below it, another one hides it, and its menu opens with the other button', async ({
  notifierOf,
}) => {
  const notifier = await notifierOf(options('--hidden'))
  // The icon is there before what a click does is loaded, and says nothing until then.
  const tooltips = async () => (await panel.icons()).map(({ tooltip }) => JSON.stringify(tooltip))
  await expect.poll(tooltips).toEqual([expect.stringContaining('Discourse Notifier: ')])
  await xdotool(...icon, 'click', '1')
  await expect.poll(() => visible(notifier)).toBeDefined()
  // At the screen's left edge; a window manager may draw a frame around it, and takes its time.
  await expect.poll(async () => (await visible(notifier))?.x).toBeLessThan(20)
  await expect.poll(async () => (await visible(notifier))?.y).toBeGreaterThanOrEqual(28)
  const isFocused = () =>
    notifier.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isFocused()))
  await expect.poll(isFocused).toBe(true)
  await xdotool(...icon, 'click', '1')
  await expect.poll(() => visible(notifier)).toBeUndefined()

  await xdotool(...icon, 'click', '3')
  await xdotool('search', '--onlyvisible', '--sync', '--class', 'xfce4-panel')
  // Its first entry.
  await expect
    .poll(async () => {
      await xdotool('key', 'Down', 'Return')
      return (await visible(notifier)) !== undefined
    })
    .toBe(true)
})

test('closed it is kept for a while, and is then gone; the next one has its size', async ({ notifierOf }) => {
  const notifier = await notifierOf(options())
  const page = await notifier.open()
  await expect(page.getByText('No forums yet').first()).toBeVisible()
  // Ten minutes pass at once.
  await notifier.app?.evaluate((_electron, lifetime) => {
    const real = globalThis.setTimeout
    const due: (() => void)[] = []
    Object.assign(globalThis, {
      passTime: () => {
        for (const action of due.splice(0)) action()
      },
      setTimeout: (action: () => void, time: number) => {
        if (time === lifetime) due.push(action)
        return real(action, time)
      },
    })
  }, hiddenLifetime)
  await xdotool('search', '--onlyvisible', '--sync', '--name', '^Discourse Notifier$', 'windowactivate', '--sync')
  const size = async () => {
    const { width, height } = (await visible(notifier)) ?? {}
    return { width, height }
  }
  await notifier.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1150, 560))
  await expect.poll(size).toEqual({ width: 1150, height: 560 })
  // What openbox closes a window by, as most window managers do. Pressed until it is gone: one press in twenty never
  // reached openbox, with the window in focus. There is nothing else here that it could close.
  await expect
    .poll(async () => {
      await xdotool('key', 'alt+F4')
      return await visible(notifier)
    })
    .toBeUndefined()
  expect(await count(notifier)).toBe(1)
  await notifier.app?.evaluate('passTime()')
  await expect.poll(() => count(notifier)).toBe(0)
  expect((await notifier.cli('status')).status).toBe(0)
  expect(await callInstance(controlPath(notifier.profile), { call: 'show' })).toMatchObject({ ok: true })
  await expect.poll(size).toEqual({ width: 1150, height: 560 })
})
