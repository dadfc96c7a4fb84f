import * as v from 'valibot'

// Keys that are pressed together, as Electron writes them (electronjs.org/docs/latest/tutorial/keyboard-shortcuts):
// `Ctrl+Alt+N`. `Super` is the key with the logo, and Command on macOS.

const modifiers = [
  ['Ctrl', 'ctrlKey'],
  ['Alt', 'altKey'],
  ['Shift', 'shiftKey'],
  ['Super', 'metaKey'],
] as const

/** Keys with a name of several letters, by their `KeyboardEvent.code`. */
const named: Readonly<Record<string, string>> = {
  Space: 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
}

const namedKeys = Object.values(named).join('|')

/**
 * A letter, digit, function key or named key with at least one modifier other than Shift, since every program needs the
 * key by itself.
 */
export const acceleratorSchema = v.pipe(
  v.string(),
  v.regex(
    new RegExp(
      `^(?=.*(?:Ctrl|Alt|Super)\\+)(?:Ctrl\\+)?(?:Alt\\+)?(?:Shift\\+)?(?:Super\\+)?(?:[A-Z0-9]|F(?:[1-9]|1\\d|2[0-4])|${namedKeys})$`,
    ),
  ),
)

/** The parts of a `KeyboardEvent` that say which keys are pressed. */
export interface PressedKeys {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/** The pressed keys as an accelerator; undefined if they are none. */
export const readAccelerator = (pressed: PressedKeys): string | undefined => {
  const held = modifiers.filter(([, flag]) => pressed[flag]).map(([name]) => name)
  const read = v.safeParse(acceleratorSchema, [...held, keyOf(pressed)].join('+'))
  return read.success ? read.output : undefined
}

/** The letter in the user's layout. With Alt some layouts produce another character; then the key's position decides. */
const keyOf = ({ key, code }: PressedKeys): string => {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase()
  return named[code] ?? /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? (/^F\d+$/.test(key) ? key : '')
}
