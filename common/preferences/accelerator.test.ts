import * as v from 'valibot'
import { expect, it } from 'vitest'
import { acceleratorSchema, type PressedKeys, readAccelerator } from './accelerator.ts'

const press = (key: string, code: string, held: Partial<PressedKeys> = {}): string | undefined =>
  readAccelerator({ key, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held })

it.each([
  ['Ctrl+Alt+N', press('n', 'KeyN', { ctrlKey: true, altKey: true })],
  ['Ctrl+Shift+1', press('!', 'Digit1', { ctrlKey: true, shiftKey: true })],
  ['Super+F5', press('F5', 'F5', { metaKey: true })],
  ['Alt+Space', press(' ', 'Space', { altKey: true })],
  ['Ctrl+Left', press('ArrowLeft', 'ArrowLeft', { ctrlKey: true })],
  // AZERTY has an A where others have a Q.
  ['Ctrl+A', press('a', 'KeyQ', { ctrlKey: true })],
  // Option makes another sign of a letter on macOS.
  ['Alt+N', press('˜', 'KeyN', { altKey: true })],
])('%s is read from what is pressed', (accelerator, read) => {
  expect(read).toBe(accelerator)
  expect(v.is(acceleratorSchema, accelerator)).toBe(true)
})

it.each([
  ['a letter alone', press('n', 'KeyN')],
  ['a letter with Shift', press('N', 'KeyN', { shiftKey: true })],
  ['a modifier that is held', press('Control', 'ControlLeft', { ctrlKey: true })],
  ['a function key alone', press('F5', 'F5')],
  ['a sign that no accelerator has', press('ö', 'Semicolon', { ctrlKey: true })],
])('%s is no shortcut', (_, read) => expect(read).toBeUndefined())

it.each(['', 'N', 'Ctrl+', 'Ctrl+Ctrl+N', 'Ctrl+F25', 'Ctrl+Escape', 'Ctrl+N\n', '__proto__'])(
  '%j is not taken from a settings file',
  (text) => expect(v.is(acceleratorSchema, text)).toBe(false),
)
