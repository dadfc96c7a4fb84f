import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { luminancesIn, outstandingPixels } from './contrast.ts'
import { desktopProgram, launchDesktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import { runCli } from './notifier.ts'
import { screenSize, startWaylandDesktop, type WaylandDesktop } from './wayland-desktop.ts'

// The desktop shell on Wayland, where no graphics card can be used: sway without a screen.

needs('wayland')

let home = ''
let desktop: WaylandDesktop
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-wayland-'))
  atEnd(() => removeHome(home))
  desktop = await startWaylandDesktop(home)
  atEnd(desktop.stop)
})

const switches = ['--ozone-platform=wayland']

const start = async (...args: readonly string[]) => await startOn(path.join(home, 'profile'), args)

const startOn = async (profile: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}) => {
  const words = ['--profile', profile, '--no-keychain', ...args]
  const { process: child, printed } = await launchDesktopProgram(words, { ...desktop.env, ...more }, switches)
  const cli = (...words: readonly string[]) => runCli([...words, '--profile', profile], desktop.env)
  const quit = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await cli('quit')
    await ended
  }
  return { child, cli, quit, printed }
}

test('the window is on the screen', async () => {
  const { quit, printed } = await startOn(path.join(home, 'profile'), [], { WAYLAND_DEBUG: '1' })
  await expect.poll(desktop.windows).toEqual(['Discourse Notifier'])
  // Without a graphics card a window that is shown for the first time gets nothing to draw on in some starts; in all of
  // them it is hidden and shown once more, which is another role for its surface.
  await expect.poll(() => printed().split('.get_toplevel(').length - 1).toBeGreaterThan(1)
  await quit()
})

test('a second start brings the window to the front, with the token that its launcher was given for that', async () => {
  const profile = path.join(home, 'profile')
  const first = await startOn(profile, [], { WAYLAND_DEBUG: '1' })
  await expect.poll(desktop.focused).toBe(first.child.pid)
  const other = await startOn(path.join(home, 'other'))
  await expect.poll(desktop.focused).toBe(other.child.pid)
  const { program, args } = desktopProgram(switches)
  const env = { ...desktop.env, XDG_ACTIVATION_TOKEN: 'of-the-launcher' }
  await promisify(execFile)(program, [...args, '--profile', profile], { env })
  await expect.poll(desktop.focused).toBe(first.child.pid)
  // Electron passes it on to the running program by itself.
  await expect.poll(first.printed).toContain('activate("of-the-launcher"')
  await other.quit()
  await first.quit()
})

test('a click with the mouse on an alert opens the forum, and the program goes on', async ({ forumOf }) => {
  const forum = await forumOf()
  const { child, cli, quit } = await start('--hidden')
  const begun = JSON.parse((await cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await cli('accept', payload)).status).toBe(0)
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
  await expect.poll(desktop.notifications).toEqual([expect.stringContaining('Release notes')])
  // A click is lost on what has not been told yet that the pointer is there; what was clicked has gone.
  const clickUntilOpened = async () => {
    if (desktop.opened().length === 0) await desktop.click(screenSize.width - 100, 40)
    return desktop.opened()
  }
  await expect.poll(clickUntilOpened, { intervals: [2000, 5000] }).toEqual([expect.stringMatching(`^${forum.url}/t/`)])
  await expect.poll(desktop.notifications).toEqual([])
  expect((await cli('status')).stdout).toContain('eve@')
  expect([child.exitCode, child.signalCode]).toEqual([null, null])
  await quit()
})

test.describe('on a panel', () => {
  needs('waybar')

  for (const { look, colour, tag } of [
    { look: 'dark', colour: '#22252a', tag: [] },
    { look: 'light', colour: '#f4f4f4', tag: ['@on-demand'] },
  ]) {
    test(`that is ${look} the icon stands out, and a click on it opens the window and hides it`, { tag }, async () => {
      const bar = await desktop.startWaybar(colour)
      const { quit } = await start('--hidden')
      await expect.poll(async () => (await bar.icons()).map(({ hasPicture }) => hasPicture)).toEqual([true])
      // The icon is there before what a click does is loaded, and says nothing until then.
      const tooltips = async () => (await bar.icons()).map(({ tooltip }) => JSON.stringify(tooltip))
      await expect.poll(tooltips).toEqual([expect.stringContaining('Discourse Notifier: ')])
      const outstanding = async () => outstandingPixels(luminancesIn(await desktop.photograph(28, 28)))
      await expect.poll(outstanding).toBeGreaterThan(60)
      expect(await desktop.windows()).toEqual([])
      // A click is lost on a panel that has not been told yet that the pointer is there.
      const clickUntil = (titles: readonly string[]) =>
        expect(async () => {
          await desktop.click(14, 14)
          await expect.poll(desktop.windows, { timeout: 15_000 }).toEqual(titles)
        }).toPass({ timeout: 120_000 })
      await clickUntil(['Discourse Notifier'])
      await clickUntil([])
      await quit()
    })
  }
})
