import type { MessageBoxOptions } from 'electron'
import { expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { createDialogs } from './dialogs.ts'

const setUp = (response: number) => {
  const shown: MessageBoxOptions[] = []
  // Electron's function is overloaded; only the form without a window is called.
  const showMessageBox = async (...args: unknown[]) => {
    shown.push(args[0] as MessageBoxOptions)
    return { response, checkboxChecked: false }
  }
  return { shown, dialogs: createDialogs({ showMessageBox }, createTranslate(), '/icon.png') }
}

it.each([
  ['yes', 0, true],
  ['no', 1, false],
])('a question that is answered with %s', async (_, response, isSure) => {
  const { shown, dialogs } = setUp(response)
  expect(await dialogs.ask({ message: 'Sure?', buttons: ['Do it', 'Leave it'] })).toBe(isSure)
  // Neither Return nor Escape does what cannot be undone.
  expect(shown).toMatchObject([
    { message: 'Sure?', title: 'Discourse Notifier', icon: '/icon.png', defaultId: 1, cancelId: 1 },
  ])
})
