import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import * as v from 'valibot'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'

// The system's own dialogs, used with the keyboard.

needs('panel')

const exportSchema = v.object({ value: v.object({ text: v.string() }) })

/** Works with the system's dialogs of a notifier, by the keyboard. */
const dialogsOf = ({ env }: Notifier) => {
  const xdotool = async (...words: readonly string[]): Promise<string> =>
    (await promisify(execFile)('xdotool', words, { env })).stdout.trim()
  const find = (title: string) => xdotool('search', '--onlyvisible', '--name', title).catch(() => '')
  return {
    /**
     * Types into a dialog once it is there, and waits until it has gone.
     * @param title the beginning of its title
     * @param key of xdotool's, as `Return`
     * @param typed letters before it
     */
    answer: async (title: string, key: string, typed = ''): Promise<void> => {
      await expect.poll(() => find(title)).not.toBe('')
      // There is no window manager that would give it the focus.
      await xdotool('search', '--onlyvisible', '--name', title, 'windowfocus', '--sync')
      // GTK takes keys only a while after a dialog is to be seen, and nothing tells when: who sees nothing happen presses
      // them again. They go to whatever has the focus, as those of a keyboard do.
      const press = async (): Promise<string> => {
        if ((await find(title)) === '') return ''
        if (typed !== '') await xdotool('key', 'ctrl+l', 'key', 'ctrl+a', 'type', typed)
        await xdotool('key', key)
        return await find(title)
      }
      await expect.poll(press, { intervals: [1000, 3000] }).toBe('')
    },
  }
}

test('settings are saved where the user says; cancelled, nothing is said to be saved', async ({ notifierOf }) => {
  const notifier = await notifierOf({
    args: ['--no-keychain'],
    prepare: (profile) => mkdirSync(path.join(profile, '..', 'Documents')),
  })
  const page = await notifier.open()
  const documents = await notifier.app?.evaluate(({ app }) => app.getPath('documents'))
  const saved = path.join(documents ?? '', 'discourse-notifier-settings.json')
  const { answer } = dialogsOf(notifier)
  const title = '^Discourse Notifier: Export'

  await page.getByRole('button', { name: 'Settings' }).first().click()
  const save = page.getByRole('button', { name: 'Export…', exact: true })
  await save.click()
  await answer(title, 'Escape')
  await expect(save).toBeEnabled()
  await expect(page.getByText('Exported.')).toHaveCount(0)
  expect(existsSync(saved)).toBe(false)

  await save.click()
  await answer(title, 'Return')
  await expect(page.getByText('Exported.')).toBeVisible()
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toHaveProperty('preferences')
})

test('settings are taken from the file that the user chooses; cancelled, they stay', { tag: '@on-demand' }, async ({
  notifierOf,
}) => {
  const notifier = await notifierOf()
  const file = path.join(notifier.home, 'settings.json')
  const page = await notifier.open()
  await page.getByRole('button', { name: 'Settings' }).first().click()
  const call = { call: 'command', name: 'settings.export', input: {} } as const
  const exported = v.parse(exportSchema, await callInstance(controlPath(notifier.profile), call))
  // Everything as it is, but dark.
  writeFileSync(file, exported.value.text.replace(/"theme": *"system"/, '"theme": "dark"'))
  const { answer } = dialogsOf(notifier)
  const choose = page.getByRole('button', { name: 'Import…', exact: true })

  await choose.click()
  await answer('^Open File$', 'Escape')
  await expect(page.getByLabel('Theme')).toHaveValue('system')

  await choose.click()
  // GTK's dialog takes a path that is typed.
  await answer('^Open File$', 'Return', file)
  await expect(page.getByText('Settings imported.')).toBeVisible()
  await expect(page.getByLabel('Theme')).toHaveValue('dark')
})
