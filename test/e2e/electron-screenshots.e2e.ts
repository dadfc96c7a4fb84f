import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { connect } from './connect.ts'
import { startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'
import { startPanel } from './panel.ts'
import { type PhotographArea, photograph } from './photograph.ts'

// Pictures of the app on a real desktop for the documents; `npm run screenshots` has them taken.

test.skip(process.env['SCREENSHOTS'] === undefined, 'only for `npm run screenshots`')
needs('desktop')
needs('panel')

/** Where the panel has the icon. */
const icon = ['mousemove', '14', '14'] as const

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

const picture = async ({ app }: Notifier, name: string, area: PhotographArea): Promise<void> => {
  if (app === undefined) throw new Error('only on the desktop')
  writeFileSync(path.join(docs, `${name}.png`), (await photograph(app, area)).png)
}

test('the window at the tray with an alert, and the menu', async ({ forumOf, notifierOf }) => {
  const home = mkdtempSync(path.join(tmpdir(), 'notifier-screenshots-'))
  const desktop = await startDesktop(home)
  const env = { ...process.env, ...desktop.env, HOME: home }
  const manager = spawn('openbox', { env, stdio: 'ignore' })
  const panel = await startPanel(desktop.env, home, { colour: { red: 0.16, green: 0.18, blue: 0.21 } })
  const xdotool = (...words: readonly string[]) => promisify(execFile)('xdotool', words, { env })
  const meta = await forumOf({ title: 'Meta' })
  const makers = await forumOf({ title: 'Makers' })
  const notifier = await notifierOf({ args: ['--no-keychain', '--hidden'], envOf: async () => desktop.env })
  for (const forum of [meta, makers]) await connect(notifier, forum, 'eve')
  meta.notify({
    user: 'eve',
    type: 'mentioned',
    from: 'mika',
    topicTitle: 'Release notes for the spring',
    excerpt: 'Could you read the part about themes?',
  })
  meta.notify({
    user: 'eve',
    type: 'replied',
    from: 'jonas',
    topicTitle: 'Which theme do you use?',
    excerpt: 'The dark one, since you showed it here.',
  })
  makers.notify({
    user: 'eve',
    type: 'private_message',
    from: 'sam',
    topicTitle: 'Laser cutter on Saturday',
    excerpt: 'It is yours from ten to twelve.',
  })
  await expect.poll(() => desktop.count()).toBe(3)
  await promisify(execFile)('dunstctl', ['close-all'], { env })

  await xdotool(...icon, 'click', '1')
  const windows = () => notifier.app?.windows() ?? []
  await expect.poll(() => windows().length).toBe(1)
  const page = windows().find((window) => window.url().startsWith('app:'))
  if (page === undefined) throw new Error('no window at the tray')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  makers.notify({
    user: 'eve',
    type: 'mentioned',
    from: 'noor',
    topicTitle: 'A case for the weather station',
    excerpt: 'Would yours keep the rain out?',
  })
  await expect.poll(() => desktop.count()).toBe(4)
  await expect(page).toHaveTitle(/^\(4\)/)
  // Nothing looks as if it were pointed at.
  // A list that is pointed at holds what is new back.
  // A tooltip goes when the pointer moves on outside of what it explains: a jump away is not enough.
  for (const at of [2, 4]) await page.mouse.move(at, at)
  await expect(page.locator('[role=tooltip]')).toHaveCount(0)
  await expect(page.getByText('A case for the weather station').first()).toBeVisible()
  await xdotool('mousemove', '640', '600')
  await expect.poll(async () => JSON.stringify((await panel.icons())[0]?.tooltip)).toContain('4 new on 2 forums')
  await picture(notifier, 'desktop', { width: 1280, height: 660 })

  await page.close()
  await promisify(execFile)('dunstctl', ['close-all'], { env })
  const search = ['search', '--onlyvisible', '--maxdepth', '1', '.*']
  const onScreen = async () => (await xdotool(...search)).stdout.trim().split('\n').length
  const before = await onScreen()
  await xdotool(...icon, 'click', '3')
  await expect.poll(onScreen).toBeGreaterThan(before)
  await picture(notifier, 'desktop-menu', { width: 420, height: 280 })
  await xdotool('key', 'Escape')
  const ended = once(manager, 'exit')
  manager.kill()
  await ended
  await panel.stop()
  await notifier.stop()
  await desktop.stop()
  await removeHome(home)
})
