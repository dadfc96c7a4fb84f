import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import type { MessageBoxOptions } from 'electron'
import { expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { createDialogs } from './dialogs.ts'

const setUp = (response: number) => {
  const shown: MessageBoxOptions[] = []
  // Electron's function is overloaded; only the form without a window is called.
  const showMessageBox = async (...args: unknown[]) => {
    shown.push(args[0] as MessageBoxOptions)
    return { response, checkboxChecked: false }
  }
  const clock = createFakeClock()
  const folder = '/home/eve/Documents'
  const saving = { canceled: false, filePath: '' }
  const showSaveDialog = async (...args: unknown[]) => {
    shown.push(args[0] as MessageBoxOptions)
    return saving
  }
  return {
    ...{ shown, saving },
    clock,
    dialogs: createDialogs({ showMessageBox, showSaveDialog }, createTranslate(), '/icon.png', folder, clock),
  }
}

it.each([
  ['yes', 0, true],
  ['no', 1, false],
])('a question that is answered with %s', async (_, response, isSure) => {
  const { shown, dialogs, clock } = setUp(response)
  expect(await dialogs.ask({ message: 'Sure?', buttons: ['Do it', 'Leave it'] })).toBe(isSure)
  expect(clock.pending(), 'nothing goes on when it is answered').toBe(0)
  // Neither Return nor Escape does what cannot be undone.
  expect(shown).toMatchObject([
    { message: 'Sure?', title: 'Discourse Notifier', icon: '/icon.png', defaultId: 1, cancelId: 1 },
  ])
})

it('while a dialog is open Node is woken again and again, for its answer alone does not', async () => {
  const clock = createFakeClock()
  let answer = (_: { response: number; checkboxChecked: boolean }): void => undefined
  const showMessageBox = () =>
    new Promise<{ response: number; checkboxChecked: boolean }>((resolve) => {
      answer = resolve
    })
  const showSaveDialog = async () => ({ canceled: true, filePath: '' })
  const dialogs = createDialogs({ showMessageBox, showSaveDialog }, createTranslate(), '/icon.png', '/home/eve', clock)
  const asked = dialogs.ask({ message: 'Sure?', buttons: ['Do it', 'Leave it'] })
  for (let second = 0; second < 60; second += 1) {
    expect((clock.nextDue() ?? Number.POSITIVE_INFINITY) - clock.now()).toBeLessThanOrEqual(1000)
    clock.advance(1000)
  }
  answer({ response: 0, checkboxChecked: false })
  expect(await asked).toBe(true)
  expect(clock.pending()).toBe(0)
})

it('a text is saved where the user chooses, in a dialog titled with the app’s name', async () => {
  const { shown, saving, dialogs } = setUp(0)
  const folder = mkdtempSync(path.join(tmpdir(), 'save-'))
  saving.filePath = path.join(folder, 'mine.json')
  expect(await dialogs.saveFile('settings.json', '{}')).toEqual({ ok: true, value: true })
  expect(readFileSync(saving.filePath, 'utf8')).toBe('{}')
  expect(shown).toEqual([{ title: 'Discourse Notifier: Export…', defaultPath: '/home/eve/Documents/settings.json' }])
  saving.filePath = path.join(folder, 'nowhere', 'mine.json')
  expect(await dialogs.saveFile('settings.json', '{}')).toMatchObject({
    ok: false,
    failure: { code: 'settings_not_saved', params: { reason: 'ENOENT' } },
  })
  saving.canceled = true
  expect(await dialogs.saveFile('settings.json', '{}')).toEqual({ ok: true, value: false })
  rmSync(folder, { recursive: true })
})
