import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test } from 'playwright/test'

// The desktop shell on the real Electron. Its package installs from the registry, its runtime does not, so this runs
// wherever somebody has put one (`npx install-electron`) and says why where nobody has.

const main = fileURLToPath(new URL('../../dist/electron/main.js', import.meta.url))

/** Electron's program. Not by loading the package: it would begin a download when the program is missing. */
const findElectron = (): { readonly program: string } | { readonly missing: string } => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const nameFile = path.join(folder, 'path.txt')
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : ''
  const program = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist'), name || 'electron')
  if (!existsSync(program)) return { missing: `not on this machine: Electron’s runtime (looked for ${program})` }
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return hasDisplay ? { program } : { missing: 'not on this machine: a display for Electron (xvfb-run gives one)' }
}

const electron = findElectron()

test.describe('the desktop shell', () => {
  test.skip('missing' in electron, 'missing' in electron ? electron.missing : '')

  test('opens with an empty overview, asks for a forum, says what is wrong with an address, and quits', async () => {
    const app = await _electron.launch({
      ...('program' in electron ? { executablePath: electron.program } : {}),
      args: [main, '--profile', test.info().outputPath('profile')],
    })
    const page = await app.firstWindow()
    expect(page.url()).toBe('app://notifier/index.html')
    await expect(page.getByRole('heading', { name: 'Discourse Notifier' })).toBeVisible()
    await expect(page.getByText('No forums yet').first()).toBeVisible()

    // The page is no more than a page: no Node, and of ours only the bridge.
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(window.notifier).sort()]')).toEqual([
      'undefined',
      'undefined',
      ['execute', 'onSnapshot'],
    ])

    await page.getByRole('button', { name: 'Add a forum' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill('not an address')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog).toContainText('This is not a web address.')

    const ended = new Promise((resolve) => app.process().once('exit', resolve))
    await app.close()
    expect(await ended).toBe(0)
  })
})
