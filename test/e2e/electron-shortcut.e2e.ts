import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { desktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// The shortcut that opens the window from every program, on a real X11 display, and the command that a desktop's own shortcut
// runs, as on Wayland, where there is no other kind.

needs('panel')

const run = promisify(execFile)

const isVisible = (notifier: Notifier) =>
  notifier.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()))

/** Keys that are pressed on the display's keyboard, whatever has the focus. */
const press = async (notifier: Notifier, keys: string): Promise<void> =>
  void (await run('xdotool', ['key', keys], { env: notifier.env }))

/** Records Ctrl+Alt+N in the settings. */
const record = async (notifier: Notifier) => {
  const page = await notifier.open()
  await page.getByRole('button', { name: 'Settings' }).first().click()
  const field = page.getByRole('button', { name: 'Shortcut that opens the window' })
  await expect(field).toHaveText('None')
  await field.click()
  await expect(field).toHaveText('Press the keys…')
  await page.keyboard.press('Control+Alt+n')
  await expect(field).toHaveText('Ctrl+Alt+N')
  return { page, field }
}

test('a shortcut is recorded, opens the window, and is removed', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  const { field } = await record(notifier)
  const isRegistered = () => notifier.app?.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Ctrl+Alt+N'))
  await expect.poll(isRegistered).toBe(true)
  await notifier.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => isVisible(notifier)).toBe(false)
  await press(notifier, 'ctrl+alt+n')
  await expect.poll(() => isVisible(notifier)).toBe(true)
  await field.click()
  await field.press('Backspace')
  await expect(field).toHaveText('None')
  await expect.poll(isRegistered).toBe(false)
})

test('one that another program has is said to be refused, beside it', async ({ notifierOf }) => {
  const first = await notifierOf()
  await record(first)
  await expect
    .poll(() => first.app?.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Ctrl+Alt+N')))
    .toBe(true)
  const second = await notifierOf({ args: ['--no-keychain'], envOf: async () => first.env })
  const { page } = await record(second)
  await expect(page.getByText(/^Ctrl\+Alt\+N could not be assigned to this app/).first()).toBeVisible()
})

test('--toggle opens the window of the running program, and hides it from who is in it', async ({ notifierOf }) => {
  const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'] })
  const toggle = async (): Promise<void> => {
    const { program, args } = desktopProgram()
    await run(program, [...args, '--profile', notifier.profile, '--toggle'], { env: notifier.env })
  }
  const isFocused = () =>
    notifier.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isFocused()))
  await toggle()
  await expect.poll(() => isVisible(notifier)).toBe(true)
  // There is no window manager that would give it the focus.
  await run('xdotool', ['search', '--onlyvisible', '--sync', '--name', 'Discourse Notifier', 'windowfocus'], {
    env: notifier.env,
  })
  await expect.poll(isFocused).toBe(true)
  await toggle()
  await expect.poll(() => isVisible(notifier)).toBe(false)
})
