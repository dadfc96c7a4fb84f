import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { launchDesktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import { type GnomeDesktop, startGnomeDesktop } from './gnome-desktop.ts'
import { type Logind, startLogind } from './logind.ts'
import { runCli } from './notifier.ts'

// The desktop shell on GNOME Shell on Wayland, where no graphics card can be used. On demand: the shell's packages are large.

needs('gnome')

let home = ''
let logind: Logind
let desktop: GnomeDesktop
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-gnome-'))
  atEnd(() => removeHome(home))
  logind = await startLogind()
  atEnd(logind.stop)
  desktop = await startGnomeDesktop(home, logind.env)
  atEnd(desktop.stop)
})

const start = async (...args: readonly string[]) => {
  const profile = path.join(home, 'profile')
  const words = ['--profile', profile, '--no-keychain', ...args]
  const { process: child } = await launchDesktopProgram(words, desktop.env, [
    '--ozone-platform=wayland',
    '--disable-gpu',
  ])
  const cli = (...asked: readonly string[]) => runCli([...asked, '--profile', profile], desktop.env)
  const quit = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await cli('quit')
    await ended
  }
  return { child, cli, quit }
}

test('the icon is on the panel, and the window on the screen', { tag: '@on-demand' }, async () => {
  const { quit } = await start()
  await expect.poll(desktop.iconsOnPanel).toBe(1)
  await expect.poll(desktop.windows).toEqual(['Discourse Notifier'])
  await desktop.photograph(test.info().outputPath('window.png'))
  await quit()
  await expect.poll(desktop.iconsOnPanel).toBe(0)
})

test('a click with the mouse on an alert opens the forum, and the program goes on', { tag: '@on-demand' }, async ({
  forumOf,
}) => {
  const forum = await forumOf()
  const { child, cli, quit } = await start('--hidden')
  const begun = JSON.parse((await cli('add', forum.url, '--method', 'paste', '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  expect((await cli('accept', payload)).status).toBe(0)
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: '<b>Release notes</b> if 5 < 6' })
  await expect.poll(desktop.banner).toContain('<b>Release notes</b> if 5 < 6')
  await desktop.photograph(test.info().outputPath('alert.png'))
  await desktop.clickBanner()
  await expect.poll(desktop.opened).toEqual([expect.stringMatching(`^${forum.url}/t/`)])
  expect((await cli('status')).stdout).toContain('eve@')
  expect([child.exitCode, child.signalCode]).toEqual([null, null])
  await quit()
})

test('the lock screen, which takes the tray away, opens no window, neither then nor after it', {
  tag: '@on-demand',
}, async () => {
  test.setTimeout(400_000)
  const { quit } = await start('--hidden')
  await expect.poll(desktop.iconsOnPanel).toBe(1)
  logind.setLocked(true)
  await desktop.setLocked(true)
  await expect.poll(desktop.hasTray).toBe(false)
  // It looks for a tray once a minute, and asks for a lock where there is none.
  const before = logind.lockQuestions()
  await expect.poll(() => logind.lockQuestions(), { timeout: 200_000 }).toBeGreaterThan(before + 1)
  expect(await desktop.windows()).toEqual([])
  await desktop.setLocked(false)
  logind.setLocked(false)
  await expect.poll(desktop.iconsOnPanel, { timeout: 90_000 }).toBe(1)
  expect(await desktop.windows()).toEqual([])
  await quit()
})
