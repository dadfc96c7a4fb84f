import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { defineInterface, type MessageBus, Variant } from 'dbus-native'
import { expect } from 'playwright/test'
import { openSessionBus } from '../../engine/linux/open-bus.ts'
import { removeHome } from '../rig/remove-home.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import { startPanel } from './panel.ts'

// Colours and language that change while the program runs: by the desktop's own setting, and by the program's.

needs('desktop')
needs('panel')

let home = ''
let desktop: Desktop
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-appearance-'))
  atEnd(() => removeHome(home))
  desktop = await startDesktop(home)
  atEnd(desktop.stop)
})

const options = { args: ['--no-keychain'], envOf: async () => desktop.env }

/** The desktop's settings as its portal tells them: whether dark colours are preferred (org.freedesktop.portal.Settings). */
const startPortal = async (bus: MessageBus) => {
  const name = 'org.freedesktop.portal.Settings'
  const colours = ['org.freedesktop.appearance', 'color-scheme'] as const
  let preference = 2
  const settings = defineInterface({
    name,
    methods: {
      Read: {
        in: { namespace: 's', key: 's' },
        out: { value: 'v' },
        handler: (asked: unknown) => {
          const { namespace, key } = asked as { readonly namespace: string; readonly key: string }
          if (namespace !== colours[0] || key !== colours[1]) throw new Error('no such setting')
          return new Variant('v', new Variant('u', preference))
        },
      },
    },
    signals: { SettingChanged: { args: { namespace: 's', key: 's', value: 'v' } } },
  })
  await bus.export('/org/freedesktop/portal/desktop', settings)
  await bus.requestName('org.freedesktop.portal.Desktop', 0)
  return {
    prefer: (which: 'dark' | 'light') => {
      preference = which === 'dark' ? 1 : 2
      settings.emit['SettingChanged']?.(...colours, new Variant('u', preference))
    },
  }
}

test('the window follows the desktop’s colours as they change, until its user chooses some', async ({ notifierOf }) => {
  const bus = openSessionBus(desktop.env)
  if (bus === undefined) throw new Error('no bus')
  const portal = await startPortal(bus)
  const notifier = await notifierOf(options)
  const page = await notifier.open()
  await page.getByText('No forums yet').first().waitFor()
  // Playwright has pages be light unless it is told not to.
  await page.emulateMedia({ colorScheme: null })
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await ground()
  portal.prefer('dark')
  await expect.poll(ground).not.toBe(light)
  const dark = await ground()
  portal.prefer('light')
  await expect.poll(ground).toBe(light)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByLabel('Theme').selectOption('dark')
  await expect.poll(ground).toBe(dark)
  bus.connection.end()
})

test('another language is on the page, in the title, in the tray’s menu and its tooltip at once', async ({
  notifierOf,
}) => {
  const panel = await startPanel(desktop.env, home)
  const notifier = await notifierOf(options)
  const page = await notifier.open()
  const icon = async () => (await panel.icons())[0]
  await expect.poll(async () => (await icon())?.menu()).toContain('Quit')
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByLabel('Language').selectOption('de')
  await expect(page.getByLabel('Sprache')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect.poll(async () => (await icon())?.menu()).toContain('Beenden')
  expect(await (await icon())?.menu()).not.toContain('Quit')
  expect(JSON.stringify((await icon())?.tooltip)).toContain('Noch keine Foren')
  await panel.stop()
})
