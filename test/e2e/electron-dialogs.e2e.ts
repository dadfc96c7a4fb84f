import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// System sound own dialogs, used with the keyboard.

needs('panel')

test('settings are saved where the user says; cancelled, nothing is said to be saved', async ({ notifierOf }) => {
  const notifier = await notifierOf({
    args: ['--no-keychain'],
    prepare: (profile) => mkdirSync(path.join(profile, '..', 'Documents')),
  })
  const page = await notifier.open()
  const documents = await notifier.app?.evaluate(({ app }) => app.getPath('documents'))
  const saved = path.join(documents ?? '', 'discourse-notifier-settings.json')
  const xdotool = async (...words: readonly string[]): Promise<string> =>
    (await promisify(execFile)('xdotool', words, { env: notifier.env })).stdout.trim()
  const title = '^Discourse Notifier: Export'
  const dialogs = () => xdotool('search', '--onlyvisible', '--name', title).catch(() => '')
  /** Presses a key in the dialog once it is there, and waits until it has gone. */
  const answer = async (key: string): Promise<void> => {
    await expect.poll(dialogs).not.toBe('')
    // There is no window manager that would give it the focus.
    await xdotool('search', '--onlyvisible', '--name', title, 'windowfocus', '--sync')
    // To whatever has the focus, as a keyboard does: the dialog may be gone before the key is let go.
    await xdotool('key', key)
    await expect.poll(dialogs).toBe('')
  }

  await page.getByRole('button', { name: 'Settings' }).first().click()
  const save = page.getByRole('button', { name: 'Export…', exact: true })
  await save.click()
  await answer('Escape')
  await expect(save).toBeEnabled()
  await expect(page.getByText('Exported.')).toHaveCount(0)
  expect(existsSync(saved)).toBe(false)

  await save.click()
  await answer('Return')
  await expect(page.getByText('Exported.')).toBeVisible()
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toHaveProperty('preferences')
})
