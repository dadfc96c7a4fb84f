import { fileURLToPath } from 'node:url'
import { _electron, expect } from 'playwright/test'
import { testElectron } from '../electron-runtime.mjs'
import { test } from './fixtures.ts'

// The desktop shell on the real Electron. Its package installs from the registry, its runtime does not, so this runs
// wherever there is one (`npx install-electron`) and says why where there is none. `PACKAGED_APP` names a packed program of
// the test flavour to drive instead (`npm run dist -- --dir --flavour test`).

const main = fileURLToPath(new URL('../../dist/electron/start.js', import.meta.url))

const packaged = process.env['PACKAGED_APP']
const runtime = packaged ?? testElectron()
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

test.describe('the desktop shell', () => {
  test.skip(runtime === undefined, 'not on this machine: the Electron runtime, which its package downloads from GitHub')
  test.skip(!hasDisplay, 'not on this machine: a display for Electron (xvfb-run gives one)')

  test('opens with the welcome, begins to add a forum, and quits', async ({ forumOf }) => {
    const forum = await forumOf()
    const app = await _electron.launch({
      ...(runtime === undefined ? {} : { executablePath: runtime }),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...(packaged === undefined ? [main] : []),
        '--no-keychain',
        '--profile',
        test.info().outputPath('profile'),
      ],
    })
    const page = await app.firstWindow()
    expect(page.url()).toBe('app://notifier/index.html')
    await expect(page.getByRole('heading', { name: 'Discourse Notifier' })).toBeVisible()
    await expect(page.getByText('No forums yet').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'All your forums in one place' })).toBeVisible()
    // Its picture comes through our own scheme, under our own policy.
    await expect
      .poll(() => page.evaluate('[...document.images].map((image) => image.naturalWidth > 0)'))
      .toEqual([true])

    // The page is no more than a page: no Node, and of ours only the bridge.
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(window.notifier).sort()]')).toEqual([
      'undefined',
      'undefined',
      ['execute', 'onUpdate'],
    ])

    await page.getByRole('button', { name: 'Add a forum' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill('not an address')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog).toContainText('This is not a web address.')
    await dialog.getByLabel('Address').fill(forum.url)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog.getByRole('link', { name: 'Open Meta to approve' })).toBeVisible()

    const ended = new Promise((resolve) => app.process().once('exit', resolve))
    await app.close()
    expect(await ended).toBe(0)
  })
})
